using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>What every look at a lane reads. Entity Framework walks an expression with each call to find its translation again, which costs
/// more than these rows do: these are translated once, and planned once. An instance is for the contexts of one provider.</summary>
internal sealed class LaneReadStore
{
    private static readonly Expression<Func<NotifyDbContext, ChannelKind, int, DateTimeOffset, DateTimeOffset, Severity, bool, bool, long,
        int, string, IQueryable<SeenRow>>> Open =
        (context, kind, id, now, ahead, least, andNotStated, onlyBegun, newest, most, fingerprint) =>
            // What waits is in the order of an index: however much that is, the first of it are read. Each state by itself: with several,
            // PostgreSQL without statistics looks through all states of the channel.
            context.Deliveries.TagWith(KeptPlans.Tag).AsNoTracking()
                .Where(d => d.ChannelKind == kind && d.ChannelId == id && d.State == DeliveryState.Waiting && !onlyBegun)
                .Where(d => d.Id <= newest || d.Attempts > 0 || d.RequestedBy != null)
                .Where(d => d.Severity >= least || (andNotStated && d.Severity == Severity.NotStated))
                .OrderByDescending(d => d.Severity).ThenBy(d => d.Id).Take(most)
                .Concat(context.Deliveries
                    .Where(d => DeliveryParts.AreNamed(d) && d.ChannelKind == kind && d.ChannelId == id)
                    .Where(d => d.State == DeliveryState.Held && !onlyBegun)
                    .Where(d => d.Severity >= least || (andNotStated && d.Severity == Severity.NotStated))
                    .OrderByDescending(d => d.Severity).ThenBy(d => d.Id).Take(most))
                .Concat(context.Deliveries
                    .Where(d => DeliveryParts.AreNamed(d) && d.ChannelKind == kind && d.ChannelId == id)
                    .Where(d => d.State == DeliveryState.Retrying)
                    .Where(d => d.DueAt <= now || d.ChangedAt > ahead)
                    .Where(d => d.Severity >= least || (andNotStated && d.Severity == Severity.NotStated))
                    .OrderByDescending(d => d.Severity).ThenBy(d => d.Id).Take(most))
                .OrderByDescending(d => d.Severity).ThenBy(d => d.Id).Take(most)
                // Of an event what a record is made of: it has many more columns.
                .Join(context.Events, d => d.EventRowId, e => e.Id, (d, e) => new SeenRow(
                    d,
                    new IncomingEvent
                    {
                        Id = e.Id, Key = "", EventId = e.EventId, Source = e.Source, Type = e.Type, Time = e.Time, Severity = e.Severity,
                        SourceId = e.SourceId, Inhibition = e.Inhibition, InhibitedBy = e.InhibitedBy, HeldBack = e.HeldBack, Json = e.Json,
                    },
                    context.Deliveries.Any(o => DeliveryParts.AreNamed(o) && o.ChannelKind == kind && o.ChannelId == id
                        && o.State == DeliveryState.Held)
                        || context.Deliveries.Any(o => DeliveryParts.AreNamed(o) && o.ChannelKind == kind && o.ChannelId == id
                        && o.State == DeliveryState.Retrying),
                    context.PacingBudgets.Where(b => b.Fingerprint == fingerprint).Select(b => b.PausedUntil).SingleOrDefault(),
                    context.ChangeVersions.Where(v => v.Area == ChangeAreas.Channels).Select(v => v.Version).Single(),
                    context.ChangeVersions.Where(v => v.Area == ChangeAreas.Pauses).Select(v => v.Version).Single()));

    private readonly Func<NotifyDbContext, long, long?, long, CancellationToken, Task<LaneReading?>> _held = EF.CompileAsyncQuery(
        (NotifyDbContext context, long id, long? token, long generation, CancellationToken cancellationToken) =>
            context.ChannelLanes.TagWith(KeptPlans.Tag).AsNoTracking().Where(l => l.Id == id && l.LeaseToken == token)
                .Select(l => new LaneReading(
                    l, context.ChangeVersions.Where(v => v.Area == ChangeAreas.Pauses).Select(v => v.Version).Single(),
                    context.ChangeVersions.Where(v => v.Area == ChangeAreas.Channels).Select(v => v.Version).Single(), generation))
                .SingleOrDefault());

    private readonly Func<NotifyDbContext, string, CancellationToken, Task<PacingBudget?>> _budget = EF.CompileAsyncQuery(
        (NotifyDbContext context, string fingerprint, CancellationToken cancellationToken) =>
            context.PacingBudgets.TagWith(KeptPlans.Tag).AsNoTracking().SingleOrDefault(b => b.Fingerprint == fingerprint));

    private readonly Func<NotifyDbContext, string, DateTimeOffset, IAsyncEnumerable<DateTimeOffset>> _used = EF.CompileAsyncQuery(
        (NotifyDbContext context, string fingerprint, DateTimeOffset from) =>
            context.PacingSlots.TagWith(KeptPlans.Tag).Where(s => s.Fingerprint == fingerprint && s.At > from)
                .OrderBy(s => s.At).Select(s => s.At));

    private Func<NotifyDbContext, ChannelKind, int, DateTimeOffset, DateTimeOffset, Severity, bool, bool, long, int, string,
        IAsyncEnumerable<SeenRow>>? _open;

    /// <summary>The lane's open deliveries that may be sent now, with their events and what shuts the destination, the most severe and then
    /// the oldest first.</summary>
    /// <param name="ahead">What was changed later than this was changed before the clock was set back.</param>
    public async Task<List<SeenRow>> OpenAsync(NotifyDbContext context, ChannelLane lane, string fingerprint, Wanted wanted,
        DateTimeOffset now, DateTimeOffset ahead, int most, CancellationToken cancellationToken)
    {
        var (least, _, andNotStated) = wanted.Severities;
        var open = _open ??= EF.CompileAsyncQuery(DeliveryParts.Name(context, Open));
        return await ToListAsync(open(context, lane.ChannelKind, lane.ChannelId, now, ahead, least, andNotStated, wanted.OnlyBegun,
            wanted.Newest, most, fingerprint), cancellationToken);
    }

    /// <summary>The lane as it is now; null when the lease is lost.</summary>
    public Task<LaneReading?> HeldAsync(NotifyDbContext context, ChannelLane lane, long generation, CancellationToken cancellationToken) =>
        _held(context, lane.Id, lane.LeaseToken, generation, cancellationToken);

    /// <summary>Null where nothing was sent to the destination yet.</summary>
    public Task<PacingBudget?> BudgetAsync(NotifyDbContext context, string fingerprint, CancellationToken cancellationToken) =>
        _budget(context, fingerprint, cancellationToken);

    /// <summary>The attempts on a destination since then, the oldest first.</summary>
    public Task<List<DateTimeOffset>> UsedAsync(
        NotifyDbContext context, string fingerprint, DateTimeOffset from, CancellationToken cancellationToken) =>
        ToListAsync(_used(context, fingerprint, from), cancellationToken);

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> rows, CancellationToken cancellationToken)
    {
        List<T> all = [];
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            all.Add(row);
        }

        return all;
    }
}

/// <param name="HasOlder">Whether anything of the lane is held, or waits to be tried again.</param>
/// <param name="PausedUntil">Until when the vendor has shut the destination.</param>
/// <param name="ChannelsVersion">Of all channels, at the moment at which the delivery was there.</param>
/// <param name="PausesVersion">Of snoozes and maintenance, at that moment.</param>
internal sealed record SeenRow(Delivery Delivery, IncomingEvent Event, bool HasOlder, DateTimeOffset? PausedUntil, long ChannelsVersion,
    long PausesVersion);
