using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.SlackWorkspaces;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.SlackWorkspaces;

/// <summary>Slack integrations that post with a workspace's token.</summary>
public class WorkspaceIntegrationTests
{
    private static readonly Actor Admin = new(null, "admin@example.test", Roles.Admin, "test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Delivery_WithAWorkspace_PostsWithItsToken(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var workspace = await app.AddWorkspaceAsync();
        await AddAsync(app, new SlackIntegrationFormModel { Name = "alerts", ChannelId = "C0ALERTS01", WorkspaceId = workspace,
            SlackNotify = true });

        await app.PostEventAsync("scan.stopped", new { scanId = "1" });
        await app.WaitForDeliveriesAsync(all => all.Count == 1 && all[0].State == DeliveryState.Sent);

        var listed = (await Integrations(app).ListAsync(new ChannelListQuery("sandbox"), Admin, Stop)).Items.ShouldHaveSingleItem();
        (listed.Workspace!.Name, listed.Integration.HasOwnToken).ShouldBe(("Sandbox", false));
    }

    [Theory, DatabaseData]
    public async Task Delivery_WorkspaceGetsAnotherToken_ReleasesWhatIsHeld(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var workspace = await app.AddWorkspaceAsync(botToken: "xoxb-sandbox-readonly-token");
        await AddAsync(app, new SlackIntegrationFormModel { Name = "alerts", ChannelId = "C0ALERTS01", WorkspaceId = workspace,
            SlackNotify = true });
        await app.PostEventAsync("scan.stopped", new { scanId = "1" });
        await app.WaitForDeliveriesAsync(all => all.Count == 1 && all[0].State == DeliveryState.Held);

        var workspaces = app.Services.GetRequiredService<SlackWorkspaceService>();
        var saved = await workspaces.SaveAsync(
            await workspaces.FindAsync(workspace, Admin, Stop),
            new SlackWorkspaceFormModel { Name = "Sandbox", BotToken = TestChannels.SandboxToken }, Admin, Stop);

        saved.ShouldBeOfType<Saved<SlackWorkspaceView>>();
        await app.WaitForDeliveriesAsync(all => all[0].State == DeliveryState.Sent);
    }

    [Theory, DatabaseData]
    public async Task UpdateSlack_TokenSent_ReplacesTheWorkspace(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var workspace = await app.AddWorkspaceAsync();
        var linked = await AddAsync(app,
            new SlackIntegrationFormModel { Name = "alerts", ChannelId = "C0ALERTS01", WorkspaceId = workspace });

        using var answer = await app.CreateClient().PostAsJsonAsync(
            "api/UpdateSlack", new { apiKey = NotifyAdminSettings.ApiKey, channelId = "C0ALERTS01",
            slackToken = "xoxb-sent-by-a-script-9876" }, Stop);

        answer.EnsureSuccessStatusCode();
        var now = (await Integrations(app).FindAsync(linked.Id, Admin, Stop))!;
        (now.Values.WorkspaceId, now.TokenLastFour).ShouldBe((null, "9876"));
    }

    [Fact]
    public async Task Save_BetweenWorkspaceAndOwnToken_NeverKeepsTheOther()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var workspace = await app.AddWorkspaceAsync();
        var own = await AddAsync(app,
            new SlackIntegrationFormModel { Name = "alerts", ChannelId = "C0ALERTS01", Token = "xoxb-own-token-1234" });
        var toWorkspace = own.Values.Copy();
        toWorkspace.ChooseWorkspace(workspace);

        var linked = (await Integrations(app).SaveAsync(own, toWorkspace, Admin, Stop))
            .ShouldBeOfType<Saved<SlackIntegrationView>>().Stored;
        var back = linked.Values.Copy();
        back.ChooseWorkspace(null);
        var without = await Integrations(app).SaveAsync(linked, back, Admin, Stop);
        back.WorkspaceId = workspace + 7;
        var gone = await Integrations(app).SaveAsync(linked, back, Admin, Stop);

        (linked.Values.WorkspaceId, linked.HasOwnToken).ShouldBe((workspace, false));
        without.ShouldBeOfType<Invalid<SlackIntegrationView>>().Refusals.ShouldHaveSingleItem().Field.ShouldBe("Token");
        gone.ShouldBeOfType<Invalid<SlackIntegrationView>>().Refusals.ShouldHaveSingleItem().TextKey.ShouldBe("Form.Workspace.Gone");
    }

    [Fact]
    public async Task Draft_WithAnotherWorkspace_NeverUsesTheStoredToken()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var refused = await app.AddWorkspaceAsync("Read only", "xoxb-sandbox-readonly-token", configToken: null);
        var stored = await AddAsync(app,
            new SlackIntegrationFormModel { Name = "alerts", ChannelId = "C0ALERTS01", Token = TestChannels.SandboxToken });
        var draft = stored.Values.Copy();
        draft.ChooseWorkspace(refused);

        var verdict = await app.Services.GetRequiredService<SlackTestService>().SendDraftAsync(
            stored, draft, TestChoice.Newest, Admin, Stop);
        var channels = await app.Services.GetRequiredService<SlackChannelDirectory>()
            .ListAsync(stored.Id, refused, null, more: false, Admin, Stop);

        verdict!.Outcome.Result!.Code.ShouldBe("missing_scope");
        channels!.Items.ShouldNotContain(channel => channel.Name == "incidents", "the workspace's token sees no private channels");
    }

    [Theory]
    [InlineData("xoxb-sandbox-readonly-token", null)]
    [InlineData(TestChannels.SandboxToken, true)]
    public async Task ReplacedBotToken_TestsOfItsIntegrations_AreForgotten(string token, bool? accepted)
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var id = await app.AddWorkspaceAsync(configToken: null);
        var linked = await AddAsync(app, new SlackIntegrationFormModel { Name = "alerts", ChannelId = "C0ALERTS01", WorkspaceId = id });
        await app.Services.GetRequiredService<SlackTestService>().SendAsync(linked.Id, TestChoice.Newest, Admin, Stop);
        var workspaces = app.Services.GetRequiredService<SlackWorkspaceService>();
        var stored = (await workspaces.FindAsync(id, Admin, Stop))!;

        await workspaces.SaveAsync(stored, new SlackWorkspaceFormModel { Name = stored.Name, BotToken = token }, Admin, Stop);

        var standing = await app.Services.GetRequiredService<IDeliveryDesk>()
            .FindStandingAsync(new ChannelKey(ChannelKind.Slack, linked.Id), Admin, Stop);
        standing.Health!.LastTestAccepted.ShouldBe(accepted);
    }

    private static SlackIntegrationService Integrations(NotifyAdminApp app) => app.Services.GetRequiredService<SlackIntegrationService>();

    private static async Task<SlackIntegrationView> AddAsync(NotifyAdminApp app, SlackIntegrationFormModel model) =>
        (await Integrations(app).SaveAsync(null, model, Admin, Stop)).ShouldBeOfType<Saved<SlackIntegrationView>>().Stored;

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, WithSandbox = true });
}
