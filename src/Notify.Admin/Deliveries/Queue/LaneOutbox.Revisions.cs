using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Messages that were acknowledged, or whose problem was muted, and do not say so yet.</summary>
internal sealed partial class LaneOutbox
{
    /// <summary>The oldest of them, as it stands at the vendor: the last event that it was made to tell.</summary>
    /// <returns>Null where none is left.</returns>
    public async Task<Revision?> FindRevisionAsync(ChannelLane lane, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var first = await context.Acknowledgements.AsNoTracking()
                .Where(a => a.ChannelKind == lane.ChannelKind && a.ChannelId == lane.ChannelId && !a.IsShown)
                .OrderBy(a => a.At).ThenBy(a => a.MessageId)
                .Join(context.Messages.AsNoTracking(), a => a.MessageId, m => m.Id, (_, m) => m)
                .FirstOrDefaultAsync(cancellationToken)
            ?? await MutedUnshown(context, lane).OrderBy(m => m.Id).FirstOrDefaultAsync(cancellationToken);
        if (first is null)
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
        var newestTold = last is null ? null : new Candidate(last.Delivery, EventPayload.ToRecord(last.Event));
        var problem = newestTold is null ? null : EventProblem.KeyOf(newestTold.Event);
        return new Revision(
            first.Id,
            newestTold,
            first.VendorMessageId is null ? null
                : new EarlierMessage(first.ShortId, first.VendorMessageId, first.VendorChannelId, began?.Event.Time ?? first.CreatedAt),
            newest != first.Id,
            await context.Acknowledgements.Where(a => a.MessageId == first.Id).Select(a => new Acknowledged(a.By, a.At))
                .SingleOrDefaultAsync(cancellationToken),
            await context.ProblemMutes.AsNoTracking()
                .Where(m => m.ChannelKind == lane.ChannelKind && m.ChannelId == lane.ChannelId)
                .FirstOrDefaultAsync(m => m.MessageId == first.Id || m.Problem == problem, cancellationToken));
    }

    /// <summary>Nothing is left to be shown, unless somebody has acknowledged or muted something since.</summary>
    public async Task EndRevisionsAsync(ChannelLane lane, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await LaneStore.FenceAsync(context, lane, cancellationToken);
        var muted = MutedUnshown(context, lane);
        await LaneStore.Held(context, lane)
            .Where(l => !context.Acknowledgements.Any(a => a.ChannelKind == l.ChannelKind && a.ChannelId == l.ChannelId && !a.IsShown))
            .Where(_ => !muted.Any())
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.HasRevisions, false), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>A message that cannot say so, or need not.</summary>
    public async Task SettleRevisionAsync(ChannelLane lane, Revision revision, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await LaneStore.FenceAsync(context, lane, cancellationToken);
        await SettleRevisionAsync(context, revision, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    // What somebody has acknowledged, muted or unmuted since the message was composed is not in it.
    private static async Task SettleRevisionAsync(NotifyDbContext context, Revision revision, CancellationToken cancellationToken)
    {
        if (revision.Acknowledged is not null)
        {
            await context.Acknowledgements.Where(a => a.MessageId == revision.MessageId)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.IsShown, true), cancellationToken);
        }

        if (revision.Mute is { } mute)
        {
            await context.ProblemMutes.Where(m => m.Id == mute.Id && m.EndsAt == mute.EndsAt)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.IsShown, true), cancellationToken);
        }
    }

    // Retention takes messages, and leaves mutes.
    private static IQueryable<Message> MutedUnshown(NotifyDbContext context, ChannelLane lane) => context.ProblemMutes
        .Where(m => m.ChannelKind == lane.ChannelKind && m.ChannelId == lane.ChannelId && !m.IsShown)
        .Join(context.Messages.AsNoTracking(), mute => mute.MessageId, m => m.Id, (_, m) => m);
}
