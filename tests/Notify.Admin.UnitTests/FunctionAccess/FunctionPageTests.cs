using System.Security.Claims;
using Bunit;
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
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.SlackWorkspaces;
using Notify.Admin.Testing;
using Notify.Admin.UnitTests.Shared;
using Notify.Admin.UnitTests.Slack;

namespace Notify.Admin.UnitTests.FunctionAccess;

/// <summary>The page over its real services and a real store.</summary>
public sealed class FunctionPageTests : ComponentTest, IAsyncLifetime
{
    private const string Function = "Fn0REPORT01";

    private TestDatabase _database = null!;

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        Services.AddSingleton(await _database.MigrateAsync(Stop));
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
    }

    [Fact]
    public async Task Page_OfAnotherFunction_ShowsNothingOfTheFirst()
    {
        await using var context = await Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        var id = (await context.ManagedFunctions.SingleAsync(Stop)).Id;
        var person = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, "admin@example.test"),
            new(ClaimTypes.Role, Roles.Viewer)], "test"));
        var page = Render<FunctionPage>(parameters => parameters
            .AddCascadingValue(Task.FromResult(new AuthenticationState(person))).Add(page => page.Id, id + 1));
        page.WaitForAssertion(() => page.FindAll(".access-panes").ShouldBeEmpty());
        page.WaitForAssertion(() => page.FindAll("a[href='slack/functions']").ShouldNotBeEmpty("there is none of that id"));

        page.Render(parameters => parameters.Add(page => page.Id, id));

        page.WaitForAssertion(() => page.FindAll(".access-panes").ShouldNotBeEmpty());
        page.Find("h1").TextContent.ShouldContain("Create report");
    }

    private sealed class NoEvents : IProductEvents
    {
        public Task<bool> RaiseAsync(ProductEvent raised) => Task.FromResult(true);
    }
}
