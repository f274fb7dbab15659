using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Data;

public sealed class TransactionsTests
{
    private const string Key = "Tests.Row";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // With SQLite nobody else writes meanwhile.
    [Fact]
    public async Task Row_ThatSomebodyElseHasAddedSinceItWasLookedFor_IsFoundByTheSecondTry()
    {
        Assert.SkipWhen(TestDatabase.PostgresServer is null, $"{TestDatabase.PostgresVariable} is not set");
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);
        var contexts = await database.MigrateAsync(Stop);
        var tries = 0;

        var wasThere = await contexts.InTransactionAsync(async (context, transaction) =>
        {
            var isThere = await context.ServerSettings.AnyAsync(row => row.Key == Key, Stop);
            if (tries++ == 0)
            {
                await AddAsync(contexts);
            }

            if (!isThere)
            {
                context.ServerSettings.Add(new ServerSetting { Key = Key, Value = "mine" });
            }

            await context.SaveChangesAsync(Stop);
            await transaction.CommitAsync(Stop);
            return isThere;
        }, Stop);

        (wasThere, tries).ShouldBe((true, 2));
    }

    [Theory, DatabaseData]
    public async Task Row_ThatCannotBeAdded_IsTriedTwice_AndFails(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var contexts = await database.MigrateAsync(Stop);
        await AddAsync(contexts);
        var tries = 0;

        var failure = await Should.ThrowAsync<DbUpdateException>(() => contexts.InTransactionAsync(async (context, transaction) =>
        {
            tries++;
            context.ServerSettings.Add(new ServerSetting { Key = Key, Value = "mine" });
            await context.SaveChangesAsync(Stop);
            await transaction.CommitAsync(Stop);
            return true;
        }, Stop));

        (StoreErrors.IsDuplicate(failure), tries).ShouldBe((true, 2));
    }

    private static async Task AddAsync(IDbContextFactory<NotifyDbContext> contexts)
    {
        await using var context = await contexts.CreateDbContextAsync(Stop);
        context.ServerSettings.Add(new ServerSetting { Key = Key, Value = "another's" });
        await context.SaveChangesAsync(Stop);
    }
}
