using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Api;
using Notify.Admin.Audit;
using Notify.Admin.Background;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.DingTalk;
using Notify.Admin.Events;
using Notify.Admin.FunctionAccess;
using Notify.Admin.Inhibitions;
using Notify.Admin.Mail;
using Notify.Admin.Metrics;
using Notify.Admin.Overview;
using Notify.Admin.RuleBuilder;
using Notify.Admin.RuleSets;
using Notify.Admin.Slack;
using Notify.Admin.SlackWorkspaces;
using Notify.Admin.Sources;
using Notify.Admin.StoredSecrets;
using Notify.Admin.VendorAccounts;

namespace Notify.Admin.IntegrationTests.Data.SqlServer;

/// <summary>What the product sends to SQL Server: each method that touches the store is called, with values that mean nothing, against a
/// server that is none.</summary>
internal static class SentStatements
{
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(3);

    // Of all classes that ask.
    private static readonly Lazy<Task<PretendSqlServer>> Collected = new(CollectAsync);

    public static async Task<IReadOnlyList<SentStatement>> AllAsync() =>
        [.. (await Collected.Value).Statements.Values.OrderBy(statement => statement.Caller, StringComparer.Ordinal)];

    /// <summary>The types whose methods began a transaction of their own.</summary>
    public static async Task<IReadOnlySet<string>> TransactionsAsync() =>
        (await Collected.Value).Transactions.Select(caller => caller.Split('.')[0]).ToHashSet();

    /// <summary>Calls that the framework would not let begin or go on with a transaction, rather than the made-up values.</summary>
    public static async Task<IReadOnlyList<string>> RefusedAsync() => (await Collected.Value).Refused;

    internal static DatabaseOptions Options() => new()
    {
        Provider = DatabaseProvider.SqlServer, ConnectionString = "Server=pretended;Database=notify", DataDirectory = Path.GetTempPath(),
    };

    private static async Task<PretendSqlServer> CollectAsync()
    {
        var server = new PretendSqlServer();
        await using var app = Build(server);
        foreach (var hasRows in (bool[])[false, true])
        {
            server.HasRows = hasRows;
            await CallEverythingAsync(app.Services, server);
        }

        return server;
    }

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
        builder.Services.AddSources();
        builder.Services.AddVendorAccounts(builder.Configuration);
        builder.Services.AddRuleBuilder();
        builder.Services.AddRuleSets();
        builder.Services.AddInhibitions();
        builder.Services.AddOverview();
        builder.Services.AddMail(builder.Configuration);
        builder.Services.AddAccounts(builder.Configuration);
        builder.Services.AddLocalization();
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
                await CallAsync(scope.ServiceProvider, server, type, method);
            }
        }
    }

    private static async Task CallAsync(IServiceProvider services, PretendSqlServer server, Type type, MethodInfo method)
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
        catch (Exception e)
        {
            if (e.ToString().Contains("user-initiated transactions", StringComparison.Ordinal))
            {
                server.Refused.Add($"{server.Caller}: {e.Message}");
            }

            // Made-up values lead nowhere sooner or later; what was sent until then is what this is about.
        }
    }

    private static bool TouchesTheStore(Type type) =>
        type is { IsClass: true, IsGenericTypeDefinition: false }
        && !type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute))
        && !type.Name.Contains("Sqlite", StringComparison.Ordinal) && !type.Name.Contains("Postgres", StringComparison.Ordinal)
        && type.Namespace != "Notify.Admin.Demo" && type != typeof(Notify.Admin.Data.ChangeFeed)
        && (type.Name.StartsWith("SqlServer", StringComparison.Ordinal)
            || type.GetConstructors().SelectMany(c => c.GetParameters())
                .Concat(type.GetMethods(BindingFlags.Public | BindingFlags.Static).SelectMany(m => m.GetParameters()))
                .Any(p => p.ParameterType == typeof(IDbContextFactory<NotifyDbContext>) || p.ParameterType == typeof(PatientContexts)
                    || p.ParameterType == typeof(ProviderContextFactory) || p.ParameterType == typeof(NotifyDbContext)));
}
