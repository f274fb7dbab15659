namespace Notify.Admin.Deliveries;

/// <summary>The answer of <c>GET /api/deliveries</c>.</summary>
/// <param name="Items">Newest first. May be empty while <paramref name="NextCursor"/> is not null: the search has not reached the
/// end.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> for older deliveries; null at the end.</param>
public sealed record DeliveriesAnswer(IReadOnlyList<DeliveryAnswer> Items, string? NextCursor);

/// <summary>One event on its way to one channel.</summary>
/// <param name="ShortId">Shown in the message at the vendor.</param>
/// <param name="State">One of <c>waiting</c>, <c>sending</c>, <c>held</c>, <c>retrying</c>, <c>sent</c>, <c>failed</c>, <c>given_up</c>,
/// <c>skipped</c>.</param>
/// <param name="HoldReason">With <c>held</c>: <c>interval</c>, <c>quiet_hours</c>, <c>pacing</c>, <c>needs_attention</c> or
/// <c>snoozed</c>.</param>
/// <param name="Code">The vendor's last code, or one of ours: <c>channel_off</c>, <c>channel_deleted</c>, <c>process_died</c>,
/// <c>repeat</c>, <c>snoozed</c>, <c>muted</c>, <c>inhibited</c>, <c>secret_unreadable</c>.</param>
/// <param name="MatchReason">Why the channel hears the event: <c>slackStop</c>, <c>rule 2</c>.</param>
/// <param name="DueAt">Not before this time; null when it is final or waits for a person.</param>
/// <param name="Attempts">Oldest first.</param>
/// <param name="MayBeDuplicate">The outcome of an attempt was never learned: the vendor may have shown this event more than once.</param>
/// <param name="CountedIn">With the code <c>repeat</c>: the short id of the delivery that counts this one instead of repeating it.</param>
/// <param name="InhibitedBy">With the code <c>inhibited</c>: CloudEvents <c>id</c> of the problem for which it is not sent.</param>
/// <param name="FollowUp">How its message follows the first one of its problem: <c>update</c> or <c>reply</c>; null where it stands by
/// itself.</param>
public sealed record DeliveryAnswer(
    long Id,
    string ShortId,
    DeliveryEventAnswer Event,
    DeliveryChannelAnswer Channel,
    string State,
    string? HoldReason,
    string? Code,
    string MatchReason,
    DateTimeOffset? DueAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt,
    IReadOnlyList<AttemptAnswer> Attempts,
    bool MayBeDuplicate,
    string? CountedIn,
    string? InhibitedBy,
    string? FollowUp);

/// <param name="Id">CloudEvents <c>id</c>.</param>
/// <param name="Severity">One of <c>critical</c>, <c>high</c>, <c>medium</c>, <c>low</c>, <c>informative</c>,
/// <c>not_stated</c>.</param>
public sealed record DeliveryEventAnswer(string Id, string Source, string Type, DateTimeOffset Time, string Severity, string? Title);

/// <param name="Kind"><c>slack</c> or <c>dingtalk</c>.</param>
/// <param name="Name">Null when the channel has been deleted.</param>
public sealed record DeliveryChannelAnswer(string Kind, int Id, string? Name);

/// <param name="DurationMs">Milliseconds.</param>
/// <param name="Outcome">One of <c>in_flight</c>, <c>accepted</c>, <c>failed</c>, <c>unknown</c>.</param>
/// <param name="Code">The vendor's code, or ours for transport trouble.</param>
/// <param name="Detail">The vendor's text, redacted.</param>
public sealed record AttemptAnswer(DateTimeOffset StartedAt, int DurationMs, string Outcome, string? Code, string? Detail);
