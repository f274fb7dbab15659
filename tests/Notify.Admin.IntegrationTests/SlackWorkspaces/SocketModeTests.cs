using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;
using Notify.Admin.SlackWorkspaces;
using Notify.Admin.Testing;
using Notify.Sandbox;
using Notify.Sandbox.Faults;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.SlackWorkspaces;

/// <summary>The connection of Socket Mode: one for each workspace, kept whatever Slack or the network does, and paused in sight where Slack
/// refuses it.</summary>
public sealed class SocketModeTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private static readonly Actor Admin = new("u1", "admin@example.test", Roles.Admin, "test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Workspace_WithAnAppLevelToken_IsConnected_AndSaysSo(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var id = await app.AddWorkspaceAsync(appToken: SlackSeeds.AppToken);

        var link = await WaitAsync(app, id, found => found.State == SocketState.Connected);

        app.Sandbox.Slack.Sockets.Open.ShouldHaveSingleItem().AppId.ShouldBe(SlackSeeds.AppId);
        (link.Code, link.Failures).ShouldBe((null, 0));
        (await HealthAsync(app)).ShouldBe(HealthStatus.Healthy);
        (await AttentionAsync(app)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("warning")]
    [InlineData("refresh_requested")]
    public async Task Disconnect_ThatSlackAnnounces_PutsAnotherInItsPlace(string reason)
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var id = await app.AddWorkspaceAsync(appToken: SlackSeeds.AppToken);
        await WaitAsync(app, id, found => found.State == SocketState.Connected);

        await app.Sandbox.Slack.Sockets.DisconnectAsync(reason);

        await Eventually.HoldsAsync(
            () => Task.FromResult(app.Sandbox.Slack.Sockets is { Opened: 2, Open.Count: 1 }), Soon);
        (await WaitAsync(app, id, found => found.State == SocketState.Connected)).Code.ShouldBeNull();
    }

    [Theory, DatabaseData]
    public async Task Cut_IsConnectedAgain(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var id = await app.AddWorkspaceAsync(appToken: SlackSeeds.AppToken);
        await WaitAsync(app, id, found => found.State == SocketState.Connected);

        app.Sandbox.Slack.Sockets.Cut();

        await Eventually.HoldsAsync(
            () => Task.FromResult(app.Sandbox.Slack.Sockets is { Opened: >= 2, Open.Count: 1 }), Soon);
        await WaitAsync(app, id, found => found.State == SocketState.Connected);
    }

    [Theory, DatabaseData]
    public async Task RefusedToken_PausesInSight_UntilAnotherIsEntered(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var id = await app.AddWorkspaceAsync(appToken: SlackSeeds.RevokedAppToken);

        var refused = await WaitAsync(app, id, found => found.State == SocketState.Refused);

        refused.Code.ShouldBe("invalid_auth");
        (await HealthAsync(app)).ShouldBe(HealthStatus.Degraded);
        var attention = (await AttentionAsync(app)).ShouldHaveSingleItem();
        (attention.Code, attention.IsUrgent, attention.Href).ShouldBe(("invalid_auth", true, $"slack/workspaces/{id}"));
        var asked = OpenCalls(app);
        await app.RestartAsync();
        (await WaitAsync(app, id, found => found.State == SocketState.Refused)).LeaseToken.ShouldBeNull();
        OpenCalls(app).ShouldBe(asked, "what was refused is not asked again");

        await SaveAsync(app, id, SlackSeeds.AppToken);

        await WaitAsync(app, id, found => found.State == SocketState.Connected);
        (await HealthAsync(app)).ShouldBe(HealthStatus.Healthy);
        (await AttentionAsync(app)).ShouldBeEmpty();
    }

    [Fact]
    public async Task SocketMode_SwitchedOffAtSlack_Pauses_UntilSomebodyConnectsAgain()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var id = await app.AddWorkspaceAsync(appToken: SlackSeeds.AppToken);
        await WaitAsync(app, id, found => found.State == SocketState.Connected);

        await app.Sandbox.Slack.Sockets.DisconnectAsync("link_disabled");
        (await WaitAsync(app, id, found => found.State == SocketState.Refused)).Code.ShouldBe("link_disabled");
        await app.Services.GetRequiredService<SlackWorkspaceService>().ConnectAgainAsync(id, Admin, Stop);

        await WaitAsync(app, id, found => found.State == SocketState.Connected);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connected_AndAskedToConnectAgain_IsConnectedAnew(bool isByTheSameToken)
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var id = await app.AddWorkspaceAsync(appToken: SlackSeeds.AppToken);
        var before = (await WaitAsync(app, id, found => found.State == SocketState.Connected)).LeaseToken;

        await (isByTheSameToken ? SaveAsync(app, id, SlackSeeds.AppToken)
            : app.Services.GetRequiredService<SlackWorkspaceService>().ConnectAgainAsync(id, Admin, Stop));

        await Eventually.HoldsAsync(async () =>
        {
            Step(app, 5);
            return await app.Services.GetRequiredService<SlackWorkspaceService>().FindSocketAsync(id, Admin, Stop) is
                { State: SocketState.Connected, LeaseToken: { } after } && after != before;
        }, Soon);
        await Eventually.HoldsAsync(() => Task.FromResult(app.Sandbox.Slack.Sockets.Open.Count == 1), Soon);
    }

    [Theory]
    [InlineData("wss://slack.com.example.net/link/?ticket=1")]
    [InlineData("ws://wss-primary.slack.com/link/?ticket=1")]
    public async Task Address_ThatIsNotListed_IsNotConnectedTo(string address)
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        app.Sandbox.Faults.Add(new SandboxFault
        {
            Target = FaultTarget.Slack, Kind = FaultKind.Body, Method = "apps.connections.open", Calls = 0,
            Body = $$"""{"ok":true,"url":"{{address}}"}""",
        });
        var id = await app.AddWorkspaceAsync(appToken: SlackSeeds.AppToken);

        var refused = await WaitAsync(app, id, found => found.State == SocketState.Refused);

        refused.Code.ShouldBe("socket_host_not_listed");
        refused.Detail.ShouldNotBeNull().ShouldNotContain("ticket");
    }

    [Fact]
    public async Task Slack_ThatIsAway_IsTriedAgain()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        app.Sandbox.Faults.Add(new SandboxFault
        {
            Target = FaultTarget.Slack, Kind = FaultKind.Status, Status = 500, Method = "apps.connections.open",
        });
        var id = await app.AddWorkspaceAsync(appToken: SlackSeeds.AppToken);
        (await WaitAsync(app, id, found => found.Failures == 1)).Code.ShouldBe("http_500");

        (await WaitAsync(app, id, found => found.State == SocketState.Connected)).Code.ShouldBeNull();
    }

    [Theory, DatabaseData]
    public async Task Token_Removed_EndsTheConnection(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var id = await app.AddWorkspaceAsync(appToken: SlackSeeds.AppToken);
        await WaitAsync(app, id, found => found.State == SocketState.Connected);

        await app.Services.GetRequiredService<SlackWorkspaceService>().RemoveAppTokenAsync(id, Admin, Stop);
        Step(app, 5);

        await Eventually.HoldsAsync(() => Task.FromResult(app.Sandbox.Slack.Sockets.Open.Count == 0), Soon);
        (await AttentionAsync(app)).ShouldBeEmpty();
        (await HealthAsync(app)).ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task TwoInstances_HoldOneConnection_AndTheOtherTakesOver()
    {
        Assert.SkipWhen(TestDatabase.PostgresServer is null, $"{TestDatabase.PostgresVariable} is not set");
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);
        var settings = new NotifyAdminSettings
        {
            Provider = DatabaseProvider.PostgreSql, Database = database, Sandbox = sandbox, Time = new SteppedTime(),
        };
        await using var one = await NotifyAdminApp.StartAsync(settings);
        await using var two = await NotifyAdminApp.StartAsync(settings);
        var id = await one.AddWorkspaceAsync(appToken: SlackSeeds.AppToken);
        await WaitAsync(two, id, found => found.State == SocketState.Connected);
        var held = (await WaitAsync(two, id, _ => true)).LeaseToken;
        // Several rounds of either one's work: whoever has it keeps it.
        var renewed = (await WaitAsync(two, id, _ => true)).LeaseUntil;
        Step(two, 5);
        await WaitAsync(two, id, found => found.LeaseUntil > renewed);
        sandbox.Slack.Sockets.Opened.ShouldBe(1);
        (await WaitAsync(one, id, _ => true)).LeaseToken.ShouldBe(held);

        // Whichever of them it is, after both have stopped once it was the holder that did.
        await one.RestartAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(sandbox.Slack.Sockets.Open.Count == 1), Soon);
        await two.RestartAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(sandbox.Slack.Sockets.Open.Count == 1), Soon);

        await WaitAsync(one, id, found => found.State == SocketState.Connected);
        sandbox.Slack.Sockets.Opened.ShouldBeInRange(2, 3);
    }

    private static int OpenCalls(NotifyAdminApp app) => app.Sandbox.Calls.All.Count(call => call.Method == "apps.connections.open");

    private static async Task SaveAsync(NotifyAdminApp app, int id, string appToken)
    {
        var service = app.Services.GetRequiredService<SlackWorkspaceService>();
        var stored = await service.FindAsync(id, Admin, Stop);
        (await service.SaveAsync(stored, new SlackWorkspaceFormModel { Name = stored!.Name, AppToken = appToken }, Admin, Stop))
            .ShouldBeOfType<Saved<SlackWorkspaceView>>();
    }

    private static async Task<SocketLink> WaitAsync(NotifyAdminApp app, int id, Func<SocketLink, bool> condition)
    {
        Step(app, 2);
        SocketLink? link = null;
        await Eventually.HoldsAsync(async () =>
        {
            link = await app.Services.GetRequiredService<SlackWorkspaceService>().FindSocketAsync(id, Admin, Stop);
            return link is not null && condition(link);
        }, Soon);
        return link!;
    }

    // Every two seconds what is not connected is looked for, and every five whether what is connected is still to be.
    private static void Step(NotifyAdminApp app, int seconds) =>
        ((SteppedTime)app.Services.GetRequiredService<TimeProvider>()).Advance(TimeSpan.FromSeconds(seconds));

    private static async Task<HealthStatus> HealthAsync(NotifyAdminApp app) =>
        (await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == "slack sockets", Stop)).Status;

    private static async Task<IReadOnlyList<Attention>> AttentionAsync(NotifyAdminApp app) =>
        await app.Services.GetServices<IAttentionSource>().OfType<WorkspaceAttention>().Single().ListAsync(Stop);

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, WithSandbox = true, Time = new SteppedTime() });
}
