using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Reads past events for sending them again on paper, as few as a simulation may look at.</summary>
internal sealed class SimulationStore(IDbContextFactory<NotifyDbContext> contexts)
{
    /// <summary>Those received since <paramref name="from"/>, oldest first; of more than <paramref name="most"/> the newest.</summary>
    public async Task<IReadOnlyList<SimulatedEvent>> ReadAsync(DateTimeOffset from, int most, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await EventIndex.WithinAsync(context, from, null, cancellationToken) is not { } within)
        {
            return [];
        }

        List<SimulatedEvent> events = [];
        // One by one: the JSON of all of them at once would be tens of megabytes.
        await foreach (var stored in context.Events.AsNoTracking().Where(e => e.Id >= within.From && e.ReceivedAt >= from)
            .OrderByDescending(e => e.Id).Take(most).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            events.Add(new SimulatedEvent(EventPayload.ToRecord(stored), stored.ReceivedAt));
        }

        // Of those that came together, too, the first is the first.
        return [.. events.AsEnumerable().Reverse().OrderBy(e => e.At)];
    }
}
