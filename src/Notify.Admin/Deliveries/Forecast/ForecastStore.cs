using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Says when channels would send an event, by what their lanes stand at. Changes nothing.</summary>
internal sealed class ForecastStore(IDbContextFactory<NotifyDbContext> contexts, RepeatStore repeats, PauseStore pauses, TimeProvider time)
{
    public async Task<IReadOnlyDictionary<ChannelKey, SendingForecast>> ForecastAsync(
        IReadOnlyCollection<Destination> destinations, EventRecord record, CancellationToken cancellationToken)
    {
        var ids = destinations.Select(destination => ChannelLane.IdOf(destination.Key)).ToList();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var lanes = await context.ChannelLanes.AsNoTracking().Where(lane => ids.Contains(lane.Id))
            .ToDictionaryAsync(lane => lane.Id, cancellationToken);
        var firsts = await repeats.FindFirstsAsync(
            destinations.Where(destination => destination.Policy.Deduplication.Within() is not null)
                .ToDictionary(destination => ChannelLane.IdOf(destination.Key),
                    destination => destination.Policy.Deduplication.Within()!.Value),
            record, cancellationToken);
        var silences = await pauses.ReadAsync(cancellationToken);
        var now = time.GetUtcNow();
        return destinations.ToDictionary(destination => destination.Key, destination =>
        {
            var id = ChannelLane.IdOf(destination.Key);
            return SendingForecast.Of(destination, lanes.GetValueOrDefault(id), record.Severity,
                firsts.TryGetValue(id, out var first) ? first : null, MutePlan.Find(silences.MutesOf(destination.Key), record, now),
                silences.Find(destination.Key, destination.Tags, now), now);
        });
    }
}
