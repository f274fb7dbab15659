using System.Linq.Expressions;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Deliveries;

/// <summary>Leases of lanes, and putting them back to sleep or waking them.</summary>
internal sealed class LaneStore(
    PatientContexts contexts, LaneCommits commits, LaneReadStore reads, KnownHolds holds, DatabaseOptions database, TimeProvider time)
{
    /// <summary>Longer than a send may take; a dead instance's lanes are free after it.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(20);

    // Asked whenever a lane ends, or may be due: translated once.
    private readonly Func<NotifyDbContext, DateTimeOffset, IAsyncEnumerable<LanePool>> _due = EF.CompileAsyncQuery(
        (NotifyDbContext context, DateTimeOffset now) => context.ChannelLanes.TagWith(KeptPlans.Tag).Where(l => l.DueAt <= now)
            .Select(l => new { l.ChannelKind, IsWell = l.Condition == ChannelCondition.Ok && l.LastSuccessAt != null })
            .Distinct().Select(due => new LanePool(due.ChannelKind, due.IsWell)));

    private readonly string _claim = LaneSql.Claim(database.Provider);
    private readonly string _renew = LaneSql.Renew(database.Provider);
    private readonly string _confirm = LaneSql.Confirm(database.Provider);

    /// <summary>The pools with a lane that is due; somebody may be at it.</summary>
    public async Task<IReadOnlyList<LanePool>> DueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await commits.ReadAsync(context => _due(context, now).ToListAsync(cancellationToken).AsTask(), cancellationToken);
    }

    /// <summary>Leases up to <paramref name="most"/> due lanes of a pool. Each claim has a new token, which fences everything done under
    /// it.</summary>
    public async Task<IReadOnlyList<LaneLease>> ClaimAsync(LanePool pool, int most, CancellationToken cancellationToken)
    {
        var asked = LaneLease.Reading.Of(time);
        var generation = holds.Generation;
        var token = RandomNumberGenerator.GetInt32(int.MaxValue) * (long)int.MaxValue + RandomNumberGenerator.GetInt32(int.MaxValue);
        // One transaction: what fails after the lanes are claimed would leave them to nobody.
        return await commits.RunAsync<IReadOnlyList<LaneLease>>(async context =>
        {
            var versions = await context.ChangeVersions.Where(v => v.Area == ChangeAreas.Pauses || v.Area == ChangeAreas.Channels)
                .ToDictionaryAsync(v => v.Area, v => v.Version, cancellationToken);
            var lanes = await context.ChannelLanes
                .FromSqlRaw(_claim, token, asked.Time.UtcTicks, Duration.Ticks, most, (int)pool.Kind, pool.IsWell ? 1 : 0)
                .AsNoTracking()
                .ToListAsync(cancellationToken);
            var claimed = lanes.Select(lane => lane.ChannelId).ToArray();
            var left = claimed.Length == 0 ? [] : await context.ByChannel()
                .Where(d => d.ChannelKind == pool.Kind && claimed.Contains(d.ChannelId) && d.State == DeliveryState.Sending)
                .Select(d => d.ChannelId).Distinct().ToListAsync(cancellationToken);
            return [.. lanes.Select(lane =>
                new LaneLease(new LaneReading(lane, versions[ChangeAreas.Pauses], versions[ChangeAreas.Channels], generation),
                    left.Contains(lane.ChannelId), asked, time))];
        }, cancellationToken);
    }

    /// <summary>Keeps these leases.</summary>
    public async Task RenewAsync(IEnumerable<LaneLease> leases, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var claim in leases.GroupBy(lease => lease.Token))
        {
            var asked = LaneLease.Reading.Of(time);
            await context.Database.ExecuteSqlRawAsync(_renew, [claim.Key, Duration.Ticks, asked.Time.UtcTicks], cancellationToken);
            foreach (var lease in claim)
            {
                lease.Renewed(asked);
            }
        }
    }

    /// <summary>Keeps one lease, if the lane is still this instance's.</summary>
    public async Task<bool> ConfirmAsync(LaneLease lease, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var asked = LaneLease.Reading.Of(time);
        if (await context.Database.ExecuteSqlRawAsync(
            _confirm, [lease.Token, Duration.Ticks, asked.Time.UtcTicks, lease.Lane.Id], cancellationToken) == 0)
        {
            return false;
        }

        lease.Confirmed(asked);
        return true;
    }

    /// <summary>Lets go of a lane until <paramref name="dueAt"/> (null: until woken), unless something was put into it since
    /// it was read: then it stays leased and the answer is false, and the worker looks again.</summary>
    public async Task<bool> ReleaseAsync(ChannelLane lane, DateTimeOffset? dueAt, CancellationToken cancellationToken)
    {
        return await commits.ExecuteAsync(
            $"""
            UPDATE "ChannelLanes" SET "DueAt" = {dueAt?.UtcTicks}, "LeaseToken" = NULL, "LeaseUntil" = NULL
            WHERE "Id" = {lane.Id} AND "LeaseToken" = {lane.LeaseToken} AND "Wakes" = {lane.Wakes}
            """,
            cancellationToken) == 1;
    }

    /// <summary>Lets go whatever was put into the lane since, leaving it due then.</summary>
    public Task AbandonAsync(ChannelLane lane, DateTimeOffset dueAt) => commits.ExecuteAsync(
        $"""
        UPDATE "ChannelLanes" SET "DueAt" = {dueAt.UtcTicks}, "LeaseToken" = NULL, "LeaseUntil" = NULL
        WHERE "Id" = {lane.Id} AND "LeaseToken" = {lane.LeaseToken}
        """,
        CancellationToken.None);

    /// <summary>The lane as it is now; null when the lease is lost.</summary>
    public async Task<LaneReading?> ReloadAsync(ChannelLane lane, CancellationToken cancellationToken)
    {
        var generation = holds.Generation;
        return await commits.ReadAsync(context => reads.HeldAsync(context, lane, generation, cancellationToken), cancellationToken);
    }

    /// <summary>Makes every lane that waits for a moment look again now: their channels may have been edited, or the clock set. One that is
    /// being looked at looks once more before it sleeps: the look may have begun before the change.</summary>
    /// <param name="which">Leaves others asleep; null for all.</param>
    public async Task WakeSleepingAsync(Expression<Func<ChannelLane, bool>>? which, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.ChannelLanes
            .Where(which ?? (_ => true))
            .Where(l => l.LeaseToken != null || l.DueAt > now || l.Condition == ChannelCondition.NeedsAttention)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.DueAt, now).SetProperty(l => l.Wakes, l => l.Wakes + 1), cancellationToken);
    }

    /// <summary>Frees what a process that is gone held. SQLite only: there, one process owns the file.</summary>
    public async Task FreeAllAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.ChannelLanes.Where(l => l.LeaseToken != null).ExecuteUpdateAsync(
            set => set.SetProperty(l => l.LeaseToken, (long?)null)
                .SetProperty(l => l.LeaseUntil, (DateTimeOffset?)null)
                .SetProperty(l => l.DueAt, now),
            cancellationToken);
    }

    /// <summary>Locks the lane's row for the transaction, so that the lease cannot pass to another worker before the commit.</summary>
    /// <exception cref="LeaseLostException">It has passed already.</exception>
    internal static async Task FenceAsync(NotifyDbContext context, ChannelLane lane, CancellationToken cancellationToken)
    {
        if (await context.Database.ExecuteSqlAsync(
            $"""UPDATE "ChannelLanes" SET "LeaseToken" = "LeaseToken" WHERE "Id" = {lane.Id} AND "LeaseToken" = {lane.LeaseToken}""",
            cancellationToken) == 0)
        {
            throw new LeaseLostException();
        }
    }

    /// <summary>Writes the health of a fenced lane after verdicts (<see cref="LaneHealth"/>), and counts the deliveries that have
    /// ended: one statement, since every message comes here.</summary>
    internal static Task EndAsync(
        NotifyDbContext context, ChannelLane lane, IReadOnlyList<Delivery> ended, CancellationToken cancellationToken)
    {
        var code = ForeignText.Line(lane.LastCode, ChannelLane.CodeLength);
        var detail = ForeignText.Line(lane.LastDetail, ChannelLane.DetailLength);
        return context.Database.ExecuteSqlAsync(
            $"""
            UPDATE "ChannelLanes" SET "Condition" = {(int)lane.Condition}, "LastCode" = {code}, "LastDetail" = {detail},
                "SameCodeCount" = {lane.SameCodeCount}, "FailureCount" = {lane.FailureCount}, "RefusedCount" = {lane.RefusedCount},
                "BackoffUntil" = {lane.BackoffUntil?.UtcTicks}, "AttentionRevision" = {lane.AttentionRevision},
                "FailingSince" = {lane.FailingSince?.UtcTicks}, "LastSuccessAt" = {lane.LastSuccessAt?.UtcTicks},
                "LastFailureAt" = {lane.LastFailureAt?.UtcTicks}, "IntervalFrom" = {lane.IntervalFrom?.UtcTicks},
                "DrillAt" = {lane.DrillAt?.UtcTicks}, "LastDrillAt" = {lane.LastDrillAt?.UtcTicks},
                "LastDrillAccepted" = {lane.LastDrillAccepted}, "SentCount" = "SentCount" + {In(DeliveryState.Sent)},
                "FailedCount" = "FailedCount" + {In(DeliveryState.Failed)}, "GivenUpCount" = "GivenUpCount" + {In(DeliveryState.GivenUp)}
            WHERE "Id" = {lane.Id}
            """,
            cancellationToken);

        int In(DeliveryState state) => ended.Count(d => d.State == state);
    }

    /// <summary>The lane while this lease still holds it: every write under a lease goes through this.</summary>
    internal static IQueryable<ChannelLane> Held(NotifyDbContext context, ChannelLane lane) =>
        context.ChannelLanes.Where(l => l.Id == lane.Id && l.LeaseToken == lane.LeaseToken);
}

/// <summary>A lane as it was read, with what had to be read before it, so that a change since then is found.</summary>
/// <param name="PausesVersion">Of <see cref="ChangeAreas.Pauses"/>.</param>
/// <param name="ChannelsVersion">Of <see cref="ChangeAreas.Channels"/>.</param>
/// <param name="Generation">Of <see cref="KnownHolds"/>.</param>
internal sealed record LaneReading(ChannelLane Lane, long PausesVersion, long ChannelsVersion, long Generation);
