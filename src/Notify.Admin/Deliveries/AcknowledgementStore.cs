using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>What was acknowledged by whom: every message that tells of the same, whatever channel it went to.</summary>
internal sealed class AcknowledgementStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed, TimeProvider time)
{
    // Of one message: a flood of changes must not make one press endless.
    private const int MostEvents = 500;

    /// <summary>What the message tells of, as it was sent.</summary>
    /// <returns>Null where the channel has sent no such message.</returns>
    public async Task<ToldMessage?> FindAsync(PressedMessage pressed, CancellationToken cancellationToken)
    {
        if (ShortIds.ToDelivery(pressed.ShortId) is not { } deliveryId)
        {
            return null;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await context.MessageDeliveries.Where(m => m.DeliveryId == deliveryId)
            .Join(context.Messages.Where(m => m.ChannelKind == pressed.Channel.Kind && m.ChannelId == pressed.Channel.Id
                && m.Purpose == MessagePurpose.Event && m.VendorMessageId == pressed.VendorMessageId
                && m.VendorChannelId == pressed.VendorChannelId), m => m.MessageId, m => m.Id,
                (m, message) => new { m.DeliveryId, message })
            .Join(context.Deliveries, m => m.DeliveryId, d => d.Id, (m, d) => new { m.message, d.EventRowId })
            .Join(context.Events, m => m.EventRowId, e => e.Id, (m, e) => new { m.message.Id, Event = e })
            .OrderByDescending(m => m.Id).FirstOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        var first = await context.ProblemMessages.Where(p => p.MessageId == found.Id).Select(p => p.FirstId)
            .SingleOrDefaultAsync(cancellationToken) ?? found.Id;
        return new ToldMessage(first, EventPayload.ToRecord(found.Event));
    }

    /// <summary>Acknowledges a message, with all that tell of the same events.</summary>
    /// <returns>Who had done so before; null where nobody had.</returns>
    public async Task<Acknowledged?> AddAsync(
        ToldMessage told, string by, string? userId, Func<AuditEntry> entry, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        Acknowledged? before = null;
        await feed.ChangeInTurnAsync(context, ChangeAreas.Acknowledgements, async () =>
        {
            before = await context.Acknowledgements.Where(a => a.MessageId == told.FirstId).Select(a => new Acknowledged(a.By, a.At))
                .SingleOrDefaultAsync(cancellationToken);
            if (before is not null)
            {
                return false;
            }

            var messages = await FindAllAsync(context, told.FirstId, cancellationToken);
            context.Acknowledgements.AddRange(messages.Select(message => new Acknowledgement
            {
                MessageId = message.Id,
                ChannelKind = message.ChannelKind,
                ChannelId = message.ChannelId,
                By = by,
                UserId = userId,
                At = now,
            }));
            context.AuditEntries.Add(entry());
            await context.SaveChangesAsync(cancellationToken);
            await DeliveryQueue.ReviseAsync(
                context, [.. messages.Select(m => new ChannelKey(m.ChannelKind, m.ChannelId)).Distinct()], now, cancellationToken);
            return true;
        }, cancellationToken);
        if (before is null)
        {
            // An open event shows it.
            feed.Announce(ChangeAreas.Deliveries);
        }

        return before;
    }

    /// <summary>Those of these events that somebody has acknowledged.</summary>
    public async Task<IReadOnlyDictionary<long, Acknowledged>> OfEventsAsync(
        IReadOnlyCollection<long> eventRowIds, CancellationToken cancellationToken)
    {
        if (eventRowIds.Count == 0)
        {
            return new Dictionary<long, Acknowledged>();
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var told = context.Deliveries.Where(d => eventRowIds.Contains(d.EventRowId))
            .Join(context.MessageDeliveries, d => d.Id, m => m.DeliveryId, (d, m) => new { d.EventRowId, m.MessageId });
        var alone = await told
            .Join(context.Acknowledgements, t => t.MessageId, a => a.MessageId, (t, a) => new { t.EventRowId, a.By, a.At })
            .ToListAsync(cancellationToken);
        var following = await told
            .Join(context.ProblemMessages.Where(p => p.FirstId != null), t => t.MessageId, p => p.MessageId,
                (t, p) => new { t.EventRowId, FirstId = p.FirstId!.Value })
            .Join(context.Acknowledgements, t => t.FirstId, a => a.MessageId, (t, a) => new { t.EventRowId, a.By, a.At })
            .ToListAsync(cancellationToken);
        return alone.Concat(following).GroupBy(a => a.EventRowId)
            .ToDictionary(same => same.Key, same => same.MinBy(a => a.At) is { } first ? new Acknowledged(first.By, first.At) : null!);
    }

    // The message itself, and the first messages of whatever channel was told of the same events by a message of their own.
    private static async Task<IReadOnlyList<Message>> FindAllAsync(
        NotifyDbContext context, long firstId, CancellationToken cancellationToken)
    {
        var thread = context.ProblemMessages.Where(p => p.FirstId == firstId).Select(p => p.MessageId);
        var events = await context.MessageDeliveries.Where(m => m.MessageId == firstId || thread.Contains(m.MessageId))
            .Join(context.Deliveries, m => m.DeliveryId, d => d.Id, (_, d) => d.EventRowId)
            .Distinct().OrderByDescending(id => id).Take(MostEvents).ToListAsync(cancellationToken);
        var messages = context.Deliveries.Where(d => events.Contains(d.EventRowId))
            .Join(context.MessageDeliveries, d => d.Id, m => m.DeliveryId, (_, m) => m.MessageId)
            .Join(context.Messages.Where(m => m.Purpose == MessagePurpose.Event && m.AcceptedAt != null), id => id, m => m.Id,
                (_, m) => m.Id);
        var firsts = await messages.Where(id => !context.ProblemMessages.Any(p => p.MessageId == id && p.FirstId != null))
            .Concat(context.ProblemMessages.Where(p => messages.Contains(p.MessageId) && p.FirstId != null).Select(p => p.FirstId!.Value))
            .Distinct().ToListAsync(cancellationToken);
        return await context.Messages.AsNoTracking()
            .Where(m => (m.Id == firstId || firsts.Contains(m.Id)) && !context.Acknowledgements.Any(a => a.MessageId == m.Id))
            .ToListAsync(cancellationToken);
    }
}

/// <summary>A message on record.</summary>
/// <param name="FirstId">The first of those that follow each other.</param>
/// <param name="Event">That it was made to tell.</param>
internal sealed record ToldMessage(long FirstId, EventRecord Event);
