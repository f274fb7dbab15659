using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.Testing;
using Npgsql;

namespace Notify.Admin.IntegrationTests.Data;

public sealed class PostgresCopyTests
{
    private const string Copy = "COPY numbers (number) FROM STDIN (FORMAT BINARY)";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Send_WhoseRowsFailHalfWay_SaysWhyAndKeepsNone()
    {
        Assert.SkipWhen(TestDatabase.PostgresServer is null, $"{TestDatabase.PostgresVariable} is not set");
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);
        var contexts = await database.MigrateAsync(Stop);
        await using var context = await contexts.CreateDbContextAsync(Stop);
        await context.Database.OpenConnectionAsync(Stop);
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        await context.Database.ExecuteSqlAsync($"CREATE TEMPORARY TABLE numbers (number bigint NOT NULL)", Stop);

        (await Should.ThrowAsync<InvalidOperationException>(() => PostgresCopy.SendAsync(
            connection, Copy, 1, Numbers(failsAt: 20_000), static (copy, number) => copy.Add(number), Stop))).Message.ShouldBe("at 20000");

        (await CountAsync()).ShouldBe(0);
        await PostgresCopy.SendAsync(connection, Copy, 1, Numbers(failsAt: null), static (copy, number) => copy.Add(number), Stop);
        (await CountAsync()).ShouldBe(30_000);

        Task<long> CountAsync() => context.Database.SqlQuery<long>($"""SELECT COUNT(*) AS "Value" FROM numbers""").SingleAsync(Stop);
    }

    // More than one piece.
    private static IEnumerable<long> Numbers(long? failsAt)
    {
        for (var number = 0L; number < 30_000; number++)
        {
            yield return number == failsAt ? throw new InvalidOperationException($"at {number}") : number;
        }
    }
}
