using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Notify.Admin.Background;
using Notify.Admin.Data;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Data;

public sealed class ChangeFeedTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Announce_IsTold_AlsoToOtherInstancesWhereThereMayBeSome(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        using var here = await StartAsync(contexts);
        using var there = await StartAsync(contexts);
        var (told, elsewhere) = (Next(here, ChangeAreas.Events), Next(there, ChangeAreas.Events));
        var (before, settings) = (await here.VersionAsync(ChangeAreas.Events, Stop), Next(there, ChangeAreas.Settings));

        here.Announce(ChangeAreas.Events);
        here.Announce(ChangeAreas.Settings);

        await told.WaitAsync(Stop);
        // Published together.
        await settings.WaitAsync(Stop);
        if (provider == DatabaseProvider.Sqlite)
        {
            (await here.VersionAsync(ChangeAreas.Events, Stop)).ShouldBe(before, "no row is written each second for nobody");
        }
        else
        {
            await elsewhere.WaitAsync(Stop);
        }

        await here.StopAsync(Stop);
        await there.StopAsync(Stop);
    }

    private static async Task<ChangeFeed> StartAsync(IDbContextFactory<NotifyDbContext> contexts)
    {
        var feed = new ChangeFeed(
            contexts, new WorkRegister(TimeProvider.System), TimeProvider.System, NullLogger<ChangeFeed>.Instance);
        await feed.BeginAsync(Stop);
        await feed.StartAsync(Stop);
        return feed;
    }

    private static Task Next(ChangeFeed feed, string area)
    {
        var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        feed.Subscribe(area, () =>
        {
            next.TrySetResult();
            return Task.CompletedTask;
        });
        return next.Task;
    }
}
