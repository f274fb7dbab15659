using Notify.Admin.Security;

namespace Notify.Admin.Channels;

/// <summary>What a channel's own pages and APIs ask of delivery, without knowing it: tests, health and "try again".</summary>
public interface IDeliveryDesk
{
    /// <summary>Sends a test to a saved or unsaved destination: the chosen event's message, through the code that delivers events; counted
    /// against the destination's pacing and recorded as a message with its attempt. The caller has checked the actor's policy.</summary>
    Task<TestOutcome> SendTestAsync(Destination destination, TestChoice choice, Actor actor, CancellationToken cancellationToken);

    /// <summary>The same with a saved channel as it is stored, its code in words.</summary>
    /// <returns>Null when it has been deleted.</returns>
    Task<TestVerdict?> SendTestAsync(ChannelKey channel, TestChoice choice, Actor actor, CancellationToken cancellationToken);

    /// <summary>The events to choose from for a test: those that matched the channel last, else the newest of its kind.</summary>
    /// <param name="channel">Id 0 for one that is not saved.</param>
    Task<IReadOnlyList<TestEvent>> ListTestEventsAsync(ChannelKey channel, Actor actor, CancellationToken cancellationToken);

    /// <summary>A stored event, for a preview; null where it has been deleted.</summary>
    Task<EventRecord?> FindTestEventAsync(long rowId, Actor actor, CancellationToken cancellationToken);

    /// <summary>Whether the rules of a saved channel would send it a stored event, and why; null where either is gone.</summary>
    Task<ChannelExplanation?> ExplainTestEventAsync(ChannelKey channel, long rowId, Actor actor, CancellationToken cancellationToken);

    /// <summary>Makes the test of a draft the last test of the channel that the draft has become. The caller has made sure that the
    /// channel is saved with just what was tested.</summary>
    Task AdoptTestAsync(ChannelKey channel, TestOutcome test, CancellationToken cancellationToken);

    /// <summary>The channel has been saved with other settings than were tested: its last test says nothing about it any more.</summary>
    Task ForgetTestAsync(ChannelKey channel);

    /// <summary>How sending to one channel goes.</summary>
    Task<ChannelStanding> FindStandingAsync(ChannelKey channel, Actor actor, CancellationToken cancellationToken);

    /// <summary>The health of some channels of a kind, by channel id; none for those to which nothing was ever sent.</summary>
    Task<IReadOnlyDictionary<int, ChannelHealth>> GetHealthAsync(
        ChannelKind kind, IReadOnlyCollection<int> ids, CancellationToken cancellationToken);

    /// <summary>The last <see cref="HourOfSending.Hours"/> hours of some channels of a kind, by channel id; none for those for which no
    /// deliveries were made in them. Oldest hour first, none left out.</summary>
    Task<IReadOnlyDictionary<int, IReadOnlyList<HourOfSending>>> GetHistoryAsync(
        ChannelKind kind, IReadOnlyCollection<int> ids, CancellationToken cancellationToken);

    /// <summary>Releases what is held because the channel needs attention, paced.</summary>
    /// <returns>What <see cref="AwaitTriesAsync"/> needs to tell what came of it.</returns>
    Task<ChannelTry> TryAgainAsync(ChannelKey channel, Actor actor, CancellationToken cancellationToken);

    /// <summary>Waits a few seconds for the vendor's answer to the first message after <see cref="TryAgainAsync"/>.</summary>
    async Task<ChannelTryOutcome> AwaitTryAsync(ChannelTry tried, CancellationToken cancellationToken) =>
        (await AwaitTriesAsync([tried], cancellationToken))[0];

    /// <summary>The same of several, in their order: one question for all, however many they are.</summary>
    Task<IReadOnlyList<ChannelTryOutcome>> AwaitTriesAsync(IReadOnlyList<ChannelTry> tries, CancellationToken cancellationToken);

    /// <summary>Every channel of every kind, by kind and name: for choosing one.</summary>
    Task<IReadOnlyList<ChannelName>> ListChannelsAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>The tags that any channel has, in order.</summary>
    Task<IReadOnlyList<string>> ListTagsAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>How many deliveries are open for a channel: what deleting or switching off would end.</summary>
    Task<int> CountOpenAsync(ChannelKey channel, CancellationToken cancellationToken) =>
        CountOpenAsync(channel.Kind, [channel.Id], cancellationToken);

    /// <summary>The same of several channels of a kind together.</summary>
    Task<int> CountOpenAsync(ChannelKind kind, IReadOnlyCollection<int> ids, CancellationToken cancellationToken);
}

/// <summary>What came of a test.</summary>
/// <param name="Result">The verdict; null when nothing was sent because the destination is at its limit.</param>
/// <param name="FreeIn">With no verdict: when there is budget again.</param>
/// <param name="ShortId">Shown in the test message.</param>
/// <param name="Preview">The text that was sent.</param>
public sealed record TestOutcome(SendResult? Result, TimeSpan? FreeIn, DateTimeOffset At, string ShortId, string Preview)
{
    /// <summary>The message on record; 0 when nothing was sent.</summary>
    public long MessageId { get; init; }

    /// <summary>The event that the message tells; without a row where it is an example.</summary>
    public EventRecord? Event { get; init; }
}

/// <summary>What came of the test of a saved channel.</summary>
/// <param name="Name">The channel's.</param>
/// <param name="Refusal">The code in words, in the current UI culture; null unless the vendor refused.</param>
public sealed record TestVerdict(string Name, TestOutcome Outcome, CodeExplanation? Refusal);

/// <summary>The test of a draft, which counts for the channel that is saved with just what was tested.</summary>
/// <param name="Settings">Keyed fingerprint of all that the verdict depends on, secrets included; null where a secret could not be
/// read.</param>
public sealed record DraftTest(TestOutcome Outcome, string? Settings);

/// <summary>How sending to a channel goes.</summary>
public enum ChannelStatus
{
    Ok,
    Failing,
    NeedsAttention,
}

/// <summary>How one channel stands.</summary>
/// <param name="Health">Null before anything was sent.</param>
/// <param name="Open">How many deliveries switching off or deleting would end.</param>
/// <param name="Why">The last code in words, in the current UI culture; null without one.</param>
public sealed record ChannelStanding(ChannelHealth? Health, int Open, CodeExplanation? Why)
{
    public static ChannelStanding Nothing { get; } = new(null, 0, null);
}

/// <summary>One channel's health, as the lists and the overview show it.</summary>
/// <param name="OldestWaitingSince">When the oldest open delivery was created.</param>
public sealed record ChannelHealth(
    ChannelStatus Status,
    string? LastCode,
    string? LastDetail,
    DateTimeOffset? FailingSince,
    DateTimeOffset? LastSuccessAt,
    DateTimeOffset? LastFailureAt,
    DateTimeOffset? NextTryAt,
    int Waiting,
    DateTimeOffset? OldestWaitingSince,
    DateTimeOffset? LastTestAt,
    bool? LastTestAccepted,
    string? LastTestCode)
{
    public DateTimeOffset? NextDrillAt { get; init; }

    public DateTimeOffset? LastDrillAt { get; init; }

    public bool? LastDrillAccepted { get; init; }
}
