using System.Security.Claims;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Audit;
using Notify.Admin.Background;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Admin.UnitTests.Shared;
using Notify.Admin.UnitTests.Slack;

namespace Notify.Admin.UnitTests.ChannelPages;

/// <summary>The page over its real service and a real store.</summary>
public sealed class MaintenancePageTests : ComponentTest, IAsyncLifetime
{
    private static readonly Actor Ann = new("1", "ann@example.test", Roles.Operator, "test");
    private static readonly Actor Bob = new("2", "bob@example.test", Roles.Operator, "test");

    private TestDatabase _database = null!;

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private MaintenanceService Maintenance => Services.GetRequiredService<MaintenanceService>();

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        Services.AddSingleton(await _database.MigrateAsync(Stop));
        Services.AddLogging();
        Services.AddSingleton<WorkRegister>();
        Services.AddSingleton<ChangeFeed>();
        Services.AddSingleton<AuditTrail>();
        Services.AddSingleton<IDeliveryDesk>(new QuietDesk());
        Services.AddSingleton<ChannelDirectory>();
        Services.AddSingleton<MaintenanceStore>();
        Services.AddSingleton<MaintenanceService>();
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Save_ChangedByAnotherMeanwhile_SaysSoKeepsWhatIsTypedAndAsksForAnotherSave()
    {
        var id = await PlanAsync("upgrade");
        var page = Render();
        page.WaitForAssertion(() => Button(page, "Change…").ShouldNotBeNull());
        page.Act(() => Button(page, "Change…")!, e => e.Click());
        page.WaitForAssertion(() => Reason(page).GetAttribute("value").ShouldBe("upgrade"));
        page.Act(() => Reason(page), e => e.Input("ann’s reason"));
        (await Maintenance.ChangeAsync(id, Request("bob’s reason"), Bob, Stop)).Id.ShouldBe(id);

        page.Act(() => Button(page, "Save")!, e => e.Click());

        page.WaitForAssertion(() => page.Find(".field-error").TextContent.ShouldContain("bob@example.test has changed it meanwhile"));
        Reason(page).GetAttribute("value").ShouldBe("ann’s reason");
        (await Maintenance.ListAsync(Ann, Stop)).ShouldHaveSingleItem().Window.Reason.ShouldBe("bob’s reason");

        page.Act(() => Button(page, "Save")!, e => e.Click());
        page.WaitForAssertion(() => Maintenance.ListAsync(Ann, Stop).GetAwaiter().GetResult().ShouldHaveSingleItem().Window.Reason
            .ShouldBe("ann’s reason"));
    }

    [Fact]
    public async Task End_ChangedByAnotherBehindTheQuestion_SaysSoAndEndsNothing()
    {
        var id = await PlanAsync("upgrade");
        var page = Render();
        page.WaitForAssertion(() => Button(page, "End").ShouldNotBeNull());
        page.Act(() => Button(page, "End")!, e => e.Click());
        (await Maintenance.ChangeAsync(id, Request("bob’s reason"), Bob, Stop)).Id.ShouldBe(id);
        page.WaitForAssertion(() => page.Markup.ShouldContain("bob’s reason"));

        page.Act(() => page.FindAll("dialog[role=alertdialog] button")[^1], e => e.Click());

        page.WaitForAssertion(() => page.Markup.ShouldContain("has changed it meanwhile"));
        (await Maintenance.ListAsync(Ann, Stop)).ShouldHaveSingleItem().Window.Reason.ShouldBe("bob’s reason");
    }

    private static IElement Reason(IRenderedComponent<MaintenancePage> page) => page.Find(
        $"#{page.FindAll("dialog label").First(label => label.TextContent == "Reason").GetAttribute("for")}");

    private static IElement? Button(IRenderedComponent<MaintenancePage> page, string words) =>
        page.FindAll("button").FirstOrDefault(button => button.TextContent.Trim() == words);

    private static MaintenanceRequest Request(string reason) => new("prod", Now, Now.AddHours(2), "", reason, default, false);

    private IRenderedComponent<MaintenancePage> Render() => Render<MaintenancePage>(parameters => parameters.AddCascadingValue(
        Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, Ann.UserId!), new(ClaimTypes.Name, Ann.Name), new(ClaimTypes.Role, Roles.Operator)],
            "test"))))));

    private async Task<int> PlanAsync(string reason) => (await Maintenance.AddAsync(Request(reason), Ann, Stop)).Id!.Value;
}
