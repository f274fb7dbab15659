using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Notify.Admin.Audit;
using Notify.Admin.Background;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.SlackWorkspaces;
using Notify.Admin.Testing;
using Notify.Admin.UnitTests.Shared;
using Notify.Admin.UnitTests.Slack;

namespace Notify.Admin.UnitTests.SlackWorkspaces;

/// <summary>The form over its real service and a real store; only Slack is pretended.</summary>
public sealed class SlackWorkspaceFormTests : ComponentTest, IAsyncLifetime
{
    private const string Token = "xoxb-canary-secret-token-wxyz";
    private static readonly Actor Admin = new("1", "admin@example.test", Roles.Admin, "test");

    private readonly List<string> _answers = [];
    private PretendSlack _slack = null!;
    private TestDatabase _database = null!;

    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    private SlackWorkspaceService Workspaces => Services.GetRequiredService<SlackWorkspaceService>();

    public async ValueTask InitializeAsync()
    {
        _answers.Add("""{"ok":true,"team":"Acme","team_id":"T0ACME","user":"notify","user_id":"U0BOT","bot_id":"B0BOT","url":"https://acme.slack.com/"}""");
        _slack = new PretendSlack((_, _) =>
            Task.FromResult(new HttpResponseMessage { Content = new StringContent(_answers[^1], System.Text.Encoding.UTF8,
            "application/json") }));
        _database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        Services.AddSingleton(await _database.MigrateAsync(Stop));
        Services.AddLogging();
        Services.AddSingleton(new SecretProtector(new EphemeralDataProtectionProvider()));
        Services.AddSingleton(new DatabaseOptions { Provider = DatabaseProvider.Sqlite, ConnectionString = "", DataDirectory = "" });
        Services.AddSingleton(Options.Create(new SlackOptions()));
        Services.AddSingleton<Leases>();
        Services.AddSingleton<WorkRegister>();
        Services.AddSingleton<ChangeFeed>();
        Services.AddSingleton<FormDraftService>();
        Services.AddSingleton<ProvisionedMarks>();
        Services.AddSingleton<AuditTrail>();
        Services.AddSingleton(_slack.Client());
        Services.AddSingleton<SlackIntegrationStore>();
        Services.AddSingleton<IDeliveryDesk>(new QuietDesk());
        Services.AddSlackWorkspaces();
        // The trail has tests of its own.
        ComponentFactories.AddStub<SubjectChanges>();
    }

    public new async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public void Submit_NothingButAName_RefusesOnTheTokenAndAsksNobody()
    {
        var form = Render(Admin);
        form.Act(() => Labelled(form, "Name"), e => e.Input("Acme"));

        form.Act(() => form.Find("form"), e => e.Submit());

        form.WaitForAssertion(() => ErrorOf(form, "Bot token").ShouldBe("Enter the bot token of your Slack app."));
        _slack.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void Input_TokenOfAnotherKind_IsSaidBeforeSaving()
    {
        var form = Render(Admin);

        form.Act(() => Labelled(form, "Bot token"), e => e.Input("xapp-1-abc"));

        form.Markup.ShouldContain("This looks like an app-level token");
    }

    [Fact]
    public async Task Submit_Complete_AsksSlackAndLeadsToTheWorkspace()
    {
        var form = Render(Admin);
        form.Act(() => Labelled(form, "Name"), e => e.Input("Acme"));
        form.Act(() => Labelled(form, "Bot token"), e => e.Input(Token));

        form.Act(() => form.Find("form"), e => e.Submit());

        form.WaitForAssertion(() => Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("slack/workspaces/1?added=1"));
        var stored = (await Workspaces.FindAsync(1, Admin, Stop))!;
        (stored.Name, stored.BotTokenLastFour).ShouldBe(("Acme", "wxyz"));
        _slack.Requests.ShouldHaveSingleItem().Url.ShouldEndWith("/auth.test");
    }

    [Fact]
    public async Task Submit_SlackRefuses_SaysWhyOnTheFieldAndStoresNothing()
    {
        _answers.Add("""{"ok":false,"error":"token_revoked"}""");
        var form = Render(Admin);
        form.Act(() => Labelled(form, "Name"), e => e.Input("Acme"));
        form.Act(() => Labelled(form, "Bot token"), e => e.Input(Token));

        form.Act(() => form.Find("form"), e => e.Submit());

        form.WaitForAssertion(() => ErrorOf(form, "Bot token").ShouldNotBeNull().ShouldContain("token_revoked"));
        (await Workspaces.ListAsync(Admin, Stop)).ShouldBeEmpty();
        Labelled(form, "Name").GetAttribute("value").ShouldBe("Acme");
    }

    [Fact]
    public async Task Render_Stored_NeverShowsTheTokenAndKeepsItWhenSaved()
    {
        await AddAsync();
        var form = Render(Admin, 1);
        form.Markup.ShouldNotContain(Token);
        form.Find(".secret-tail").TextContent.ShouldBe("…wxyz");

        form.Act(() => Labelled(form, "Name"), e => e.Input("Acme EU"));
        form.Act(() => form.Find("form"), e => e.Submit());

        form.WaitForAssertion(() => form.Markup.ShouldContain("Changes saved"));
        var stored = (await Workspaces.FindAsync(1, Admin, Stop))!;
        (stored.Name, stored.BotTokenLastFour).ShouldBe(("Acme EU", "wxyz"));
    }

    [Fact]
    public async Task Submit_SavedByAnotherMeanwhile_ShowsBothNames()
    {
        await AddAsync();
        var form = Render(Admin, 1);
        form.Act(() => Labelled(form, "Name"), e => e.Input("mine"));
        await Workspaces.SaveAsync(await Workspaces.FindAsync(1, Admin, Stop), new SlackWorkspaceFormModel { Name = "theirs" },
            Admin with { Name = "other@example.test" }, Stop);

        form.Act(() => form.Find("form"), e => e.Submit());

        var panel = form.WaitForElement(".conflict");
        panel.TextContent.ShouldContain("theirs");
        panel.TextContent.ShouldContain("mine");
        (await Workspaces.FindAsync(1, Admin, Stop))!.Name.ShouldBe("theirs");
    }

    [Fact]
    public async Task Render_Viewer_CanChangeNothing()
    {
        await AddAsync();

        var form = Render(Admin with { Role = Roles.Viewer }, 1);

        form.Find("fieldset").HasAttribute("disabled").ShouldBeTrue();
        form.FindAll(".save-bar").ShouldBeEmpty();
        form.FindAll("button").ShouldNotContain(button => button.TextContent.Contains("Delete"));
    }

    private static IElement Labelled(IRenderedComponent<SlackWorkspaceForm> form, string label) =>
        form.Find($"#{form.FindAll("fieldset label").First(l => l.TextContent == label).GetAttribute("for")}");

    private static string? ErrorOf(IRenderedComponent<SlackWorkspaceForm> form, string label) =>
        form.FindAll(".field").First(field => field.QuerySelector("label, .field-label > span")!.TextContent == label)
            .QuerySelector(".field-error")?.TextContent.Trim();

    private IRenderedComponent<SlackWorkspaceForm> Render(Actor actor, int? id = null) =>
        Render<SlackWorkspaceForm>(parameters => parameters.Add(form => form.Actor, actor).Add(form => form.Id, id));

    private async Task AddAsync() =>
        (await Workspaces.SaveAsync(null, new SlackWorkspaceFormModel { Name = "Acme", BotToken = Token }, Admin, Stop))
            .ShouldBeOfType<Saved<SlackWorkspaceView>>();
}
