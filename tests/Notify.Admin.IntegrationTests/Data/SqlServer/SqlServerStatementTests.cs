using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Notify.Admin.Accounts;
using Notify.Admin.Api;
using Notify.Admin.Audit;
using Notify.Admin.Background;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.DingTalk;
using Notify.Admin.Events;
using Notify.Admin.FunctionAccess;
using Notify.Admin.Mail;
using Notify.Admin.Metrics;
using Notify.Admin.Overview;
using Notify.Admin.RuleBuilder;
using Notify.Admin.Slack;
using Notify.Admin.SlackWorkspaces;
using Notify.Admin.StoredSecrets;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Data.SqlServer;

/// <summary>Every statement for SQL Server, taken from the code that sends it, is one that the oldest supported version can parse. No
/// server is asked: whether locks suffice, and a column is of the table that is meant, only a server shows.</summary>
public sealed class SqlServerStatementTests(ITestOutputHelper output)
{
    // Found at the time of writing: 264. Many fewer mean that something is no longer reached.
    private const int LeastStatements = 240;

    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(3);

    // What each kind of hand-written statement is known by.
    private static readonly string[] ByHand =
    [
        "WITH (UPDLOCK, ROWLOCK, READPAST)", "\"LeaseUntil\" = (DATEDIFF_BIG", "sp_getapplock", "is_read_committed_snapshot_on",
        "AS \"Step\", \"Severity\"", "AS \"Day\"", "AS \"Hour\"",
    ];

    [Fact]
    public void MigrationScript_ParsesForTheOldestVersion()
    {
        using var context = new ProviderContextFactory(Options()).CreateDbContext();
        var script = context.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

        Problems(script).ShouldBeEmpty();
    }

    [Fact]
    public async Task Statements_OfEveryStore_ParseForTheOldestVersion()
    {
        var server = new PretendSqlServer();
        await using var app = Build(server);
        foreach (var hasRows in (bool[])[false, true])
        {
            server.HasRows = hasRows;
            await CallEverythingAsync(app.Services, server);
        }

        output.WriteLine($"{server.Statements.Count} statements");
        server.Statements
            .SelectMany(statement => Problems(statement.Key).Select(problem => $"{statement.Value}: {problem}\n{statement.Key}"))
            .ShouldBeEmpty();
        var (tables, columns) = Names();
        server.Statements.Where(statement => !statement.Key.Contains("sys.", StringComparison.Ordinal))
            .SelectMany(statement => StatementNames.Unknown(Parse(statement.Key, out _), tables, columns)
                .Select(unknown => $"{statement.Value}: {unknown}\n{statement.Key}"))
            .ShouldBeEmpty();
        server.Statements.Count.ShouldBeGreaterThan(LeastStatements);
        foreach (var known in ByHand)
        {
            server.Statements.Keys.ShouldContain(statement => statement.Contains(known, StringComparison.Ordinal), known);
        }
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

    [Theory]
    [InlineData("SELECT [e].[Id] FROM [Events] AS [e]", "")]
    [InlineData("SELECT [e].[Idd] FROM [Events] AS [e]", "column Idd")]
    [InlineData("UPDATE [e] SET [e].[Title] = N'' FROM [Event] AS [e]", "table Event")]
    [InlineData("WITH due AS (SELECT [Id] AS [x] FROM [Events]) SELECT [x] FROM due", "")]
    public void Names_ThatAreNotInTheModel_AreFound(string statement, string unknown)
    {
        var (tables, columns) = Names();
        string.Join(", ", StatementNames.Unknown(Parse(statement, out _), tables, columns)).ShouldBe(unknown);
    }

    // With those that EF keeps for itself.
    private static (HashSet<string> Tables, HashSet<string> Columns) Names()
    {
        using var context = new ProviderContextFactory(Options()).CreateDbContext();
        var tables = context.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables.ToList();
        return (
            [.. tables.Select(table => table.Name), "__EFMigrationsHistory"],
            [.. tables.SelectMany(table => table.Columns.Select(column => column.Name)), "MigrationId", "ProductVersion"]);
    }

    // As SqlClient connects: quotes are names.
    private static TSqlFragment Parse(string script, out IList<ParseError> errors) =>
        new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script), out errors);

    private static IEnumerable<string> Problems(string script)
    {
        Parse(script, out var errors);
        return errors.Select(error => $"line {error.Line}, column {error.Column}: {error.Message}");
    }

    private static DatabaseOptions Options() => new()
    {
        Provider = DatabaseProvider.SqlServer, ConnectionString = "Server=pretended;Database=notify", DataDirectory = Path.GetTempPath(),
    };

    // As Program does, but never started.
    private static WebApplication Build(PretendSqlServer server)
    {
        var builder = WebApplication.CreateBuilder(
            ["--Database:Provider=SqlServer", $"--ConnectionStrings:Notify={Options().ConnectionString}",
            "--hostBuilder:reloadConfigOnChange=false"]);
        builder.Services.AddData(builder.Configuration);
        builder.Services.AddBackground();
        builder.Services.AddStoredSecrets();
        builder.Services.AddAudit();
        builder.Services.AddApi(builder.Configuration);
        builder.Services.AddMetrics(builder.Configuration);
        builder.Services.AddEvents(builder.Configuration);
        builder.Services.AddDeliveries(builder.Configuration);
        builder.Services.AddSlack(builder.Configuration);
        builder.Services.AddSlackWorkspaces();
        builder.Services.AddFunctionAccess(builder.Configuration);
        builder.Services.AddDingTalk(builder.Configuration);
        builder.Services.AddRuleBuilder();
        builder.Services.AddOverview();
        builder.Services.AddMail(builder.Configuration);
        builder.Services.AddAccounts(builder.Configuration);
        builder.Services.AddSingleton(new ProviderContextFactory(Options(), server));
        return builder.Build();
    }

    private static async Task CallEverythingAsync(IServiceProvider services, PretendSqlServer server)
    {
        await using var scope = services.CreateAsyncScope();
        foreach (var type in typeof(NotifyDbContext).Assembly.GetTypes().Where(TouchesTheStore)
            .OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            var isStatic = type is { IsAbstract: true, IsSealed: true };
            var flags = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.Static | (isStatic ? 0 : BindingFlags.Instance);
            foreach (var method in type.GetMethods(flags)
                .Where(m => typeof(Task).IsAssignableFrom(m.ReturnType) && !m.IsGenericMethodDefinition))
            {
                server.Caller = $"{type.Name}.{method.Name}";
                await CallAsync(scope.ServiceProvider, type, method);
            }
        }
    }

    private static async Task CallAsync(IServiceProvider services, Type type, MethodInfo method)
    {
        using var stop = new CancellationTokenSource(LongestCall);
        var factory = services.GetRequiredService<ProviderContextFactory>();
        var madeUp = new MadeUp(services, factory.CreateDbContext, stop.Token);
        try
        {
            var target = method.IsStatic ? null : services.GetService(type) ?? ActivatorUtilities.CreateInstance(services, type);
            var call = (Task)method.Invoke(target, [.. method.GetParameters().Select(p => madeUp.Of(p.ParameterType))])!;
            await call.WaitAsync(LongestCall, CancellationToken.None);
        }
        catch (Exception)
        {
            // Made-up values lead nowhere sooner or later; what was sent until then is what this is about.
        }
    }

    private static bool TouchesTheStore(Type type) =>
        type is { IsClass: true, IsGenericTypeDefinition: false }
        && !type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute))
        && !type.Name.Contains("Sqlite", StringComparison.Ordinal) && !type.Name.Contains("Postgres", StringComparison.Ordinal)
        && type.Namespace != "Notify.Admin.Demo" && type != typeof(Notify.Admin.Data.ChangeFeed)
        && (type.Name.StartsWith("Tracked", StringComparison.Ordinal)
            || type.GetConstructors().SelectMany(c => c.GetParameters())
                .Concat(type.GetMethods(BindingFlags.Public | BindingFlags.Static).SelectMany(m => m.GetParameters()))
                .Any(p => p.ParameterType == typeof(IDbContextFactory<NotifyDbContext>) || p.ParameterType == typeof(PatientContexts)
                    || p.ParameterType == typeof(ProviderContextFactory) || p.ParameterType == typeof(NotifyDbContext)));
}
