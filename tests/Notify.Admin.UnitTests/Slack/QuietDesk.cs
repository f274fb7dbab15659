using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.UnitTests.Slack;

/// <summary>Delivery, as far as a channel's form knows it: counts what it was asked.</summary>
internal sealed class QuietDesk : IDeliveryDesk
{
    public int Open { get; set; }

    public ChannelHealth? Health { get; set; }

    public Func<Destination, TestOutcome>? Answer { get; set; }

    public List<Destination> Tested { get; } = [];

    public List<TestChoice> Chosen { get; } = [];

    public List<TestEvent> TestEvents { get; } = [];

    public List<EventRecord> Past { get; } = [];

    public ChannelExplanation? Explanation { get; set; }

    public List<ChannelName> Channels { get; init; } = [];

    public int TriedAgain { get; private set; }

    public Task<TestOutcome> SendTestAsync(Destination destination, TestChoice choice, Actor actor,
        CancellationToken cancellationToken)
    {
        Tested.Add(destination);
        Chosen.Add(choice);
        return Task.FromResult(Answer?.Invoke(destination) ?? new TestOutcome(new SendResult { Code = "ok" }, null, default, "T-1", ""));
    }

    public Task<TestVerdict?> SendTestAsync(ChannelKey channel, TestChoice choice, Actor actor, CancellationToken cancellationToken)
    {
        Chosen.Add(choice);
        return Task.FromResult<TestVerdict?>(new TestVerdict("Tested",
            new TestOutcome(new SendResult { Code = "ok" }, null, default, "T-1", ""), null));
    }

    public Task<EventRecord?> FindTestEventAsync(long rowId, Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult(Past.FirstOrDefault(record => record.RowId == rowId));

    public Task<ChannelExplanation?> ExplainTestEventAsync(
        ChannelKey channel, long rowId, Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult(Explanation);

    public Task AdoptTestAsync(ChannelKey channel, TestOutcome test, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ForgetTestAsync(ChannelKey channel) => Task.CompletedTask;

    public Task<ChannelStanding> FindStandingAsync(ChannelKey channel, Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult(new ChannelStanding(Health, Open, Health?.LastCode is null
            ? null : new CodeExplanation("The token is wrong.", "Enter another.")));

    public Task<IReadOnlyList<TestEvent>> ListTestEventsAsync(ChannelKey channel, Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TestEvent>>(TestEvents);

    public Task<IReadOnlyDictionary<int, ChannelHealth>> GetHealthAsync(
        ChannelKind kind, IReadOnlyCollection<int> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<int,
            ChannelHealth>>(Health is null ? new Dictionary<int, ChannelHealth>() : new Dictionary<int, ChannelHealth> { [1] = Health });

    public Task<IReadOnlyDictionary<int, IReadOnlyList<HourOfSending>>> GetHistoryAsync(
        ChannelKind kind, IReadOnlyCollection<int> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<int, IReadOnlyList<HourOfSending>>>(new Dictionary<int, IReadOnlyList<HourOfSending>>());

    public Task<ChannelTry> TryAgainAsync(ChannelKey channel, Actor actor, CancellationToken cancellationToken)
    {
        TriedAgain++;
        return Task.FromResult(new ChannelTry(channel, 1, null, null));
    }

    public Task<IReadOnlyList<ChannelTryOutcome>> AwaitTriesAsync(
        IReadOnlyList<ChannelTry> tries, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ChannelTryOutcome>>([.. tries.Select(_ => new ChannelTryOutcome(
            ChannelTryVerdict.Refused, default, "invalid_auth", new CodeExplanation("The token is wrong.", "Enter another.")))]);

    public Task<IReadOnlyList<ChannelName>> ListChannelsAsync(Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ChannelName>>(Channels);

    public Task<IReadOnlyList<string>> ListTagsAsync(Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult(ChannelTags.Ordered(Channels.SelectMany(channel => channel.Tags)));

    public Task<int> CountOpenAsync(ChannelKind kind, IReadOnlyCollection<int> ids, CancellationToken cancellationToken) =>
        Task.FromResult(Open * ids.Count);
}
