using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Messages that were acknowledged and do not say so yet.</summary>
internal sealed partial class LaneOutbox
{
    /// <summary>The oldest of them, as it stands at the vendor: the last event that it was made to tell.</summary>
    /// <returns>Null where none is left.</returns>
    public async Task<Revision?> FindRevisionAsync(ChannelLane lane, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.Acknowledgements.AsNoTracking()
            .Where(a => a.ChannelKind == lane.ChannelKind && a.ChannelId == lane.ChannelId && !a.IsShown)
            .OrderBy(a => a.At).ThenBy(a => a.MessageId)
            .Join(context.Messages.AsNoTracking(), a => a.MessageId, m => m.Id, (a, m) => new { Acknowledgement = a, Message = m })
            .FirstOrDefaultAsync(cancellationToken);
        if (found is not { Acknowledgement: { } acknowledgement, Message: { } first })
        {
            return null;
        }

        var newest = await context.ProblemMessages.Where(p => p.FirstId == first.Id && p.FollowUp == FollowUp.Update)
            .Join(context.Messages.Where(m => m.AcceptedAt != null), p => p.MessageId, m => m.Id, (p, _) => (long?)p.MessageId)
            .MaxAsync(cancellationToken) ?? first.Id;
        var told = await context.MessageDeliveries.Where(m => m.MessageId == first.Id || m.MessageId == newest)
            .Join(context.Deliveries.AsNoTracking(), m => m.DeliveryId, d => d.Id, (m, d) => new { m.MessageId, Delivery = d })
            .Join(context.Events.AsNoTracking(), d => d.Delivery.EventRowId, e => e.Id,
                (d, e) => new { d.MessageId, d.Delivery, Event = e })
            .ToListAsync(cancellationToken);
        var (began, last) = (told.FirstOrDefault(t => t.MessageId == first.Id), told.FirstOrDefault(t => t.MessageId == newest));
        return new Revision(
            first.Id,
            last is null ? null : new Candidate(last.Delivery, EventPayload.ToRecord(last.Event)),
            first.VendorMessageId is null ? null
                : new EarlierMessage(first.ShortId, first.VendorMessageId, first.VendorChannelId, began?.Event.Time ?? first.CreatedAt),
            newest != first.Id,
            new Acknowledged(acknowledgement.By, acknowledgement.At));
    }

    /// <summary>Nothing is left to be shown, unless somebody has acknowledged something since.</summary>
    public async Task EndRevisionsAsync(ChannelLane lane, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await LaneStore.FenceAsync(context, lane, cancellationToken);
        await LaneStore.Held(context, lane)
            .Where(l => !context.Acknowledgements.Any(a => a.ChannelKind == l.ChannelKind && a.ChannelId == l.ChannelId && !a.IsShown))
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.HasRevisions, false), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>A message that cannot say so, or need not.</summary>
    public async Task SettleRevisionAsync(ChannelLane lane, long messageId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await LaneStore.FenceAsync(context, lane, cancellationToken);
        await SettleRevisionAsync(context, messageId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static Task<int> SettleRevisionAsync(NotifyDbContext context, long messageId, CancellationToken cancellationToken) =>
        context.Acknowledgements.Where(a => a.MessageId == messageId)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.IsShown, true), cancellationToken);
}

/// <summary>A message that is to say that it was acknowledged.</summary>
/// <param name="Told">What it tells of now; null where retention has taken that.</param>
/// <param name="Message">As the vendor knows it; null where the vendor does not say.</param>
/// <param name="IsFollowUp">It was changed since it was first sent.</param>
internal sealed record Revision(long MessageId, Candidate? Told, EarlierMessage? Message, bool IsFollowUp, Acknowledged Acknowledged);
