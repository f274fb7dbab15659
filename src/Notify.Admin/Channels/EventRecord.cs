using System.Collections.ObjectModel;

namespace Notify.Admin.Channels;

/// <summary>An event as matchers and senders read it: the CloudEvents attributes and the data fields that rules know.</summary>
/// <param name="RowId">The row in the store; 0 for an event that is only tried, not stored.</param>
/// <param name="Id">CloudEvents <c>id</c>.</param>
/// <param name="Source">CloudEvents <c>source</c>.</param>
/// <param name="Type">CloudEvents <c>type</c>.</param>
/// <param name="Time">CloudEvents <c>time</c>, or the moment of receipt where the source gave none.</param>
public sealed record EventRecord(
    long RowId,
    string Id,
    string Source,
    string Type,
    DateTimeOffset Time,
    Severity Severity,
    EventFields Fields)
{
    /// <summary>The source here that it was posted to; null for one that was not.</summary>
    public int? SourceId { get; init; }

    /// <summary>How long before it the same came last (<see cref="EventLikeness"/>); null: it did not, or nobody has looked.</summary>
    public TimeSpan? SeenAgo { get; init; }

    /// <summary>The inhibition by which it, an open problem, holds others back; null where it holds back none.</summary>
    public string? HoldsBack { get; init; }

    /// <summary>CloudEvents <c>id</c> of the problem that it was held back for; null where it was not.</summary>
    public string? InhibitedBy { get; init; }

    /// <summary>Where it ends a problem: how many events were held back because of that.</summary>
    public int HeldBack { get; init; }

    /// <summary>The message that a tool posted for a chat; null for every other event.</summary>
    public PostedMessage? Posted { get; init; }
}

/// <summary>A message that a tool posted to a source in the form of a Slack webhook or a DingTalk robot. In that vendor's form it is as it
/// was posted, in the other's it is converted; without mentions where its source lets none through.</summary>
/// <param name="Slack">A JSON object of <c>text</c>, <c>blocks</c> and <c>attachments</c>.</param>
/// <param name="DingTalk">A JSON object with a <c>msgtype</c>.</param>
public sealed record PostedMessage(string Slack, string DingTalk)
{
    /// <summary>CloudEvents <c>type</c> of such events: one that nobody else can post, so that no other event carries markup.</summary>
    public const string EventType = ProductEvent.TypePrefix + "message";
}

/// <summary>The members of CloudEvents <c>data</c> that rules and messages read; absent ones are null.</summary>
public sealed record EventFields
{
    /// <summary><c>title</c>: one line for people.</summary>
    public string? Title { get; init; }

    /// <summary><c>asset</c>: what it happened to.</summary>
    public string? Asset { get; init; }

    /// <summary><c>target</c>: what was scanned.</summary>
    public string? Target { get; init; }

    public string? ScanId { get; init; }

    /// <summary><c>trigger</c> of <c>scan.started</c>: <c>schedule</c> or <c>queue</c>.</summary>
    public string? Trigger { get; init; }

    /// <summary><c>avgThreat</c> of finished scans.</summary>
    public string? AvgThreat { get; init; }

    /// <summary>The asset group, as decimal digits.</summary>
    public string? GroupId { get; init; }

    /// <summary><c>group</c>: the group in a source's own words.</summary>
    public string? Group { get; init; }

    /// <summary><c>labels</c>: names and texts that the source added.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>ConfigList key <c>item_level</c>.</summary>
    public string? ItemLevel { get; init; }

    /// <summary>ConfigList key <c>event_type</c> ("alert category" on screen).</summary>
    public string? EventType { get; init; }

    /// <summary>ConfigList key <c>type</c> (vulnerability or leak type).</summary>
    public string? Type { get; init; }

    /// <summary>ConfigList key <c>necessity</c>.</summary>
    public string? Necessity { get; init; }

    /// <summary><c>severity</c> or <c>priority</c>, in a word of the source's own.</summary>
    public string? Severity { get; init; }

    /// <summary><c>message</c> or <c>description</c>: further text for people.</summary>
    public string? Description { get; init; }

    /// <summary><c>state</c>: whether what it tells of lasts.</summary>
    public EventState State { get; init; }

    /// <summary><c>problem</c>: what its source calls that which several events are about.</summary>
    public string? Problem { get; init; }

    /// <summary><c>link</c>: where to read more; http or https.</summary>
    public string? Link { get; init; }

    /// <summary><c>zh</c>: what the product's own events say in Chinese; null for others.</summary>
    public EventWords? Chinese { get; init; }
}
