using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Testing;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Deliveries;

public sealed class PacingStoreTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Reserve_ByTwoOfADestinationThatNobodyHasUsed_IsOneAfterTheOther(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        var id = await app.AddSlackIntegrationAsync(SlackSeeds.Joined);
        var destination = (await app.Services.GetServices<IChannel>().Single(c => c.Kind == ChannelKind.Slack).FindAsync(id, Stop))! with
        {
            Pacing = new PacingLimit(20, TimeSpan.FromMinutes(1)),
        };
        var contexts = app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>();
        var pacing = app.Services.GetRequiredService<PacingStore>();
        await using var first = await contexts.CreateDbContextAsync(Stop);
        await using var transaction = await first.Database.BeginTransactionAsync(Stop);
        (await pacing.ReserveAsync(first, destination, Stop)).ShouldBeNull();

        // SQLite waits on the thread that asks.
        var second = Task.Run(async () =>
        {
            await using var context = await contexts.CreateDbContextAsync(Stop);
            await using var own = await context.Database.BeginTransactionAsync(Stop);
            var freeAt = await pacing.ReserveAsync(context, destination, Stop);
            await own.CommitAsync(Stop);
            return freeAt;
        }, Stop);
        if (provider == DatabaseProvider.PostgreSql)
        {
            await Eventually.HoldsAsync(() => IsSomebodyWaitingAsync(contexts), TimeSpan.FromSeconds(60));
        }

        await transaction.CommitAsync(Stop);

        (await second).ShouldBeNull();
        await using var after = await contexts.CreateDbContextAsync(Stop);
        (await after.PacingBudgets.CountAsync(Stop), await after.PacingSlots.CountAsync(Stop)).ShouldBe((1, 2));
    }

    private static async Task<bool> IsSomebodyWaitingAsync(IDbContextFactory<NotifyDbContext> contexts)
    {
        await using var context = await contexts.CreateDbContextAsync(Stop);
        return await context.Database.SqlQueryRaw<long>(
            """SELECT COUNT(*) AS "Value" FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'""")
            .SingleAsync(Stop) > 0;
    }
}
