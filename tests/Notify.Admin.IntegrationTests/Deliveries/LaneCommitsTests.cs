using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Deliveries;

public sealed class LaneCommitsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Run_OfManyOfWhichOneFails_KeepsTheOthers(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        using var patient = new PatientContexts(contexts);
        var commits = Commits(patient, database);
        var isFree = new TaskCompletionSource();

        // What comes while the first one writes is written together.
        var first = commits.RunAsync(async context =>
        {
            await isFree.Task;
            return await AddAsync(context, 1);
        }, Stop);
        var others = Enumerable.Range(2, 19).Select(id => commits.RunAsync(async context =>
        {
            var added = await AddAsync(context, id);
            return id % 5 == 0 ? throw new LeaseLostException() : added;
        }, Stop)).ToList();
        isFree.SetResult();

        (await first).ShouldBe(1);
        foreach (var (other, id) in others.Select((task, index) => (task, index + 2)))
        {
            if (id % 5 == 0)
            {
                await Should.ThrowAsync<LeaseLostException>(other);
            }
            else
            {
                (await other).ShouldBe(id);
            }
        }

        await using var context = await contexts.CreateDbContextAsync(Stop);
        (await context.ChannelLanes.Select(l => l.Id).ToListAsync(Stop)).Order()
            .ShouldBe(Enumerable.Range(1, 20).Where(id => id % 5 != 0).Select(id => (long)id));
    }

    [Theory, DatabaseData]
    public async Task Run_ThatTheStoreRefuses_FailsAlone(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        using var patient = new PatientContexts(contexts);
        var commits = Commits(patient, database);
        await commits.RunAsync(context => AddAsync(context, 1), Stop);

        var refused = commits.RunAsync(context => AddAsync(context, 1), Stop);
        var kept = commits.RunAsync(context => AddAsync(context, 2), Stop);

        await Should.ThrowAsync<DbUpdateException>(refused);
        (await kept).ShouldBe(2);
    }

    [Theory, DatabaseData]
    public async Task Run_ThatWasCancelled_WritesNothing(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        using var patient = new PatientContexts(contexts);
        var commits = Commits(patient, database);

        await Should.ThrowAsync<OperationCanceledException>(
            () => commits.RunAsync(context => AddAsync(context, 1), new CancellationToken(canceled: true)));

        await using var context = await contexts.CreateDbContextAsync(Stop);
        (await context.ChannelLanes.AnyAsync(Stop)).ShouldBeFalse();
    }

    private static LaneCommits Commits(PatientContexts contexts, TestDatabase database) => new(contexts, new DatabaseOptions
    {
        Provider = database.Provider,
        ConnectionString = database.ConnectionString,
        DataDirectory = database.DataDirectory,
    });

    private static async Task<int> AddAsync(NotifyDbContext context, int id)
    {
        context.ChannelLanes.Add(new ChannelLane { Id = id, ChannelKind = ChannelKind.Slack, ChannelId = id });
        await context.SaveChangesAsync(Stop);
        return id;
    }
}
