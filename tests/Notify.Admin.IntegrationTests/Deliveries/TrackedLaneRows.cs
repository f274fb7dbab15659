using Notify.Admin.Data;
using Notify.Admin.Deliveries;

namespace Notify.Admin.IntegrationTests.Deliveries;

/// <summary>Through the change tracker: what the providers' own writers are held to.</summary>
internal sealed class TrackedLaneRows : ILaneRows
{
    public async Task BeginAsync(NotifyDbContext context, IReadOnlyList<Begun> begun, CancellationToken cancellationToken)
    {
        context.Messages.AddRange(begun.Where(b => b.Outgoing.MessageId is null).Select(b => b.Message));
        await context.SaveChangesAsync(cancellationToken);
        foreach (var one in begun)
        {
            one.Name(one.Message.Id, 0);
            context.Attempts.Add(one.Attempt);
            if (one.Outgoing.MessageId is null)
            {
                context.MessageDeliveries.AddRange(one.Outgoing.Deliveries.Select(d =>
                    new MessageDelivery { MessageId = one.Message.Id, DeliveryId = d.Id }));
            }
        }

        Touch(context, begun.SelectMany(b => b.Outgoing.Deliveries));
        await context.SaveChangesAsync(cancellationToken);
    }

    public async Task EndAsync(NotifyDbContext context, ChannelLane lane, IReadOnlyList<Begun> ended, IReadOnlyList<Delivery> deliveries,
        CancellationToken cancellationToken)
    {
        context.Messages.UpdateRange(ended.Select(e => e.Message));
        context.Attempts.UpdateRange(ended.Select(e => e.Attempt));
        Touch(context, deliveries);
        await context.SaveChangesAsync(cancellationToken);
        await LaneStore.EndAsync(context, lane, deliveries, cancellationToken);
    }

    // What sending changes; the rest is not the worker's.
    private static void Touch(NotifyDbContext context, IEnumerable<Delivery> deliveries)
    {
        foreach (var delivery in deliveries)
        {
            var entry = context.Deliveries.Attach(delivery);
            entry.Property(d => d.State).IsModified = true;
            entry.Property(d => d.HoldReason).IsModified = true;
            entry.Property(d => d.Code).IsModified = true;
            entry.Property(d => d.DueAt).IsModified = true;
            entry.Property(d => d.ChangedAt).IsModified = true;
            entry.Property(d => d.Attempts).IsModified = true;
            entry.Property(d => d.FirstAttemptAt).IsModified = true;
            entry.Property(d => d.HeldSince).IsModified = true;
            entry.Property(d => d.MessageId).IsModified = true;
            entry.Property(d => d.MostTogether).IsModified = true;
            entry.Property(d => d.MayBeDuplicate).IsModified = true;
        }
    }
}
