using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Notify.Admin.Audit;
using Notify.Admin.Background;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.FunctionAccess;
using Notify.Admin.Slack;
using Notify.Admin.SlackWorkspaces;
using Notify.Admin.Testing;
using Notify.Admin.UnitTests.Shared;
using Notify.Admin.UnitTests.Slack;

namespace Notify.Admin.UnitTests.FunctionAccess;

/// <summary>A page of access lists over its real services and a real store. Nothing works on the runs: what is begun stays
/// begun.</summary>
public abstract class FunctionAccessPageTest : ComponentTest, IAsyncLifetime
{
    /// <summary>The one function that stands in the list, with U1 and U2.</summary>
    protected const string Function = "Fn0REPORT01";

    private TestDatabase _database = null!;

    protected static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        Services.AddSingleton(Over(await _database.MigrateAsync(Stop)));
        Services.AddLogging();
        Services.AddSingleton(new SecretProtector(new EphemeralDataProtectionProvider()));
        Services.AddSingleton(new DatabaseOptions { Provider = DatabaseProvider.Sqlite, ConnectionString = "", DataDirectory = "" });
        Services.AddSingleton(Options.Create(new SlackOptions()));
        Services.AddSingleton<Leases>();
        Services.AddSingleton<WorkRegister>();
        Services.AddSingleton<ChangeFeed>();
        Services.AddSingleton<AuditTrail>();
        Services.AddSingleton(PretendSlack.Answering("""{"ok":false,"error":"invalid_auth"}""").Client());
        Services.AddSingleton<IProductEvents, NoEvents>();
        Services.AddSlackWorkspaces();
        Services.AddFunctionAccess(new ConfigurationBuilder().Build());
        await using var context = await Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        context.SlackWorkspaces.Add(new SlackWorkspace { Id = 1, Name = "Acme", BotToken = Services.GetRequiredService<SecretProtector>()
            .Protect("xoxb-1-abcd") });
        var function = new ManagedFunction
        {
            WorkspaceId = 1, Name = "Create report", Key = Function, FunctionId = Function, CreatedBy = "test",
            Wanted = AccessList.Of(PermissionTypes.NamedEntities, ["U1", "U2"]),
        };
        function.Seen(function.Wanted, Now);
        context.ManagedFunctions.Add(function);
        await context.SaveChangesAsync(Stop);
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What the services reach the store by.</summary>
    private protected virtual IDbContextFactory<NotifyDbContext> Over(IDbContextFactory<NotifyDbContext> contexts) => contexts;

    protected IRenderedComponent<TPage> RenderAs<TPage>(string role, Action<ComponentParameterCollectionBuilder<TPage>>? more = null)
        where TPage : IComponent
    {
        var person = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, "admin@example.test"), new(ClaimTypes.Role, role)],
            "test"));
        return Render<TPage>(parameters =>
        {
            parameters.AddCascadingValue(Task.FromResult(new AuthenticationState(person)));
            more?.Invoke(parameters);
        });
    }

    private sealed class NoEvents : IProductEvents
    {
        public Task<bool> RaiseAsync(ProductEvent raised) => Task.FromResult(true);
    }
}
