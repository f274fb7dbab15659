namespace Notify.Admin.Channels;

/// <summary>A stored event: the CloudEvent as it came, and the fields that rules, lists and previews read.</summary>
public sealed class IncomingEvent
{
    public const int HeadLength = 200;

    /// <summary>What <see cref="Title"/> and <see cref="Asset"/> hold of longer texts; <see cref="Json"/> has the whole.</summary>
    public const int TextLength = 512;

    public long Id { get; set; }

    /// <summary>SHA-256 over source, NUL and id, as hex: identity is ordinal in every database's collation.</summary>
    public required string Key { get; init; }

    public required string Source { get; init; }

    /// <summary>CloudEvents <c>id</c>.</summary>
    public required string EventId { get; init; }

    /// <summary>The first <see cref="HeadLength"/> characters of <see cref="EventId"/>, made by the database: an id can be longer than an
    /// index may be.</summary>
    public string? EventIdHead { get; init; }

    public required string Type { get; init; }

    public DateTimeOffset Time { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }

    public Severity Severity { get; init; }

    public string? Title { get; init; }

    public string? Asset { get; init; }

    public string? GroupId { get; init; }

    /// <summary>The ConfigList alert type's suffix (<c>vul</c>, <c>suspicious</c>…); null for other events.</summary>
    public string? AlertType { get; init; }

    public string? ItemLevel { get; init; }

    public string? EventType { get; init; }

    public string? SubType { get; init; }

    public string? Necessity { get; init; }

    /// <summary>Whether what it tells of lasts, where its source says so.</summary>
    public EventState State { get; init; }

    /// <summary><see cref="EventLikeness.Problem"/>, as of when it came.</summary>
    public long? ProblemMark { get; set; }

    /// <summary><see cref="EventLikeness.Title"/>, as of when it came.</summary>
    public long? TitleMark { get; set; }

    /// <summary>The source it was posted to; null for <c>/api/events</c> and the product's own.</summary>
    public int? SourceId { get; init; }

    /// <summary>The inhibition that holds it back, or by which it holds others back, by its name of then; null where there is
    /// none.</summary>
    public string? Inhibition { get; set; }

    /// <summary>CloudEvents <c>id</c> of the problem that it is held back for, on one channel at least; null for one that is not.</summary>
    public string? InhibitedBy { get; set; }

    /// <summary>Where it ends a problem: how many events were held back because of that.</summary>
    public int HeldBack { get; set; }

    /// <summary>The whole CloudEvent as JSON.</summary>
    public required string Json { get; init; }

    /// <summary>How many channels heard it, decided at intake.</summary>
    public int MatchCount { get; set; }
}
