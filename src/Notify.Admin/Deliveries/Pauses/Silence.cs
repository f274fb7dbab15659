using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>One reason why a channel is silenced now: its own snooze, or maintenance of a tag that it has.</summary>
/// <param name="Tag">Whose maintenance it is; null for a snooze.</param>
public sealed record RunningPause(
    DateTimeOffset StartsAt, DateTimeOffset EndsAt, string Reason, string By, PauseOutcome Outcome, bool LetCriticalThrough,
    string? Tag = null);

/// <summary>That a channel is silenced now: until when, and what becomes of what comes. One answer however many pauses there are.</summary>
/// <param name="Pauses">Those that run, the one that ends last first; never empty.</param>
public sealed record Silence(IReadOnlyList<RunningPause> Pauses)
{
    /// <summary>When everything goes out again.</summary>
    public DateTimeOffset Until => Pauses[0].EndsAt;

    /// <summary>The channel's own; null where only maintenance silences it.</summary>
    public RunningPause? Snooze => Pauses.FirstOrDefault(pause => pause.Tag is null);

    /// <summary>Only if each of them lets it.</summary>
    public bool LetsCriticalThrough => Pauses.All(pause => pause.LetCriticalThrough);

    /// <summary>From when on what comes is dropped; null where it is held. A summary that one of them promises outweighs the
    /// others.</summary>
    public DateTimeOffset? DropsFrom =>
        Pauses.All(pause => pause.Outcome == PauseOutcome.Drop) ? Pauses.Min(pause => pause.StartsAt) : null;

    internal SeverityRange Severities => LetsCriticalThrough ? SeverityRange.LessThanCritical : SeverityRange.All;
}

/// <summary>All that silences channels, as stored at one moment.</summary>
internal sealed class Silences(IEnumerable<Pause> pauses, IEnumerable<MaintenanceWindow> windows, IEnumerable<ProblemMute> mutes)
{
    private readonly List<DateTimeOffset> _moments =
    [
        .. pauses.SelectMany(pause => new[] { pause.StartsAt, pause.EndsAt }), .. mutes.Select(mute => mute.EndsAt),
    ];

    private readonly ILookup<ChannelKey, ProblemMute> _mutes = mutes.ToLookup(mute => mute.Channel);
    private readonly ILookup<ChannelKey, Pause> _byChannel = pauses.ToLookup(pause => pause.Channel);
    private readonly ILookup<string, MaintenanceWindow> _byTag = windows.ToLookup(window => window.Tag, StringComparer.Ordinal);

    /// <summary>What of a channel's problems is or was muted; <see cref="MutePlan"/> judges each delivery.</summary>
    public IReadOnlyList<ProblemMute> MutesOf(ChannelKey channel) => [.. _mutes[channel]];

    /// <summary>Null for a channel that is not silenced.</summary>
    /// <param name="tags">Those that the channel has.</param>
    public Silence? Find(ChannelKey channel, IReadOnlyList<string> tags, DateTimeOffset now)
    {
        List<RunningPause> running =
        [
            .. _byChannel[channel].Where(pause => pause.StartsAt <= now && pause.EndsAt > now).Select(pause => new RunningPause(
                pause.StartsAt, pause.EndsAt, pause.Reason, pause.By, pause.Outcome, pause.LetCriticalThrough)),
            .. tags.SelectMany(tag => _byTag[tag]).Select(window => Running(window, now)).OfType<RunningPause>(),
        ];
        return running.Count == 0 ? null : new Silence([.. running.OrderByDescending(pause => pause.EndsAt)]);
    }

    /// <summary>When the next maintenance of any of these tags begins; null where none is planned.</summary>
    public DateTimeOffset? NextStart(IReadOnlyList<string> tags, DateTimeOffset now) =>
        tags.SelectMany(tag => _byTag[tag]).Min(window => window.NextAfter(now)?.From);

    /// <summary>Whether any of it begins or ends after <paramref name="from"/>, and at <paramref name="to"/> at the latest.</summary>
    public bool ChangeBetween(DateTimeOffset from, DateTimeOffset to) =>
        _moments.Exists(moment => moment > from && moment <= to)
        || _byTag.SelectMany(windows => windows)
            .Any(window => window.NextAfter(from)?.From <= to || window.RunningAt(from)?.To <= to);

    private static RunningPause? Running(MaintenanceWindow window, DateTimeOffset now) => window.RunningAt(now) is { } run
        ? new RunningPause(run.From, run.To, window.Reason, window.By, window.Outcome, window.LetCriticalThrough, window.Tag) : null;
}
