using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Deliveries;

/// <summary>Puts together how sending to one channel has gone.</summary>
internal sealed class ChannelActivityService(
    ChannelActivityStore store, DeliveryStore deliveries, ChannelDirectory channels, TimeProvider time)
{
    private const int MostDeliveries = 10;
    private const int MostVerdicts = 5;
    private const int MostOutages = 10;

    public async Task<ChannelActivity> GetAsync(
        ChannelKey channel, ChartRange range, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var now = time.GetUtcNow();
        var since = await store.SinceAsync(range.From(now), cancellationToken);
        var steps = await StepsAsync(channel, range, now, since, cancellationToken);
        var day = range == ChartRange.Day ? steps : await StepsAsync(
            channel, ChartRange.Day, now, await store.SinceAsync(ChartRange.Day.From(now), cancellationToken), cancellationToken);
        var (attempts, isAll) = await store.AttemptsAsync(channel, cancellationToken);
        var outages = Outage.Of(
            attempts, code => channels.FailureOf(channel.Kind, code), await store.FailingSinceAsync(channel, cancellationToken));
        var newest = await deliveries.ListAsync(
            new DeliveryFilter { Channel = channel }, PageCursor.Newest, MostDeliveries, IdPages.Budget, cancellationToken);
        return new ChannelActivity(
            range,
            steps,
            [.. day.Select(step => new HourOfSending(step.From, step.Outcomes.Sent, step.Outcomes.Failed, step.Outcomes.Open))],
            Latency.Of(since is null ? [] : await store.TimesAsync(channel, since, cancellationToken)),
            newest.Rows,
            await store.VerdictsAsync(channel, MostVerdicts, cancellationToken),
            [.. outages.Take(MostOutages)],
            isAll || attempts.Count == 0 ? null : attempts[0].StartedAt);
    }

    private async Task<IReadOnlyList<OutcomeStep>> StepsAsync(
        ChannelKey channel, ChartRange range, DateTimeOffset now, MadeSince? since, CancellationToken cancellationToken)
    {
        var from = range.From(now);
        var counts = (since is null ? [] : await store.CountAsync(channel, since, range.Step, cancellationToken))
            .ToLookup(count => count.Step);
        return
        [
            .. Enumerable.Range(0, range.Steps).Select(step => new OutcomeStep(
                from + (step * range.Step), from + ((step + 1) * range.Step),
                counts[step].Aggregate(default(Outcomes), (sum, part) => sum + Outcomes.Of(part.State, part.Count)))),
        ];
    }
}
