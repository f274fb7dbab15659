using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
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

/// <summary>The page over its real services and a real store, whose answers wait for the test.</summary>
public sealed class BulkPageTests : ComponentTest, IAsyncLifetime
{
    private const string Function = "Fn0REPORT01";

    private TestDatabase _database = null!;
    private WaitingContexts _contexts = null!;

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        _contexts = new WaitingContexts(await _database.MigrateAsync(Stop));
        Services.AddSingleton<IDbContextFactory<NotifyDbContext>>(_contexts);
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
        ComponentFactories.AddStub<PeoplePicker>();
        ComponentFactories.AddStub<BulkChange>();
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
    public async Task Plan_OfAPerson_ThatComesAfterAnotherTabWasChosen_IsNotShownThere()
    {
        var person = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, "admin@example.test"),
            new(ClaimTypes.Role, Roles.Admin)], "test"));
        var page = Render<BulkPage>(parameters => parameters.AddCascadingValue(Task.FromResult(new AuthenticationState(person))));
        page.WaitForAssertion(() => page.FindComponents<Stub<PeoplePicker>>().ShouldNotBeEmpty());
        var gate = new TaskCompletionSource();
        _contexts.Gate = gate.Task;

        var planning = PickAsync(page, "U3");
        page.Act(() => page.FindAll("[role=tab]")[1], tab => tab.Click());
        gate.SetResult();
        await planning;

        page.FindComponents<Stub<BulkChange>>().ShouldBeEmpty();
        await PickAsync(page, "U1");
        page.FindComponents<Stub<BulkChange>>().Count.ShouldBe(1);
    }

    private static Task PickAsync(IRenderedComponent<BulkPage> page, string id) => page.InvokeAsync(() =>
        page.FindComponent<Stub<PeoplePicker>>().Instance.Parameters.Get(picker => picker.OnPicked)
            .InvokeAsync(new AccessUser(id, "ann", "ann@example.test")));

    private sealed class NoEvents : IProductEvents
    {
        public Task<bool> RaiseAsync(ProductEvent raised) => Task.FromResult(true);
    }

    private sealed class WaitingContexts(IDbContextFactory<NotifyDbContext> inner) : IDbContextFactory<NotifyDbContext>
    {
        public Task Gate { get; set; } = Task.CompletedTask;

        public NotifyDbContext CreateDbContext() => inner.CreateDbContext();

        public async Task<NotifyDbContext> CreateDbContextAsync(CancellationToken cancellationToken)
        {
            await Gate;
            return await inner.CreateDbContextAsync(CancellationToken.None);
        }
    }
}
