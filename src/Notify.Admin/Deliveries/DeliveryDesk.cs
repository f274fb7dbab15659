using System.Threading.Channels;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Deliveries;

/// <inheritdoc cref="IDeliveryDesk"/>
internal sealed class DeliveryDesk(
    DeskStore store,
    TestEventStore events,
    IEnumerable<IChannel> channels,
    ChannelDirectory directory,
    CurrentRules rules,
    AuditTrail audit,
    DeliverySignal signal,
    DeliveryMeter meter,
    ChangeFeed feed,
    TimeProvider time) : IDeliveryDesk
{
    private static readonly TimeSpan TryPatience = TimeSpan.FromSeconds(10);

    public async Task<TestOutcome> SendTestAsync(Destination destination, TestChoice choice, Actor actor,
        CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        var channel = channels.Single(c => c.Kind == destination.Key.Kind);
        var now = time.GetUtcNow();
        var shortId = ShortIds.New(MessagePurpose.Test);
        var told = await events.FindAsync(channel, destination, choice, now, cancellationToken);
        var composed = channel.Compose(destination,
            new ChannelMessage(MessagePurpose.Test, shortId, now, [new MessageItem(0, shortId, told)]) { RequestedBy = actor.Name })[0];
        var message = new Message
        {
            ChannelKind = destination.Key.Kind,
            ChannelId = destination.Key.Id,
            Purpose = MessagePurpose.Test,
            ShortId = shortId,
            Preview = composed.Preview,
            RequestedBy = actor.Name,
            CreatedAt = now,
        };

        var (attemptId, freeAt) = await store.BeginTestAsync(destination, message, cancellationToken);
        if (freeAt is { } free)
        {
            return new TestOutcome(null, free - now, now, shortId, composed.Preview) { Event = told };
        }

        // Once begun it is finished and recorded, also when the browser leaves.
        var result = await channel.SendAsync(destination, composed, CancellationToken.None);
        var entry = audit.Entry(
            actor,
            "channel.test",
            new AuditSubject(AuditedChannel.KindOf(destination.Key.Kind),
                destination.Key.Id == 0 ? null : AuditedChannel.IdOf(destination.Key), destination.Name),
            [new FieldChange("verdict", null, result.Code)],
            result.Accepted ? AuditResult.Done : AuditResult.Failed);
        // Saved with other settings while the test was on its way: the verdict is about what was tested, not about what is saved now.
        var isCurrent = destination.Key.Id != 0
            && await channel.FindAsync(destination.Key.Id, CancellationToken.None) is { } saved && saved.Revision == destination.Revision;
        await store.FinishTestAsync(destination, message.Id, attemptId, result, entry, isCurrent);
        meter.Attempted(destination.Key.Kind, result);
        return new TestOutcome(result, null, now, shortId, composed.Preview) { MessageId = message.Id, Event = told };
    }

    public async Task<TestVerdict?> SendTestAsync(ChannelKey channel, TestChoice choice, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        if (await channels.Single(c => c.Kind == channel.Kind).FindAsync(channel.Id, cancellationToken) is not { } destination)
        {
            return null;
        }

        var outcome = await SendTestAsync(destination, choice, actor, cancellationToken);
        return new TestVerdict(destination.Name, outcome, outcome.Result is { Accepted: false } refused
            ? directory.ExplainCode(channel.Kind, refused.Code, refused.Detail) : null);
    }

    public Task<IReadOnlyList<TestEvent>> ListTestEventsAsync(ChannelKey channel, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return events.ListAsync(channel, cancellationToken);
    }

    public Task<EventRecord?> FindTestEventAsync(long rowId, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return events.FindAsync(rowId, cancellationToken);
    }

    public async Task<ChannelExplanation?> ExplainTestEventAsync(ChannelKey channel, long rowId, Actor actor,
        CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        if (await events.FindAsync(rowId, cancellationToken) is not { } record)
        {
            return null;
        }

        var current = await rules.ReadAsync(cancellationToken);
        return current.GetValueOrDefault(channel.Kind)?.Explain(await rules.KnowAsync(current, record, cancellationToken), channel.Id);
    }

    public Task AdoptTestAsync(ChannelKey channel, TestOutcome test, CancellationToken cancellationToken) =>
        test.Result is { } result ? store.AdoptTestAsync(channel, test.MessageId, result, test.At, cancellationToken) : Task.CompletedTask;

    public Task ForgetTestAsync(ChannelKey channel) => store.ForgetTestAsync(channel);

    public async Task<ChannelStanding> FindStandingAsync(ChannelKey channel, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var health = (await store.HealthAsync(channel.Kind, [channel.Id], cancellationToken)).GetValueOrDefault(channel.Id);
        return new ChannelStanding(
            health,
            await store.CountOpenAsync(channel.Kind, [channel.Id], cancellationToken),
            health?.LastCode is { } code ? directory.ExplainCode(channel.Kind, code, health.LastDetail) : null);
    }

    public Task<IReadOnlyDictionary<int, ChannelHealth>> GetHealthAsync(
        ChannelKind kind, IReadOnlyCollection<int> ids, CancellationToken cancellationToken) =>
        store.HealthAsync(kind, ids, cancellationToken);

    public Task<IReadOnlyDictionary<int, IReadOnlyList<HourOfSending>>> GetHistoryAsync(
        ChannelKind kind, IReadOnlyCollection<int> ids, CancellationToken cancellationToken) =>
        store.HistoryAsync(kind, ids, cancellationToken);

    public async Task<ChannelTry> TryAgainAsync(ChannelKey channel, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        var subject = new AuditSubject(AuditedChannel.KindOf(channel.Kind), AuditedChannel.IdOf(channel), null);
        var tried = await store.TryAgainAsync(channel, audit.Entry(actor, "channel.try-again", subject), cancellationToken);
        signal.Raise();
        return tried;
    }

    public async Task<IReadOnlyList<ChannelTryOutcome>> AwaitTriesAsync(
        IReadOnlyList<ChannelTry> tries, CancellationToken cancellationToken)
    {
        var outcomes = tries.ToDictionary(
            tried => tried.Channel,
            tried => new ChannelTryOutcome(
                tried.Waiting == 0 ? ChannelTryVerdict.NothingWaiting : ChannelTryVerdict.Pending, time.GetUtcNow()));
        var news = System.Threading.Channels.Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var subscription = feed.Subscribe(ChangeAreas.Deliveries, () => news.Writer.WriteAsync(true, cancellationToken).AsTask());
        var patience = Task.Delay(TryPatience, time, cancellationToken);
        while (tries.Where(tried => outcomes[tried.Channel].Verdict == ChannelTryVerdict.Pending).ToList() is { Count: > 0 } pending)
        {
            foreach (var (channel, verdict) in await store.FindVerdictsAsync(pending, cancellationToken))
            {
                outcomes[channel] = new ChannelTryOutcome(
                    verdict.Code is null ? ChannelTryVerdict.Accepted : ChannelTryVerdict.Refused, verdict.At, verdict.Code,
                    verdict.Code is { } code ? directory.ExplainCode(channel.Kind, code, verdict.Detail) : null);
            }

            if (pending.TrueForAll(tried => outcomes[tried.Channel].Verdict != ChannelTryVerdict.Pending))
            {
                break;
            }

            if (await Task.WhenAny(news.Reader.ReadAsync(cancellationToken).AsTask(), patience) == patience)
            {
                await patience;
                break;
            }
        }

        return [.. tries.Select(tried => outcomes[tried.Channel])];
    }

    public async Task<IReadOnlyList<ChannelName>> ListChannelsAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return (await directory.ListAsync(cancellationToken)).All;
    }

    public async Task<IReadOnlyList<string>> ListTagsAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return (await directory.ListAsync(cancellationToken)).Tags;
    }

    public Task<int> CountOpenAsync(ChannelKind kind, IReadOnlyCollection<int> ids, CancellationToken cancellationToken) =>
        store.CountOpenAsync(kind, ids, cancellationToken);
}
