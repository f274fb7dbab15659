using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Notify.Admin.Data;
using Notify.Admin.IntegrationTests.Overview;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Data.SqlServer;

/// <summary>Every statement for SQL Server, taken from the code that sends it, is one that the oldest supported version can parse, and that
/// fits the schema of the migrations. No server is asked: whether locks suffice only a server shows.</summary>
public sealed class SqlServerStatementTests(ITestOutputHelper output)
{
    // Found at the time of writing: 311. Many fewer mean that something is no longer reached.
    private const int LeastStatements = 290;

    // What each kind of hand-written statement is known by.
    private static readonly string[] ByHand =
    [
        "WITH (UPDLOCK, ROWLOCK, READPAST)", "\"LeaseUntil\" = (DATEDIFF_BIG", "sys.sp_getapplock", "sys.sp_sequence_get_range",
        "is_read_committed_snapshot_on",
        "([Key] nvarchar(64) COLLATE", "OUTPUT inserted.[ShortId]", "OUTPUT inserted.[MessageId]", "INNER LOOP JOIN [Attempts]",
        "[Below] bigint", "AS \"Step\", \"Severity\"", "AS \"Day\"", "AS \"Hour\"",
    ];

    [Fact]
    public void MigrationScript_ParsesForTheOldestVersion()
    {
        using var context = new ProviderContextFactory(SentStatements.Options()).CreateDbContext();
        var script = context.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

        Problems(script).ShouldBeEmpty();
    }

    [Fact]
    public async Task Statements_OfEveryStore_ParseForTheOldestVersion()
    {
        var statements = await SentStatements.AllAsync();

        output.WriteLine($"{statements.Count} statements");
        statements.SelectMany(statement => Problems(statement.Text).Select(problem => $"{statement.Caller}: {problem}\n{statement.Text}"))
            .ShouldBeEmpty();
        statements.Count.ShouldBeGreaterThan(LeastStatements);
        foreach (var known in ByHand)
        {
            statements.ShouldContain(statement => statement.Text.Contains(known, StringComparison.Ordinal), known);
        }
    }

    [Fact]
    public async Task Statements_OfEveryStore_FitTheSchema()
    {
        var statements = await SentStatements.AllAsync();
        using var schema = new SqlServerSchema(MigrationScript());
        var callers = statements.ToDictionary(statement => schema.Add(statement.Text, statement.Parameters));

        var problems = schema.Problems();

        output.WriteLine($"{schema.Statements} statements on {schema.Tables} tables");
        problems.Select(problem => callers.Where(caller => problem.Contains(caller.Key, StringComparison.Ordinal))
                .Select(caller => $"{problem}\n{caller.Value.Caller}: {caller.Value.Text}").FirstOrDefault() ?? problem)
            .ShouldBeEmpty();
        schema.Statements.ShouldBe(statements.Count);
        schema.Tables.ShouldBeGreaterThan(40);
    }

    [Theory]
    [InlineData("SELECT [e].[Titel] FROM [Events] AS [e]", "Titel")]
    [InlineData("UPDATE [d] SET [d].[ItemLevel] = N'' FROM [Deliveries] AS [d]", "ItemLevel")]   // a column of another table
    [InlineData("DELETE FROM [Event]", "Event")]
    [InlineData("INSERT INTO [Messages] ([ShortId], [Previev]) SELECT [a], [b] FROM OPENJSON(N'') WITH ([a] int, [b] int)", "Previev")]
    public void Schema_FindsWhatDoesNotFit(string statement, string name)
    {
        using var schema = new SqlServerSchema(MigrationScript());
        schema.Add(statement);

        schema.Problems().ShouldHaveSingleItem().ShouldContain(name);
    }

    [Fact]
    public async Task Schema_WithOneColumnRenamed_FitsNoLonger()
    {
        var statements = await SentStatements.AllAsync();
        using var schema = new SqlServerSchema(MigrationScript().Replace("[MatchReason]", "[Reason]", StringComparison.Ordinal));
        foreach (var statement in statements)
        {
            schema.Add(statement.Text, statement.Parameters);
        }

        schema.Problems().ShouldContain(problem => problem.Contains("MatchReason", StringComparison.Ordinal));
    }

    [Fact]
    public void MigrationScript_UsesNoColumnInTheBatchThatAddsIt() => AddedAndUsed(MigrationScript()).ShouldBeEmpty();

    [Theory]
    [InlineData("ALTER TABLE [T] ADD [New] int; UPDATE [T] SET [New] = 1;", "T")]
    [InlineData("ALTER TABLE [T] ADD [New] int; IF 1 = 1 BEGIN INSERT INTO [U] SELECT [New] FROM [T] END;", "T")]
    [InlineData("ALTER TABLE [T] ADD [New] int;\nGO\nUPDATE [T] SET [New] = 1;", null)]
    [InlineData("ALTER TABLE [T] ADD [New] int; EXEC(N'UPDATE [T] SET [New] = 1');", null)]
    [InlineData("ALTER TABLE [T] ADD [New] int; UPDATE [U] SET [Old] = 1;", null)]
    public void AddedAndUsed_FindsTheTable(string script, string? table) =>
        AddedAndUsed(script).ShouldBe(table is null ? [] : [table]);

    // What tests write below the model.
    [Fact]
    public void Seeds_FitTheSchema()
    {
        using var schema = new SqlServerSchema(MigrationScript());
        schema.Add(PastEventSql.Insert(DatabaseProvider.SqlServer, 100, groups: 3, TimeProvider.System.GetUtcNow()));
        schema.Add(OverviewTests.ManyLanes(DatabaseProvider.SqlServer));

        schema.Problems().ShouldBeEmpty();
        Problems(DatabaseProvider.SqlServer.RenameTable("Events", "Away")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Server_TakesTheMigrationsAndComparesOrdinally()
    {
        Assert.SkipWhen(TestDatabase.SqlServer is null,
            $"{TestDatabase.SqlServerVariable} is not set: no theory of the database runs on SQL Server. Give the connection string of a "
            + "server where databases may be created");
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.SqlServer);
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Database = database });
        await app.AddSlackIntegrationAsync("C0ALERTS01");
        await app.AddSlackIntegrationAsync("C0ALERTs01");
    }

    [Theory]
    [InlineData("SELECT * FROM T WITH (UPDLOCK, READPAST, SKIP)")]
    [InlineData("SELECT 1 LIMIT 1")]
    [InlineData("UPDATE \"T\" SET x = 1 RETURNING x")]
    public void Parser_FindsWhatIsNotOfSqlServer(string statement) => Problems(statement).ShouldNotBeEmpty();

    private static string MigrationScript()
    {
        using var context = new ProviderContextFactory(SentStatements.Options()).CreateDbContext();
        return context.GetService<IMigrator>().GenerateScript();
    }

    // As SqlClient connects: quotes are names.
    private static TSqlFragment Parse(string script, out IList<ParseError> errors) =>
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script), out errors);

    // The server binds a batch before it runs any of it, so a column that the batch adds is unknown there (error 207); what the migrations
    // of an idempotent script do stands in batches of their own, but for what one of them says itself.
    private static IEnumerable<string> AddedAndUsed(string script) =>
        ((TSqlScript)Parse(script, out _)).Batches.SelectMany(batch =>
        {
            var found = new AddedAndUsedTables();
            batch.Accept(found);
            return found.Both;
        });

    private static IEnumerable<string> Problems(string script)
    {
        Parse(script, out var errors);
        return errors.Select(error => $"line {error.Line}, column {error.Column}: {error.Message}");
    }

    private sealed class AddedAndUsedTables : TSqlFragmentVisitor
    {
        private readonly HashSet<string> _added = [];
        private readonly HashSet<string> _used = [];

        public IEnumerable<string> Both => _added.Where(_used.Contains);

        public override void Visit(AlterTableAddTableElementStatement node)
        {
            if (node.Definition.ColumnDefinitions.Count > 0)
            {
                _added.Add(node.SchemaObjectName.BaseIdentifier.Value);
            }
        }

        public override void Visit(NamedTableReference node) => _used.Add(node.SchemaObject.BaseIdentifier.Value);
    }
}
