using Notify.Admin.Channels;

namespace Notify.Admin.Events;

/// <summary>Which events a list shows.</summary>
public sealed record EventFilter
{
    /// <summary>For <see cref="Type"/>: every event of an alert type, or those that are neither alerts nor scans.</summary>
    public const string AnyAlert = "alert";

    public const string Other = "other";

    /// <summary>Before an alert type's suffix: <c>alert:vul</c>.</summary>
    public const string AlertPrefix = "alert:";

    /// <summary>A CloudEvents type of a scan, <see cref="AnyAlert"/>, <see cref="AlertPrefix"/> with a suffix, or
    /// <see cref="Other"/>.</summary>
    public string? Type { get; init; }

    public Severity? Severity { get; init; }

    /// <summary>Exactly this source.</summary>
    public string? Source { get; init; }

    /// <summary>Posted to this one of <see cref="IEventSources"/>.</summary>
    public int? SourceId { get; init; }

    /// <summary>Heard by a channel, or by none; null for either.</summary>
    public bool? Matched { get; init; }

    /// <summary>Received at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Received before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>An event's id or the beginning of it, or part of an id, source or title.</summary>
    public string? Text { get; init; }
}
