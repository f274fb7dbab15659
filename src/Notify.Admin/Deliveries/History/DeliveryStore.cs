using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LivePages;

namespace Notify.Admin.Deliveries;

/// <summary>Reads deliveries for lists and their stories. No query grows with the table: pages are key ranges, and what no index answers
/// is looked for in bounded steps.</summary>
internal sealed class DeliveryStore(IDbContextFactory<NotifyDbContext> contexts, EventTextIndex texts, IdPages pages)
{
    private const int MostMessages = 50;
    private const int MostAttempts = 200;

    private static readonly Expression<Func<JoinedRow, DeliveryRow>> ToRow = r => new DeliveryRow(
        r.Delivery.Id, new ChannelKey(r.Delivery.ChannelKind, r.Delivery.ChannelId), r.Delivery.State, r.Delivery.HoldReason,
        r.Delivery.Code,
        r.Delivery.MatchReason, r.Delivery.DueAt, r.Delivery.CreatedAt, r.Delivery.ChangedAt, r.Delivery.Attempts,
        r.Delivery.MayBeDuplicate, r.Delivery.RepeatOf,
        new EventSummary(r.Event.Id, r.Event.EventId, r.Event.Source, r.Event.Type, r.Event.Time, r.Event.Severity, r.Event.Title,
        r.Event.Asset))
    {
        FollowUp = r.FollowUp,
        InhibitedBy = r.Delivery.Code == OutcomeCodes.Inhibited ? r.Event.InhibitedBy : null,
    };

    /// <summary>One page, newest first.</summary>
    /// <param name="budget">How long to look where no index answers the filter.</param>
    public async Task<HistoryList<DeliveryRow>> ListAsync(DeliveryFilter filter, PageCursor cursor, int size, TimeSpan budget,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var page = await PageAsync(context, filter, cursor, size, budget, cancellationToken);
        var rows = await RowsAsync(context, page.Ids, cancellationToken);
        var searchedBackTo = page.SearchedTo is { } id
            ? await context.Deliveries.Where(d => d.Id >= id).OrderBy(d => d.Id).Select(d => (DateTimeOffset?)d.CreatedAt)
                .FirstOrDefaultAsync(cancellationToken)
            : null;
        return new HistoryList<DeliveryRow>(rows, page, searchedBackTo);
    }

    /// <summary>The ids of <see cref="ListAsync"/>, from the newest on.</summary>
    public async Task<IdPage> ListIdsAsync(DeliveryFilter filter, int most, TimeSpan budget, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await PageAsync(context, filter, PageCursor.Newest, most, budget, cancellationToken);
    }

    /// <summary>How many match above an id, counted up to <paramref name="most"/>.</summary>
    public async Task<int> CountAboveAsync(DeliveryFilter filter, long id, int most, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await DeliveryScope.OfAsync(context, texts, filter, IdPages.Budget, cancellationToken) is { } scope
            ? (await scope.ReadAsync(context, scope.Range with { From = Math.Max(scope.Range.From, id + 1) }, false, most,
                cancellationToken)).Count
            : 0;
    }

    /// <summary>The rows with these ids as they are now, newest first.</summary>
    public async Task<IReadOnlyList<DeliveryRow>> RowsAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await RowsAsync(context, ids, cancellationToken);
    }

    /// <summary>The deliveries of one event, by channel.</summary>
    public async Task<IReadOnlyList<DeliveryRow>> OfEventAsync(long eventRowId, int most, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Joined(context).Where(r => r.Delivery.EventRowId == eventRowId).OrderBy(r => r.Delivery.ChannelKind)
            .ThenBy(r => r.Delivery.ChannelId)
            .Take(most).Select(ToRow).ToListAsync(cancellationToken);
    }

    /// <summary>Null when there is no such delivery, or no longer.</summary>
    public async Task<DeliveryStory?> FindAsync(long id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if ((await RowsAsync(context, [id], cancellationToken)).SingleOrDefault() is not { } row)
        {
            return null;
        }

        var json = await context.Events.Where(e => e.Id == row.Event.RowId).Select(e => e.Json).SingleAsync(cancellationToken);
        var attempts = (await AttemptsAsync(context, [id], MostAttempts, cancellationToken))
            .ToLookup(a => a.Attempt.MessageId, a => a.Attempt);
        var messages = await context.MessageDeliveries.Where(m => m.DeliveryId == id)
            .Join(context.Messages, m => m.MessageId, m => m.Id, (_, message) => message)
            .OrderByDescending(m => m.Id).Take(MostMessages)
            .Select(m => new { Message = m, Carried = context.MessageDeliveries.Count(carried => carried.MessageId == m.Id) })
            .AsNoTracking().ToListAsync(cancellationToken);
        var ids = messages.Select(m => m.Message.Id).ToArray();
        var follow = await context.ProblemMessages.Where(p => ids.Contains(p.MessageId) && p.FirstId != null)
            .Select(p => new
            {
                p.MessageId, p.FollowUp, Earlier = context.Messages.Where(m => m.Id == p.FirstId).Select(m => m.ShortId).FirstOrDefault(),
            })
            .ToDictionaryAsync(p => p.MessageId, cancellationToken);
        var repeats = await context.Deliveries.CountAsync(d => d.RepeatOf == id, cancellationToken);
        return new DeliveryStory(row, json, repeats,
        [
            .. messages.OrderBy(m => m.Message.Id).Select(m => new StoryMessage(
                m.Message.Id, m.Message.Purpose, m.Message.ShortId, m.Message.Preview, new PartOf(m.Message.Part, m.Message.Parts),
                m.Message.RequestedBy,
                m.Message.CreatedAt, m.Message.AcceptedAt, m.Message.VendorMessageId, m.Message.VendorChannelId, m.Carried,
                [.. attempts[m.Message.Id]])
            {
                FollowUp = follow.GetValueOrDefault(m.Message.Id)?.FollowUp ?? FollowUp.NewMessage,
                Earlier = follow.GetValueOrDefault(m.Message.Id)?.Earlier,
            }),
        ]);
    }

    /// <summary>The attempts of every message that carried one of these deliveries, oldest first, by delivery.</summary>
    public async Task<ILookup<long, StoryAttempt>> AttemptsAsync(IReadOnlyCollection<long> deliveryIds, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return (await AttemptsAsync(context, deliveryIds, MostAttempts * Math.Max(1, deliveryIds.Count), cancellationToken))
            .ToLookup(a => a.DeliveryId, a => a.Attempt);
    }

    private async Task<IdPage> PageAsync(
        NotifyDbContext context, DeliveryFilter filter, PageCursor cursor, int size, TimeSpan budget, CancellationToken cancellationToken)
    {
        if (await DeliveryScope.OfAsync(context, texts, filter, budget / 2, cancellationToken) is not { } scope)
        {
            return IdPage.Empty;
        }

        Task<IReadOnlyList<long>> Read(IdRange range, bool newestFirst, int most) =>
            scope.ReadAsync(context, range, newestFirst, most, cancellationToken);
        return scope.IsScan
            ? await pages.ScanAsync(await scope.ExistingAsync(context, cancellationToken), cursor, size, budget, Read)
            : await IdPages.SeekAsync(scope.Range, cursor, size, Read);
    }

    private static async Task<IReadOnlyList<(long DeliveryId, StoryAttempt Attempt)>> AttemptsAsync(
        NotifyDbContext context, IReadOnlyCollection<long> deliveryIds, int most, CancellationToken cancellationToken)
    {
        var rows = await context.MessageDeliveries.Where(m => deliveryIds.Contains(m.DeliveryId))
            .Join(context.Attempts, m => m.MessageId, a => a.MessageId, (m, attempt) => new { m.DeliveryId, Attempt = attempt })
            .OrderByDescending(r => r.Attempt.Id).Take(most)
            .AsNoTracking().ToListAsync(cancellationToken);
        return
        [
            .. rows.OrderBy(r => r.Attempt.Id).Select(r => (r.DeliveryId, StoryAttempt.Of(r.Attempt))),
        ];
    }

    private static async Task<IReadOnlyList<DeliveryRow>> RowsAsync(NotifyDbContext context, IReadOnlyCollection<long> ids,
        CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var rows = await Joined(context).Where(r => ids.Contains(r.Delivery.Id)).Select(ToRow).ToListAsync(cancellationToken);
        return [.. rows.OrderByDescending(r => r.Id)];
    }

    private static IQueryable<JoinedRow> Joined(NotifyDbContext context) => context.Deliveries.AsNoTracking()
        .Join(context.Events, d => d.EventRowId, e => e.Id, (d, e) => new JoinedRow
        {
            Delivery = d,
            Event = e,
            FollowUp = context.ProblemMessages.Where(p => p.MessageId == d.MessageId && p.FirstId != null).Select(p => p.FollowUp)
                .FirstOrDefault(),
        });

    private sealed class JoinedRow
    {
        public required Delivery Delivery { get; init; }

        public required IncomingEvent Event { get; init; }

        public FollowUp FollowUp { get; init; }
    }
}
