using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Proofs;

/// <summary>What the store says at the end of a proof.</summary>
internal static class ProofRecord
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(ProofScale.Of(10, 30));

    /// <summary>Matched deliveries = the sum over the states; the numbers that <c>/metrics</c> shows agree; nothing that ended still waits
    /// in a lane.</summary>
    public static Task InvariantShouldHoldAsync(this NotifyAdminApp app) => InvariantShouldHoldAsync(Contexts(app));

    /// <inheritdoc cref="InvariantShouldHoldAsync(NotifyAdminApp)"/>
    public static async Task InvariantShouldHoldAsync(IDbContextFactory<NotifyDbContext> contexts)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var context = await contexts.CreateDbContextAsync(stop);
        await using var transaction = await context.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, stop);
        var matched = await context.Events.SumAsync(e => (long)e.MatchCount, stop);
        var counted = await context.Deliveries.GroupBy(d => d.State).Select(g => new { g.Key, Count = g.LongCount() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, stop);
        await transaction.CommitAsync(stop);

        counted.Values.Sum().ShouldBe(matched, "matched deliveries = the sum over the states");
        var totals = await new DeliveryTotalsStore(contexts).ReadAsync(stop);
        DeliveryStates.Final.ShouldAllBe(state => totals.Counts[state] == counted.GetValueOrDefault(state));
        ProofScale.Report($"matched {matched} = {string.Join(" + ", counted.Select(c => $"{c.Value} {c.Key.ToName()}"))}");
    }

    /// <summary>Every event that was answered 202 is on record, every delivery of every event on record was sent, and what the vendor was
    /// told twice is marked.</summary>
    /// <returns>How many deliveries the vendor was told twice.</returns>
    public static async Task<int> ShouldHaveToldAllAsync(IDbContextFactory<NotifyDbContext> contexts, ToldDeliveries told,
        IEnumerable<string> accepted)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var context = await contexts.CreateDbContextAsync(stop);
        accepted.Except(await context.Events.Select(e => e.EventId).ToListAsync(stop)).ShouldBeEmpty("answered 202 and not on record");
        (await context.Deliveries.Where(d => d.State != DeliveryState.Sent).CountAsync(stop)).ShouldBe(0);
        var marked = (await context.Deliveries.Where(d => d.MayBeDuplicate).Select(d => d.Id).ToListAsync(stop)).Select(ShortIds.OfDelivery)
            .ToHashSet();
        var shortIds = (await context.Deliveries.Select(d => d.Id).ToListAsync(stop)).Select(ShortIds.OfDelivery).ToList();
        shortIds.Where(id => !told.Times.ContainsKey(id)).ShouldBeEmpty("never told");
        var twice = told.Times.Where(t => t.Value > 1).Select(t => t.Key).ToList();
        twice.Where(id => !marked.Contains(id)).ShouldBeEmpty("told twice and not marked");
        return twice.Count;
    }

    /// <summary>Moves the clock to whatever happens next, whenever no channel is being looked at or is about to be, until no delivery is
    /// open.</summary>
    /// <param name="step">Moves the clock.</param>
    /// <param name="person">Called between steps: does what a person would.</param>
    public static async Task RunToTheEndAsync(this NotifyAdminApp app, TimeProvider time, Action<TimeSpan> step, Func<Task>? person = null)
    {
        await Eventually.HoldsAsync(
            async () =>
            {
                await (person?.Invoke() ?? Task.CompletedTask);
                var now = time.GetUtcNow();
                var lanes = await OpenLanesAsync(app);
                if (lanes.All(l => l.LeaseToken is null && (l.DueAt > now || l.Condition == ChannelCondition.NeedsAttention))
                    && lanes.Min(l => l.DueAt) is { } due && due > now)
                {
                    step(due - now + TimeSpan.FromMilliseconds(2));
                    app.Services.GetRequiredService<DeliverySignal>().Raise();
                }

                return lanes.Count == 0;
            },
            Longest);
    }

    /// <summary>Waits until no delivery is open.</summary>
    public static async Task AllShouldEndAsync(IDbContextFactory<NotifyDbContext> contexts, TimeSpan within)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var context = await contexts.CreateDbContextAsync(stop);
        await Eventually.HoldsAsync(async () => !await context.Deliveries.AnyAsync(OpenStates.IsOpen, stop), within);
    }

    public static async Task<IReadOnlyList<Delivery>> OpenAsync(this NotifyAdminApp app)
    {
        await using var context = await Contexts(app).CreateDbContextAsync();
        return await context.Deliveries.AsNoTracking().Where(OpenStates.IsOpen).ToListAsync();
    }

    // Those with something open. What waits is not always held: behind a back-off it is left as it came.
    private static async Task<IReadOnlyList<ChannelLane>> OpenLanesAsync(NotifyAdminApp app)
    {
        await using var context = await Contexts(app).CreateDbContextAsync();
        return await context.ChannelLanes.AsNoTracking()
            .Where(l => context.Deliveries.Where(OpenStates.IsOpen).Any(d => d.ChannelKind == l.ChannelKind && d.ChannelId == l.ChannelId))
            .ToListAsync();
    }

    /// <summary>A channel's attempts in the order in which they were made.</summary>
    public static async Task<IReadOnlyList<Attempt>> AttemptsAsync(this NotifyAdminApp app, ChannelKey channel)
    {
        await using var context = await Contexts(app).CreateDbContextAsync();
        return await context.Attempts.AsNoTracking()
            .Where(a => context.Messages.Any(m => m.Id == a.MessageId && m.ChannelKind == channel.Kind && m.ChannelId == channel.Id))
            .OrderBy(a => a.Id).ToListAsync();
    }

    /// <summary>Every event by its row.</summary>
    public static async Task<IReadOnlyDictionary<long, IncomingEvent>> EventsAsync(this NotifyAdminApp app)
    {
        await using var context = await Contexts(app).CreateDbContextAsync();
        return await context.Events.AsNoTracking().ToDictionaryAsync(e => e.Id);
    }

    private static IDbContextFactory<NotifyDbContext> Contexts(NotifyAdminApp app) =>
        app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>();
}
