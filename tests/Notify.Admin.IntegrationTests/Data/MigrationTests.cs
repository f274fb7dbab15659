using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Data;

public sealed class MigrationTests
{
    // SQL Server's limits for the key of an index.
    private const int LongestSqlServerKey = 1700;
    private const int LongestSqlServerClusteredKey = 900;

    public static TheoryData<DatabaseProvider> Providers => [.. Enum.GetValues<DatabaseProvider>()];

    [Theory, MemberData(nameof(Providers))]
    public void Model_EveryProvider_HasAMigrationForEachChange(DatabaseProvider provider)
    {
        using var context = Context(provider);

        context.Database.HasPendingModelChanges().ShouldBeFalse(
            $"The model has changes without a migration for {provider}: add one for each of the three providers, as src/Notify.Admin/Data/README.md says.");
    }

    [Fact]
    public void SqlServerScript_FromNothing_CreatesEveryTable()
    {
        using var context = Context(DatabaseProvider.SqlServer);

        var script = context.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

        foreach (var table in context.Model.GetEntityTypes().Select(type => type.GetTableName()).Distinct())
        {
            script.ShouldContain($"CREATE TABLE [{table}]");
        }
    }

    [Fact]
    public void SqlServerModel_Indexes_FitTheServersLimit()
    {
        using var context = Context(DatabaseProvider.SqlServer);
        var model = context.GetService<IDesignTimeModel>().Model;

        var tooLong =
            from type in model.GetEntityTypes()
            where !type.IsMappedToJson()
            from index in type.GetIndexes().Select(index => (Name: index.GetDatabaseName(), index.Properties, Most: LongestSqlServerKey))
                .Concat(
                type.GetKeys().Select(key => (Name: key.GetName(), key.Properties,
                    Most: key.IsClustered() ?? key.IsPrimaryKey() ? LongestSqlServerClusteredKey : LongestSqlServerKey)))
            let bytes = index.Properties.Sum(Bytes)
            where bytes > index.Most
            select $"{type.GetTableName()}.{index.Name}: up to {bytes} bytes";

        tooLong.ShouldBeEmpty();
    }

    [Fact]
    public void SqlServerModel_EveryText_ComparesOrdinally()
    {
        using var context = Context(DatabaseProvider.SqlServer);
        var columns = context.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables
            .SelectMany(table => table.Columns).Where(column => column.StoreType.Contains("char", StringComparison.Ordinal)).ToList();

        columns.Count.ShouldBeGreaterThan(150);
        columns.Where(column => column.Collation != SqlServerNotifyDbContext.Collation
                && column.ComputedColumnSql?.EndsWith($"COLLATE {SqlServerNotifyDbContext.Collation}", StringComparison.Ordinal) != true
                && !column.PropertyMappings.All(mapping => mapping.Property.DeclaringType.IsMappedToJson()))
            .Select(column => $"{column.Table.Name}.{column.Name}").ShouldBeEmpty();
    }

    [Fact]
    public void SqlServerModel_WhatIsNotSealed_HasAnIndexWithoutTheRest()
    {
        using var context = Context(DatabaseProvider.SqlServer);
        var audit = context.GetService<IDesignTimeModel>().Model.FindEntityType(typeof(AuditEntry))!;

        audit.GetIndexes().ShouldContain(index => index.GetFilter() == "[Sequence] IS NULL");
        // Such a filter leaves nulls out: only columns that are looked up by a value may have it.
        context.GetService<IDesignTimeModel>().Model.GetEntityTypes().SelectMany(type => type.GetIndexes())
            .Where(index => index.GetFilter()?.EndsWith("IS NOT NULL", StringComparison.Ordinal) == true)
            .Select(index => index.Properties[0].Name).Order()
            .ShouldBe(["NormalizedName", "NormalizedUserName", "RepeatKey", "RepeatOf", "Sequence"]);
    }

    [Fact]
    public void SqlServerScript_HasNoQuotedNames()
    {
        using var context = Context(DatabaseProvider.SqlServer);

        // sqlcmd reads them as text unless it is told otherwise.
        context.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent).ShouldNotContain("\"");
    }

    [Fact]
    public void SqlServerModel_Cascades_ReachEachTableOnce()
    {
        using var context = Context(DatabaseProvider.SqlServer);
        var cascades = context.Model.GetEntityTypes().SelectMany(type => type.GetForeignKeys())
            .Where(key => key.DeleteBehavior is DeleteBehavior.Cascade or DeleteBehavior.SetNull)
            .ToLookup(key => key.PrincipalEntityType, key => key.DeclaringEntityType);

        // SQL Server refuses a table that a delete could reach by two ways (error 1785).
        var twice =
            from start in context.Model.GetEntityTypes()
            from reached in Reach(start).GroupBy(type => type)
            where reached.Count() > 1
            select $"{start.GetTableName()} reaches {reached.Key.GetTableName()} by {reached.Count()} ways";
        twice.ShouldBeEmpty();

        IEnumerable<IEntityType> Reach(IEntityType from) => cascades[from].SelectMany(next => Reach(next).Prepend(next));
    }

    [Fact]
    public async Task Start_TwoInstancesOnOneEmptyPostgres_BothBecomeReady()
    {
        Assert.SkipWhen(TestDatabase.PostgresServer is null,
            $"{TestDatabase.PostgresVariable} is not set: give the connection string of a server where databases may be created");
        await using var database = await TestDatabase.CreateEmptyAsync(DatabaseProvider.PostgreSql);

        var apps = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            NotifyAdminApp.StartAsync(new NotifyAdminSettings { Database = database }))));

        foreach (var app in apps)
        {
            using var ready = await app.CreateClient().GetAsync("health/ready", TestContext.Current.CancellationToken);
            ready.EnsureSuccessStatusCode();
            await app.DisposeAsync();
        }
    }

    // A connection goes back into its pool as it is.
    [Fact]
    public async Task Start_OnPostgres_LetsItsTurnGo()
    {
        Assert.SkipWhen(TestDatabase.PostgresServer is null,
            $"{TestDatabase.PostgresVariable} is not set: give the connection string of a server where databases may be created");
        await using var database = await TestDatabase.CreateEmptyAsync(DatabaseProvider.PostgreSql);

        var contexts = await database.MigrateAsync(TestContext.Current.CancellationToken);

        await using var context = await contexts.CreateDbContextAsync(TestContext.Current.CancellationToken);
        (await context.Database.SqlQuery<long>(
            $"""
            SELECT COUNT(*) AS "Value" FROM pg_locks
            WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """).SingleAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Fact]
    public async Task Start_OnACopyByVacuum_GivesItTheWriteAheadLog()
    {
        await using var from = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        await using var to = await TestDatabase.CreateEmptyAsync(DatabaseProvider.Sqlite);
        await from.ExecuteAsync($"VACUUM INTO '{Path.Combine(to.DataDirectory, "notify.db")}'");

        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Database = to });

        using var ready = await app.CreateClient().GetAsync("health/ready", TestContext.Current.CancellationToken);
        ready.EnsureSuccessStatusCode();
        File.Exists(Path.Combine(to.DataDirectory, "notify.db-wal")).ShouldBeTrue();
    }

    [Fact]
    public async Task Connection_OnSqlite_HasThePragmas()
    {
        await using var database = await TestDatabase.CreateEmptyAsync(DatabaseProvider.Sqlite);
        var contexts = await database.MigrateAsync(TestContext.Current.CancellationToken);
        await using var context = contexts.CreateDbContext();
        await context.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);

        (await PragmaAsync("journal_mode")).ShouldBe("wal");
        (await PragmaAsync("synchronous")).ShouldBe("2", "FULL: an answered event survives a power cut");
        (await PragmaAsync("foreign_keys")).ShouldBe("1");
        (await PragmaAsync("busy_timeout")).ShouldBe("10000");

        async Task<string?> PragmaAsync(string name)
        {
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"PRAGMA {name}";
            return Convert.ToString(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken),
                System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    private static NotifyDbContext Context(DatabaseProvider provider) => new ProviderContextFactory(new DatabaseOptions
    {
        Provider = provider,
        DataDirectory = Path.GetTempPath(),
        ConnectionString = provider == DatabaseProvider.Sqlite ? "Data Source=:memory:" : "Server=localhost;Database=notify",
    }).CreateDbContext();

    private static int Bytes(IReadOnlyProperty property) =>
        (property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType) switch
    {
        var type when type == typeof(string) => 2 * (property.GetRelationalTypeMapping().Size ?? 1_000_000),
        var type when type == typeof(byte[]) => property.GetRelationalTypeMapping().Size ?? 1_000_000,
        _ => 16,
    };
}
