using System.Collections.Concurrent;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Why deliveries of a lane are held, and until when.</summary>
/// <param name="Severities">Others are not.</param>
internal readonly record struct Hold(HoldReason Reason, DateTimeOffset Until, SeverityRange Severities);

/// <summary>The lanes that this process's workers last found closed. New deliveries for them begin as held, and wake nobody: in a flood,
/// holding each by a second write costs as much as storing it. A lane that opens sends what is held as it sends what waits; one that
/// another instance has opened meanwhile is found by <see cref="LaneWaker"/>, within <see cref="LanePatience.Forgotten"/>.</summary>
internal sealed class KnownHolds : IDisposable
{
    // What is known grows old: another instance may have found the lane open since.
    private static readonly TimeSpan Trusted = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<ChannelKey, Known[]> _holds = new();
    private readonly IDisposable[] _subscriptions;
    private readonly TimeProvider _time;
    private long _generation;

    public KnownHolds(ChangeFeed feed, TimeProvider time)
    {
        _time = time;
        _subscriptions = [.. new[] { ChangeAreas.Channels, ChangeAreas.Pauses }.Select(area => feed.Subscribe(area, () =>
        {
            Interlocked.Increment(ref _generation);
            _holds.Clear();
            return Task.CompletedTask;
        }))];
    }

    /// <summary>Grows whenever everything is forgotten: channels, or what silences them, were changed. Read it before the lane.</summary>
    public long Generation => Interlocked.Read(ref _generation);

    /// <summary>How a new delivery is held; null when it waits.</summary>
    public Hold? Find(ChannelKey channel, Severity severity)
    {
        var now = _time.GetUtcNow();
        foreach (var known in Of(channel))
        {
            if (known.Hold.Severities.Contains(severity) && known.Hold.Until > now && !(known.Until <= now) && IsTrusted(known))
            {
                return known.Hold;
            }
        }

        return null;
    }

    /// <summary>Whether what was held before already is so.</summary>
    public bool Contains(ChannelKey channel, Hold hold) => Array.Exists(Of(channel), known => known.Hold == hold && IsTrusted(known));

    /// <summary>Puts down what holds a lane now. What was known of other severities stays. Nothing is put down by a look that began before
    /// something was changed: it may rest on what was before.</summary>
    /// <param name="generation">When the look began.</param>
    /// <param name="until">When what holds the lane may be another; null where nothing is known to change before the hold ends.</param>
    public void Set(ChannelKey channel, Hold hold, long generation, DateTimeOffset? until = null)
    {
        _holds[channel] = [.. Array.FindAll(Of(channel), known => known.Hold.Severities != hold.Severities),
            new Known(hold, _time.GetTimestamp(), until)];
        // Looked at afterwards: what grows later clears later.
        if (Generation != generation)
        {
            Forget(channel);
        }
    }

    /// <summary>The lane is open for these: what is new waits.</summary>
    public void Clear(ChannelKey channel, SeverityRange severities)
    {
        if (Array.Exists(Of(channel), known => known.Hold.Severities == severities))
        {
            _holds[channel] = Array.FindAll(Of(channel), known => known.Hold.Severities != severities);
        }
    }

    /// <summary>Whatever holds the lane, what is new has to be looked at.</summary>
    public void Forget(ChannelKey channel) => _holds.TryRemove(channel, out _);

    public void Dispose() => Array.ForEach(_subscriptions, subscription => subscription.Dispose());

    private Known[] Of(ChannelKey channel) => _holds.GetValueOrDefault(channel, []);

    private bool IsTrusted(Known known) => _time.GetElapsedTime(known.Since) < Trusted;

    private readonly record struct Known(Hold Hold, long Since, DateTimeOffset? Until);
}
