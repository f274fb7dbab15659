using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Data.SqlServer;

/// <summary>What the server did nothing of is tried again, in one place; transactions that somebody begins are let through.</summary>
public sealed class SqlServerRetriesTests
{
    private const int Deadlock = 1205;
    private const int TimeOut = -2;

    private readonly PretendSqlServer _server = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ProviderContextFactory Contexts => new(SentStatements.Options(), _server);

    [Fact]
    public async Task Statement_Alone_IsTriedAgain()
    {
        _server.Errors.Enqueue(Deadlock);
        await using var context = Contexts.CreateDbContext();

        (await context.AuditEntries.ExecuteDeleteAsync(Stop)).ShouldBe(1);

        _server.Sent.ShouldBe(2);
    }

    [Theory]
    [InlineData(TimeOut)]
    [InlineData(2627)]
    public async Task Statement_ThatMayHaveBeenDone_IsNotRepeated(int error)
    {
        _server.Errors.Enqueue(error);
        await using var context = Contexts.CreateDbContext();

        await Should.ThrowAsync<SqlException>(context.AuditEntries.ExecuteDeleteAsync(Stop));

        _server.Sent.ShouldBe(1);
    }

    [Fact]
    public async Task Statement_WithinATransaction_GoesThroughAndIsNotRepeated()
    {
        await using var context = Contexts.CreateDbContext();
        await using var transaction = await context.Database.BeginTransactionAsync(Stop);
        await context.AuditEntries.ExecuteDeleteAsync(Stop);
        _server.Errors.Enqueue(Deadlock);

        await Should.ThrowAsync<SqlException>(context.AuditEntries.ExecuteDeleteAsync(Stop));

        (_server.Sent, _server.Commits).ShouldBe((2, 0));
    }

    [Fact]
    public async Task UnitOfWork_WhoseSecondStatementIsGivenUp_BeginsAgain()
    {
        var tries = 0;
        _server.Errors.Enqueue(0);
        _server.Errors.Enqueue(Deadlock);

        var result = await Contexts.InTransactionAsync(async (context, transaction) =>
        {
            tries++;
            context.ChangeTracker.Entries().ShouldBeEmpty("nothing of a lost try is saved with the next");
            context.AuditEntries.Add(new AuditEntry
            {
                Action = "x", ActorName = "x", Origin = "x",
            });
            await context.AuditEntries.ExecuteDeleteAsync(Stop);
            await context.AuditEntries.ExecuteDeleteAsync(Stop);
            await transaction.CommitAsync(Stop);
            return tries;
        }, Stop);

        (result, _server.Sent, _server.Commits).ShouldBe((2, 4, 1));
    }

    [Fact]
    public async Task Transactions_OfTheProduct_AreAllLetThrough()
    {
        var begun = await SentStatements.TransactionsAsync();

        (await SentStatements.RefusedAsync()).ShouldBeEmpty();
        // By the file's name, whose first part is the type's. Those of the other stores are not for this one.
        var product = Path.Combine(Repository.Root, "src", "Notify.Admin");
        var sites = Directory.EnumerateFiles(product, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("Sqlite", StringComparison.Ordinal) && !file.Contains("Postgres", StringComparison.Ordinal)
                && File.ReadAllText(file) is var text && (text.Contains(".BeginTransactionAsync(", StringComparison.Ordinal)
                    || text.Contains(".InTransactionAsync(", StringComparison.Ordinal)))
            .Select(file => Path.GetFileName(file).Split('.')[0])
            // Their callers begin it.
            .Except([nameof(ChangeFeed), nameof(Transactions), nameof(LaneCommits)]).ToList();
        sites.Count.ShouldBeGreaterThan(10);
        sites.Except(begun).ShouldBeEmpty("no call of theirs came as far as its transaction");
    }
}
