using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>That a channel is silenced now: until when, and what becomes of what comes. One answer however many pauses there are.</summary>
/// <param name="Pauses">Those that run, the one that ends last first; never empty.</param>
public sealed record Silence(IReadOnlyList<Pause> Pauses)
{
    /// <summary>When everything goes out again.</summary>
    public DateTimeOffset Until => Pauses[0].EndsAt;

    /// <summary>Only if each of them lets it.</summary>
    public bool LetsCriticalThrough => Pauses.All(pause => pause.LetCriticalThrough);

    /// <summary>From when on what comes is dropped; null where it is held. A summary that one of them promises outweighs the
    /// others.</summary>
    public DateTimeOffset? DropsFrom =>
        Pauses.All(pause => pause.Outcome == PauseOutcome.Drop) ? Pauses.Min(pause => pause.StartsAt) : null;

    internal SeverityRange Severities => LetsCriticalThrough ? SeverityRange.LessThanCritical : SeverityRange.All;
}

/// <summary>All that silences channels, as stored at one moment.</summary>
internal sealed class Silences(IEnumerable<Pause> pauses)
{
    private readonly ILookup<ChannelKey, Pause> _byChannel = pauses.ToLookup(pause => pause.Channel);

    /// <summary>Null for a channel that is not silenced.</summary>
    public Silence? Find(ChannelKey channel, DateTimeOffset now)
    {
        List<Pause> running = [.. _byChannel[channel].Where(pause => pause.StartsAt <= now && pause.EndsAt > now)
            .OrderByDescending(pause => pause.EndsAt)];
        return running.Count == 0 ? null : new Silence(running);
    }
}
