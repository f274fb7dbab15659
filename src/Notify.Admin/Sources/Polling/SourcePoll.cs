using Notify.Admin.Data;

namespace Notify.Admin.Sources;

/// <summary>How far the reading of one type of alert from a source's account is. It goes on from here after a restart, on any
/// instance.</summary>
public sealed class SourcePoll : ILeased
{
    public int SourceId { get; init; }

    /// <summary>One of <see cref="PolledType.All"/>.</summary>
    public required string Type { get; init; }

    /// <summary>What was found before is no news: the beginning of the first poll, less the hours that were chosen.</summary>
    public DateTimeOffset StartAt { get; init; }

    /// <summary>What was found before this has been read.</summary>
    public DateTimeOffset ReadUpTo { get; set; }

    /// <summary>When the poll under way began; null between polls.</summary>
    public DateTimeOffset? BeganAt { get; set; }

    /// <summary>Where the poll under way goes on, as <see cref="PollPosition"/> writes it.</summary>
    public string? Position { get; set; }

    public DateTimeOffset NextAt { get; set; }

    /// <summary>When the vendor last answered or did not.</summary>
    public DateTimeOffset? LastAt { get; set; }

    /// <summary>When a poll last came to its end.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>Why the last call failed, or what else is to be said, as <see cref="StoredReasons"/> writes it; null while all is
    /// well.</summary>
    public string? Trouble { get; set; }

    /// <summary>In a row.</summary>
    public int Failures { get; set; }

    /// <summary>New alerts of the last poll, or so far of the one under way.</summary>
    public int Found { get; set; }

    /// <summary>The account, and its version, that was refused: while it stands so, nothing is asked. Null where nothing was.</summary>
    public string? PausedFor { get; set; }

    public long? LeaseToken { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }
}
