using Notify.Admin.Channels;
using Notify.Admin.Deliveries;

namespace Notify.Admin.Events;

/// <summary>An event as lists show it.</summary>
/// <param name="MatchCount">How many channels heard it, decided at intake.</param>
public sealed record EventRow(EventSummary Event, string? AlertType, DateTimeOffset ReceivedAt, int MatchCount)
{
    /// <summary>Who has taken it on; null until somebody has.</summary>
    public Acknowledged? Acknowledged { get; init; }

    /// <summary>It was held back, on one channel at least: counted, and not sent.</summary>
    public bool IsInhibited { get; init; }
}

/// <summary>One event with the channels that heard it or came nearest, and the reason why each did or did not.</summary>
/// <param name="Json">The event as it came.</param>
/// <param name="State">Whether what it tells of lasts, where its source says so.</param>
/// <param name="Link">Where to read more; http or https.</param>
/// <param name="DataText">Its data where that is no object, as a person would read it.</param>
/// <param name="Hearings">Those that heard it first, then those that came nearest.</param>
/// <param name="Others">How many more there are that did not hear it.</param>
public sealed record EventStory(
    EventRow Row, EventSourceName? Via, EventState State, string? Link, string Json, string? DataText, IReadOnlyList<Hearing> Hearings,
    int Others)
{
    /// <summary>That it was held back, or holds others back; null where neither.</summary>
    public Inhibited? Inhibited { get; init; }

    /// <summary>Where it ends a problem: how many events that has held back.</summary>
    public int HeldBack { get; init; }

    /// <summary>Where it is a payload that could not be mapped.</summary>
    public UnmappedStory? Unmapped { get; init; }
}

/// <param name="Reasons">Why it could not be mapped when it came.</param>
/// <param name="Became">Null until it is mapped.</param>
public sealed record UnmappedStory(IReadOnlyList<string> Reasons, Replacements? Became);

/// <summary>What stands in an event's place.</summary>
/// <param name="Count">How many events; <paramref name="Events"/> has the first of them that are still kept.</param>
public sealed record Replacements(DateTimeOffset At, string By, int Count, IReadOnlyList<EventRow> Events);

/// <summary>One channel's side of an event.</summary>
/// <param name="Name">Null when the channel has been deleted.</param>
/// <param name="Delivery">Made at intake; null when the channel did not hear the event then.</param>
/// <param name="Reason">Why it heard it, in words; null when it did not.</param>
/// <param name="HearsNow">What its rules say today; null when it has been deleted, and where they have no part in it.</param>
/// <param name="Conditions">Behind <paramref name="HearsNow"/>.</param>
public sealed record Hearing(
    ChannelKey Channel, string? Name, DeliveryRow? Delivery, string? Reason, bool? HearsNow, IReadOnlyList<ExplainedCondition> Conditions)
{
    public bool Heard => Delivery is not null;

    /// <summary>The rules decide otherwise today than they did at intake.</summary>
    public bool HasChanged => HearsNow is { } now && now != Heard;
}
