using System.Collections.Concurrent;
using System.Globalization;
using Notify.Admin.Background;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Bell;

/// <summary>What needs attention, read once for all open pages of this instance: after a change, every few seconds at most, in each
/// language that somebody reads, and not at all while nobody does. Pages are told only when it is another list than before.</summary>
internal sealed class BellReader : RecurringWork
{
    /// <summary>The causes that are shown and counted at most.</summary>
    public const int Most = 100;

    private static readonly WorkSchedule Schedule = new("bell", TimeSpan.FromSeconds(5));

    // What passes without a change: a channel that has failed for long, work that keeps failing.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly ChannelNotices _channels;
    private readonly IEnumerable<IAttentionSource> _sources;
    private readonly List<IDisposable> _subscriptions;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly ConcurrentDictionary<string, Held> _held = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly List<Listener> _listeners = [];
    private int _changes;

    public BellReader(ChannelNotices channels, IEnumerable<IAttentionSource> sources, ChangeFeed feed, WorkRegister works,
        TimeProvider time, ILogger<BellReader> logger)
        : base(works, Schedule, time, logger)
    {
        (_channels, _sources) = (channels, sources);
        _subscriptions = [.. ChangeAreas.Attention.Select(area => feed.Subscribe(area, () =>
        {
            Interlocked.Increment(ref _changes);
            return Task.CompletedTask;
        }))];
    }

    public override void Dispose()
    {
        _subscriptions.ForEach(subscription => subscription.Dispose());
        _reading.Dispose();
        base.Dispose();
    }

    /// <summary>Calls <paramref name="onChanged"/> with each list that is another one than before, its texts in the caller's language, on a
    /// foreign thread.</summary>
    /// <returns>Dispose to stop.</returns>
    public IDisposable Listen(Action<IReadOnlyList<Notice>> onChanged)
    {
        var listener = new Listener(this, CultureInfo.CurrentUICulture, onChanged);
        lock (_gate)
        {
            _listeners.Add(listener);
        }

        return listener;
    }

    /// <summary>What needs attention, the newest first, in the current UI culture: as read a moment ago, for every page that asks
    /// then.</summary>
    public async Task<IReadOnlyList<Notice>> ListAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            // What changes while it is read makes it old.
            var changes = Volatile.Read(ref _changes);
            var language = CultureInfo.CurrentUICulture.Name;
            if (_held.TryGetValue(language, out var held) && IsFresh(held, changes))
            {
                return held.Notices;
            }

            var notices = await ReadAsync(cancellationToken);
            _held[language] = new Held(notices, changes, Time.GetTimestamp());
            return notices;
        }
        finally
        {
            _reading.Release();
        }
    }

    protected override async Task RunAsync(CancellationToken stopping)
    {
        foreach (var listeners in Listeners().GroupBy(listener => listener.Culture))
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = listeners.Key;
            var notices = await ListAsync(stopping);
            foreach (var listener in listeners)
            {
                listener.Tell(notices);
            }
        }
    }

    private bool IsFresh(Held held, int changes) =>
        Time.GetElapsedTime(held.At) is var age && (age < Schedule.Every / 2 || (held.Changes == changes && age < Longest));

    private async Task<IReadOnlyList<Notice>> ReadAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        List<Notice> notices = [.. await _channels.ListAsync(cancellationToken)];
        foreach (var source in _sources)
        {
            notices.AddRange((await source.ListAsync(cancellationToken)).Select(attention => new Notice(
                $"{attention.Href}:{attention.Code}", attention.Sentence, attention.Text, attention.Code, attention.Href,
                // Some say when something ends.
                attention.Since <= now ? attention.Since : null, attention.IsUrgent)
                { Policy = attention.Policy }));
        }

        return [.. notices.OrderByDescending(notice => notice.Since).ThenBy(notice => notice.Key, StringComparer.Ordinal).Take(Most)];
    }

    private Listener[] Listeners()
    {
        lock (_gate)
        {
            return [.. _listeners];
        }
    }

    private sealed record Held(IReadOnlyList<Notice> Notices, int Changes, long At);

    private sealed class Listener(BellReader reader, CultureInfo culture, Action<IReadOnlyList<Notice>> onChanged) : IDisposable
    {
        private IReadOnlyList<Notice>? _told;

        public CultureInfo Culture => culture;

        public void Tell(IReadOnlyList<Notice> notices)
        {
            if (ReferenceEquals(_told, notices) || _told?.SequenceEqual(notices) == true)
            {
                return;
            }

            _told = notices;
            onChanged(notices);
        }

        public void Dispose()
        {
            lock (reader._gate)
            {
                reader._listeners.Remove(this);
            }
        }
    }
}
