using System.Linq.Expressions;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Deliveries;

/// <summary>Counts repeats instead of sending them, for channels that want that. Decided under the lane's lease, so two workers never take
/// two events for the first.</summary>
internal sealed class RepeatStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed, TimeProvider time)
{
    private const int BatchSize = 500;

    // A first that never arrived counts nothing: the next event like it is sent.
    private static readonly DeliveryState[] NotArrived = [DeliveryState.Failed, DeliveryState.GivenUp, DeliveryState.Skipped];

    /// <summary>Ends what waits and repeats an earlier delivery as skipped. Repeats that somebody asked for are none.</summary>
    /// <param name="within">For how long after the first, by when the deliveries were made.</param>
    /// <param name="counted">Was looked at before, and has what is looked at now added.</param>
    public async Task CountAsync(ChannelLane lane, TimeSpan within, CountedDeliveries counted, CancellationToken cancellationToken)
    {
        var changed = false;
        if (counted.Late is { Length: > 0 } late)
        {
            changed = await CountBatchAsync(lane, within, d => EF.Parameter(late).Contains(d.Id), counted, cancellationToken) == true;
        }

        while (counted.Highest is var highest
            && await CountBatchAsync(lane, within, d => d.Id > highest, counted, cancellationToken) is { } batch)
        {
            changed |= batch;
        }

        if (changed)
        {
            var expired = time.GetUtcNow() - within;
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await context.RepeatCounters.Where(c => c.LaneId == lane.Id && c.Since <= expired).ExecuteDeleteAsync(cancellationToken);
            feed.Announce(ChangeAreas.Deliveries);
        }
    }

    /// <summary>The deliveries that would count an event as a repeat now.</summary>
    /// <param name="lanes">With for how long each counts.</param>
    /// <returns>By lane; without those that would send it.</returns>
    public async Task<IReadOnlyDictionary<long, long>> FindFirstsAsync(
        IReadOnlyDictionary<long, TimeSpan> lanes, EventRecord record, CancellationToken cancellationToken)
    {
        if (lanes.Count == 0 || KeyOf(record) is not { } key)
        {
            return new Dictionary<long, long>();
        }

        var ids = lanes.Keys.ToArray();
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var counters = await context.RepeatCounters.AsNoTracking().Where(c => ids.Contains(c.LaneId) && c.Key == key)
            .Where(c => context.Deliveries.Any(d => d.Id == c.FirstDeliveryId && !NotArrived.Contains(d.State)))
            .ToListAsync(cancellationToken);
        return counters.Where(c => IsWithin(now, c.Since, lanes[c.LaneId]))
            .ToDictionary(c => c.LaneId, c => c.FirstDeliveryId);
    }

    /// <summary>What makes two events the same; null for one that is no repeat of any.</summary>
    public static string? KeyOf(EventRecord record) => string.IsNullOrWhiteSpace(record.Fields.Title) ? null
        // Texts are cut as the event's row would have them.
        : KeyOf(ForeignText.Fit(record.Fields.Title, IncomingEvent.TextLength)!,
            ForeignText.Fit(record.Fields.Asset ?? record.Fields.Target, IncomingEvent.TextLength), record.Type, record.Fields.State);

    /// <summary>Whether what came at a moment repeats a first of the same, as far as time goes.</summary>
    public static bool IsWithin(DateTimeOffset at, DateTimeOffset first, TimeSpan within) => (at - first).Duration() < within;

    // Returns whether something was changed; null where nothing was found.
    private async Task<bool?> CountBatchAsync(ChannelLane lane, TimeSpan within, Expression<Func<Delivery, bool>> which,
        CountedDeliveries counted, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        List<Fresh> found = [];
        foreach (var part in context.EachByChannel())
        {
            found.AddRange(await part.OpenIn(lane)
                .Where(CountedDeliveries.MayRepeat).Where(which)
                .OrderBy(d => d.Id).Take(BatchSize)
                .Join(context.Events, d => d.EventRowId, e => e.Id, (d, e) => new Fresh(d, e.Title, e.Asset, e.Type, e.State))
                .ToListAsync(cancellationToken));
        }

        // No further than the first of both parts reach: the next batch goes on behind the highest.
        var fresh = found.DistinctBy(f => f.Delivery.Id).OrderBy(f => f.Delivery.Id).Take(BatchSize).ToList();
        if (fresh.Count == 0)
        {
            return null;
        }

        var keyed = fresh.Where(f => !string.IsNullOrWhiteSpace(f.Title)).OrderBy(f => f.Delivery.Id)
            .Select(f => (f.Delivery, Key: KeyOf(f.Title!, f.Asset, f.Type, f.State))).ToList();
        var keys = keyed.Select(k => k.Key).Distinct().ToArray();
        var counters = await context.RepeatCounters.Where(c => c.LaneId == lane.Id && keys.Contains(c.Key))
            .ToDictionaryAsync(c => c.Key, cancellationToken);
        var firsts = counters.Values.Select(c => c.FirstDeliveryId).ToArray();
        var alive = (await context.Deliveries.Where(d => firsts.Contains(d.Id) && !NotArrived.Contains(d.State)).Select(d => d.Id)
            .ToListAsync(cancellationToken)).ToHashSet();
        var now = time.GetUtcNow();
        foreach (var (delivery, key) in keyed)
        {
            if (counters.TryGetValue(key, out var counter) && alive.Contains(counter.FirstDeliveryId)
                && IsWithin(delivery.CreatedAt, counter.Since, within))
            {
                if (delivery.Id != counter.FirstDeliveryId)
                {
                    delivery.State = DeliveryState.Skipped;
                    delivery.Code = OutcomeCodes.Repeat;
                    delivery.RepeatOf = counter.FirstDeliveryId;
                    delivery.ChangedAt = now;
                }

                continue;
            }

            if (counter is null)
            {
                counter = new RepeatCounter { LaneId = lane.Id, Key = key };
                context.RepeatCounters.Add(counter);
                counters[key] = counter;
            }

            (counter.FirstDeliveryId, counter.Since) = (delivery.Id, delivery.CreatedAt);
            alive.Add(delivery.Id);
        }

        var hasChanges = context.ChangeTracker.HasChanges();
        if (hasChanges)
        {
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            await LaneStore.FenceAsync(context, lane, cancellationToken);
            await context.SaveChangesAsync(cancellationToken);
            await DeliveryTotalsStore.CountAsync(context, lane.Channel,
                [(DeliveryState.Skipped, keyed.Count(k => k.Delivery.State == DeliveryState.Skipped))], cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        counted.Add(fresh.Select(f => f.Delivery.Id));
        return hasChanges;
    }

    private sealed record Fresh(Delivery Delivery, string? Title, string? Asset, string Type, EventState State);

    // The end of a problem has the title of its beginning, and is news.
    private static string KeyOf(string title, string? asset, string type, EventState state) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{title}\0{asset}\0{type}{(state == EventState.Resolved ? "\0resolved" : "")}")));
}
