using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>That a channel is not told what comes of one problem: until a time, or until the problem ends.</summary>
public sealed class ProblemMute
{
    public const int TitleLength = 256;

    /// <summary>One that lasts until the problem ends, too: not every end is told.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    public int Id { get; init; }

    public ChannelKind ChannelKind { get; init; }

    public int ChannelId { get; init; }

    /// <summary><see cref="EventProblem.KeyOf"/> of its events.</summary>
    public required string Problem { get; init; }

    /// <summary>The first message of the problem then, which says that it is muted.</summary>
    public long MessageId { get; init; }

    /// <summary>What it is about, for people.</summary>
    public required string Title { get; init; }

    public DateTimeOffset StartsAt { get; init; }

    public DateTimeOffset EndsAt { get; set; }

    /// <summary>It ends when the problem does.</summary>
    public bool UntilFixed { get; init; }

    /// <summary>Of the event that was told last: what is more severe is sent all the same.</summary>
    public Severity Severity { get; init; }

    public required string By { get; init; }

    /// <summary>How many events were not sent because of it.</summary>
    public int Skipped { get; set; }

    /// <summary>The message says how it stands, or never will: it is gone, or its channel has no buttons.</summary>
    public bool IsShown { get; set; }

    public ChannelKey Channel => new(ChannelKind, ChannelId);

    /// <summary>As a message says it.</summary>
    public Muted Tell(DateTimeOffset now) => new(By, EndsAt, UntilFixed, EndsAt <= now);

    /// <summary>Whether it keeps a delivery back. Judged by when that came, so that one which waited for something else is judged
    /// alike.</summary>
    internal bool Covers(Candidate candidate) =>
        candidate.Delivery is { RequestedBy: null, MessageId: null } delivery && Covers(candidate.Event, delivery.CreatedAt);

    /// <summary>Whether it keeps an event of its problem back that came then.</summary>
    internal bool Covers(EventRecord record, DateTimeOffset at) =>
        at >= StartsAt && at < EndsAt && EventProblem.StateOf(record) != EventState.Resolved
        && (Severity == Severity.NotStated || record.Severity <= Severity);

    /// <summary>Whether a delivery tells the end that it waits for.</summary>
    internal bool EndsWith(Candidate candidate) =>
        UntilFixed && candidate.Delivery.CreatedAt >= StartsAt && candidate.Delivery.CreatedAt < EndsAt
        && EventProblem.StateOf(candidate.Event) == EventState.Resolved;
}
