using Notify.Admin.Data;
using Notify.Admin.Events;

namespace Notify.Admin.IntegrationTests.Events;

/// <summary>Plain EF: what the providers' own writers are held to.</summary>
internal sealed class TrackedEventRows : IEventRows
{
    public async Task InsertAsync(NotifyDbContext context, IReadOnlyList<NewEvent> events, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        context.Events.AddRange(events.Select(e => e.Row));
        await context.SaveChangesAsync(cancellationToken);
        context.Deliveries.AddRange(events.SelectMany(e => e.Deliveries(e.Row.Id, now)));
        await context.SaveChangesAsync(cancellationToken);
    }
}
