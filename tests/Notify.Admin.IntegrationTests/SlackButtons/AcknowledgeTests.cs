using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Events;
using Notify.Admin.IntegrationTests.Proofs;
using Notify.Admin.Security;
using Notify.Admin.SlackWorkspaces;
using Notify.Admin.Testing;
using Notify.Sandbox;
using Notify.Sandbox.Faults;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.SlackButtons;

/// <summary>Acknowledging in Slack: by whom it may be, once however often Slack tells of it, and shown where it was asked for.</summary>
public sealed class AcknowledgeTests
{
    private const string Button = "notify.acknowledge";
    private const string OperatorId = "U0OPERATOR";
    private const string ViewerId = "U0VIEWER01";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private static readonly Actor Viewer = new("u1", "viewer@example.test", Roles.Viewer, "test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Press_ByAnOperator_IsOnRecord_AndTheMessageSaysSo(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var sent = await TellAsync(app, "disk", "open", "one");
        sent.RawBody.ShouldContain(Button);

        (await app.Sandbox.PressAsync(sent.Id!, Button, OperatorId)).ShouldBe(1);

        var changed = await app.Sandbox.WaitForMessageAsync(m => m.IsUpdate, Soon, Stop);
        changed.Id.ShouldBe(sent.Id);
        changed.Text.ShouldContain("Acknowledged by operator@example.test");
        changed.RawBody.ShouldNotContain(Button);
        var story = await StoryAsync(app, 1);
        story.Row.Acknowledged.ShouldNotBeNull().By.ShouldBe("operator@example.test");
        var list = await app.Services.GetRequiredService<EventService>().ListAsync(new EventFilter(), PageCursor.Newest, 10, Viewer, Stop);
        list.Rows.ShouldHaveSingleItem().Acknowledged.ShouldNotBeNull();
        var entry = (await AuditAsync(app)).ShouldHaveSingleItem();
        (entry.ActorName, entry.Origin, entry.SubjectKind, entry.SubjectId, entry.Result)
            .ShouldBe(("operator@example.test", $"slack {OperatorId}", "event", "1", AuditResult.Done));
        (await app.DeliveriesAsync()).ShouldAllBe(d => d.State == DeliveryState.Sent && d.Attempts == 1);
        // What Slack has said is recorded right after it was sent.
        var channel = new ChannelKey(ChannelKind.Slack, 1);
        await Eventually.HoldsAsync(async () => (await app.AttemptsAsync(channel)).All(a => a.Code is not null), Soon);
        (await app.AttemptsAsync(channel)).Select(a => a.Code).ShouldBe(["ok", "ok"]);
        app.Sandbox.Messages.All.ShouldAllBe(m => m.OnlyFor == null);
    }

    [Theory, DatabaseData]
    public async Task Press_ToldTwice_IsDoneOnce(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var sent = await TellAsync(app, "disk", "open", "one");

        (await app.Sandbox.PressAsync(sent.Id!, Button, OperatorId, times: 2)).ShouldBe(2, "each is acknowledged, or it would come again");
        await app.Sandbox.WaitForMessageAsync(m => m.IsUpdate, Soon, Stop);

        (await AuditAsync(app)).ShouldHaveSingleItem();
        await TellAsync(app, "memory", "open", "two");
        app.Sandbox.Messages.All.Count(m => m.IsUpdate).ShouldBe(1);
        app.Sandbox.Messages.All.ShouldAllBe(m => m.OnlyFor == null);
    }

    [Fact]
    public async Task Press_ThatFails_IsNotAcknowledged_SoThatSlackTellsOfItAgain()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite, services: s => s.AddSingleton<ISocketReceiver, Failing>());
        var sent = await TellAsync(app, "disk", "open", "one");

        (await app.Sandbox.PressAsync(sent.Id!, Button, OperatorId)).ShouldBe(0);
    }

    [Theory, DatabaseData]
    public async Task Press_ToldAgainAfterARestart_IsDoneOnce(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var sent = await TellAsync(app, "disk", "open", "one");
        var shortId = ShortIds.OfDelivery((await app.DeliveriesAsync()).Single().Id);
        await ReceiveAsync(app, sent.Id!, shortId, OperatorId);
        await app.Sandbox.WaitForMessageAsync(m => m.IsUpdate, Soon, Stop);
        await app.RestartAsync();

        await ReceiveAsync(app, sent.Id!, shortId, OperatorId);

        (await AuditAsync(app)).ShouldHaveSingleItem();
        app.Sandbox.Messages.All.Count.ShouldBe(2, "nobody is told what was done before");
    }

    [Theory]
    [InlineData(ViewerId, "takes the role Operator")]
    [InlineData("U0PERSON05", "Nobody in Notify.Admin has your email address (emma.fischer@example.com)")]
    [InlineData("U0UNCONFIR", "not confirmed")]
    [InlineData("U0LABS0001", "Only people of this Slack workspace")]
    [InlineData("U0DISABLED", "Nobody in Notify.Admin has your email address")]
    public async Task Press_ByWhoMayNot_IsRefused_AndOnlyThatPersonIsTold(string userId, string expected)
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var sent = await TellAsync(app, "disk", "open", "one");

        (await app.Sandbox.PressAsync(sent.Id!, Button, userId)).ShouldBe(1);

        var told = await app.Sandbox.WaitForMessageAsync(m => m.OnlyFor is not null, Soon, Stop);
        told.OnlyFor.ShouldBe(userId);
        told.Text.ShouldContain(expected);
        (await StoryAsync(app, 1)).Row.Acknowledged.ShouldBeNull();
        app.Sandbox.Messages.All.ShouldAllBe(m => !m.IsUpdate);
        (await AuditAsync(app)).ShouldHaveSingleItem().Result.ShouldBe(AuditResult.Refused);
    }

    [Fact]
    public async Task Press_WithoutTheScope_SaysWhichIsMissing()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var sent = await TellAsync(app, "disk", "open", "one");
        var bot = app.Sandbox.Slack.Tokens.Find(SlackSeeds.BotToken)!;
        app.Sandbox.Slack.Tokens.Put(bot with { Scopes = [.. bot.Scopes.Where(scope => scope != "users:read.email")] });

        await app.Sandbox.PressAsync(sent.Id!, Button, OperatorId);

        (await app.Sandbox.WaitForMessageAsync(m => m.OnlyFor is not null, Soon, Stop)).Text.ShouldContain("users:read.email");
    }

    [Fact]
    public async Task Press_OfWhatTheChannelHasNotSent_DoesNothing()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var other = await AddIntegrationAsync(app, "C0SECOPS01", buttons: true);
        var sent = await TellAsync(app, "disk", "open", "one");
        var elsewhere = app.Sandbox.Messages.All.Single(m => m.WentTo("C0SECOPS01"));
        await app.EditSlackIntegrationAsync(other, s => s.Buttons = false);

        // Another message's time, another channel's delivery, no delivery at all; and a channel whose buttons are switched off.
        await ReceiveAsync(app, "1.000001", "D-1", OperatorId);
        await ReceiveAsync(app, sent.Id!, elsewhere.RawBody.Contains("\"D-1\"", StringComparison.Ordinal) ? "D-1" : "D-2", OperatorId);
        await ReceiveAsync(app, sent.Id!, "'; DROP TABLE", OperatorId, at: "1700000000.000002");
        await ReceiveAsync(app, elsewhere.Id!, "D-2", OperatorId, channel: "C0SECOPS01");

        (await AuditAsync(app)).ShouldBeEmpty();
        app.Sandbox.Messages.All.Where(m => m.OnlyFor is not null).Select(m => m.Text.Contains("not on record", StringComparison.Ordinal))
            .ShouldBe([true, true, true, false]);
    }

    [Theory, DatabaseData]
    public async Task Acknowledged_StaysSoWhileTheProblemLasts_AndIsGoneWhenItComesBack(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider, FollowUp.Update);
        var first = await TellAsync(app, "disk", "open", "one");
        await app.Sandbox.PressAsync(first.Id!, Button, OperatorId);
        await app.Sandbox.WaitForMessageAsync(m => m.IsUpdate, Soon, Stop);

        var later = await TellAsync(app, "disk", "open", "two");
        later.ShouldSatisfyAllConditions(
            m => m.IsUpdate.ShouldBeTrue(), m => m.Text.ShouldContain("Acknowledged by operator@example.test"),
            m => m.RawBody.ShouldNotContain(Button));
        (await StoryAsync(app, 2)).Row.Acknowledged.ShouldNotBeNull();
        var ended = await TellAsync(app, "disk", "resolved", "three");
        ended.Text.ShouldContain("Acknowledged by");
        var again = await TellAsync(app, "disk", "open", "four");

        again.ShouldSatisfyAllConditions(
            m => m.IsUpdate.ShouldBeFalse(), m => m.Text.ShouldNotContain("Acknowledged by"), m => m.RawBody.ShouldContain(Button));
        (await StoryAsync(app, 4)).Row.Acknowledged.ShouldBeNull();
    }

    [Theory, DatabaseData]
    public async Task Press_InOneChannel_ShowsInTheOthersThatWereToldOfIt(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        await AddIntegrationAsync(app, "C0SECOPS01", buttons: true);
        await AddIntegrationAsync(app, "C0INCIDENT", buttons: false);
        await PostAsync(app, "disk", "open", "one");
        await app.WaitForDeliveriesAsync(all => all.Count == 3 && all.All(d => d.State == DeliveryState.Sent));
        var sent = app.Sandbox.Messages.All.Single(m => m.WentTo(SlackSeeds.Joined));

        await app.Sandbox.PressAsync(sent.Id!, Button, OperatorId);

        var changed = await app.Sandbox.WaitForMessagesAsync(2, Soon, m => m.IsUpdate, Stop);
        changed.Select(m => m.Destination).Order().ShouldBe([SlackSeeds.Joined, "C0SECOPS01"]);
        await Eventually.HoldsAsync(async () => await CountAsync(app, unshown: true) == 0, Soon);
        (await CountAsync(app, unshown: false)).ShouldBe(3);
        app.Sandbox.Messages.All.Single(m => m.WentTo("C0INCIDENT")).RawBody.ShouldNotContain("action_id");
    }

    [Theory, DatabaseData]
    public async Task Message_WhoseChangeFails_IsChangedLater_AlsoByAnotherProcess(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var sent = await TellAsync(app, "disk", "open", "one");
        var fault = app.Sandbox.Faults.Add(new SandboxFault
        {
            Target = FaultTarget.Slack, Kind = FaultKind.Status, Status = 500, Method = "chat.update", Calls = 0,
        });
        await app.Sandbox.PressAsync(sent.Id!, Button, OperatorId);
        await Eventually.HoldsAsync(
            () => Task.FromResult(app.Sandbox.Calls.All.Any(call => call.Method == "chat.update")), Soon);
        await app.StopAsync();
        app.Sandbox.Faults.Clear();

        await app.RestartAsync();

        (await app.Sandbox.WaitForMessageAsync(m => m.IsUpdate, Soon, Stop)).Text.ShouldContain("Acknowledged by");
        fault.ShouldNotBeNull();
    }

    [Fact]
    public async Task Message_ThatIsDeletedAtSlack_StaysAcknowledgedHere()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var sent = await TellAsync(app, "disk", "open", "one");
        app.Sandbox.Faults.Add(new SandboxFault
        {
            Target = FaultTarget.Slack, Kind = FaultKind.ErrorCode, ErrorCode = "message_not_found", Method = "chat.update",
        });

        await app.Sandbox.PressAsync(sent.Id!, Button, OperatorId);

        await Eventually.HoldsAsync(async () => (await StoryAsync(app, 1)).Row.Acknowledged is not null
            && await CountAsync(app, unshown: true) == 0, Soon);
        await TellAsync(app, "memory", "open", "two");
        app.Sandbox.Calls.All.Count(call => call.Method == "chat.update").ShouldBe(1);
    }

    [Fact]
    public async Task Buttons_WithoutSocketMode_AreNotThere()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        await app.Services.GetRequiredService<SlackWorkspaceService>().RemoveAppTokenAsync(
            1, new Actor(null, "admin", Roles.Admin, "test"), Stop);

        (await TellAsync(app, "disk", "open", "one")).RawBody.ShouldNotContain("action_id");
    }

    [Fact]
    public async Task Buttons_OfAnEnd_AreNotThere()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);

        (await TellAsync(app, "disk", "resolved", "one")).RawBody.ShouldNotContain("action_id");
    }

    private static async Task<SandboxMessage> TellAsync(NotifyAdminApp app, string problem, string state, string id)
    {
        var before = (await app.DeliveriesAsync()).Count;
        await PostAsync(app, problem, state, id);
        await app.WaitForDeliveriesAsync(all => all.Count > before && all.Skip(before).All(d => d.State == DeliveryState.Sent));
        return app.Sandbox.Messages.All.Last(m => m.WentTo(SlackSeeds.Joined) && m.OnlyFor is null);
    }

    private static async Task PostAsync(NotifyAdminApp app, string problem, string state, string id)
    {
        using var answer = await app.PostEventAsync(
            "com.example.alert", new { title = $"About {problem}", problem, state, severity = "high" }, id);
        answer.EnsureSuccessStatusCode();
    }

    private static Task ReceiveAsync(NotifyAdminApp app, string ts, string value, string userId, string channel = SlackSeeds.Joined,
        string at = "1700000000.000001") =>
        app.Services.GetServices<ISocketReceiver>().First().ReceiveAsync(1, JsonSerializer.SerializeToElement(new
        {
            type = "block_actions",
            user = new { id = userId, team_id = SlackSeeds.TeamId },
            container = new { type = "message", message_ts = ts, channel_id = channel },
            actions = new[] { new { action_id = Button, value, action_ts = at, type = "button" } },
        }), Stop);

    // The first event is the first that was told.
    private static async Task<EventStory> StoryAsync(NotifyAdminApp app, int number)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        var rowId = await context.Events.OrderBy(e => e.Id).Skip(number - 1).Select(e => e.Id).FirstAsync(Stop);
        return (await app.Services.GetRequiredService<EventService>().FindAsync(rowId, Viewer, Stop)).ShouldNotBeNull();
    }

    private static async Task<IReadOnlyList<AuditEntry>> AuditAsync(NotifyAdminApp app)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        return await context.AuditEntries.AsNoTracking().Where(entry => entry.Action == "event.acknowledge").ToListAsync(Stop);
    }

    private static async Task<int> CountAsync(NotifyAdminApp app, bool unshown)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        return await context.Acknowledgements.CountAsync(a => !unshown || !a.IsShown, Stop);
    }

    private static Task<int> AddIntegrationAsync(
        NotifyAdminApp app, string channelId, bool buttons, FollowUp followUp = FollowUp.NewMessage) =>
        app.AddSlackIntegrationAsync(channelId, s =>
            (s.WorkspaceId, s.Token, s.Buttons, s.FollowUp) = (1, null, buttons, followUp));

    private static async Task<NotifyAdminApp> StartAsync(
        DatabaseProvider provider, FollowUp followUp = FollowUp.NewMessage, Action<IServiceCollection>? services = null)
    {
        var time = new SteppedTime();
        var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Provider = provider,
            WithSandbox = true,
            Time = time,
            Services = services,
            Configuration = new Dictionary<string, string> { ["Delivery:SlackPerSecond"] = "0" },
        });
        await app.SessionCookieAsync(Roles.Operator);
        await app.SessionCookieAsync(Roles.Viewer);
        var disabled = await app.CreatePersonAsync("disabled@example.test", Roles.Operator);
        (await app.Services.GetRequiredService<PeopleService>()
            .SetDisabledAsync(disabled, true, await app.AdminActorAsync(), Stop)).IsDone.ShouldBeTrue();
        var slack = app.Sandbox.Slack;
        slack.Users.Put(
            new SandboxUser { Id = OperatorId, Name = "operator", RealName = "Olga Operator", Email = "Operator@Example.test" },
            new SandboxUser { Id = ViewerId, Name = "viewer", RealName = "Vic Viewer", Email = "viewer@example.test" },
            new SandboxUser { Id = "U0DISABLED", Name = "disabled", RealName = "Dan Disabled", Email = "disabled@example.test" },
            new SandboxUser
            {
                Id = "U0UNCONFIR", Name = "unconfirmed", RealName = "Una", Email = "operator@example.test", IsEmailConfirmed = false,
            });
        string[] pressing = [OperatorId, ViewerId, "U0DISABLED", "U0UNCONFIR", "U0PERSON05", "U0LABS0001"];
        foreach (var id in new[] { SlackSeeds.Joined, "C0SECOPS01" })
        {
            var channel = slack.Channels.Find(id)!;
            slack.Channels.Put(channel with { Members = [.. channel.Members, .. pressing] });
        }

        await app.AddWorkspaceAsync(appToken: SlackSeeds.AppToken);
        await AddIntegrationAsync(app, SlackSeeds.Joined, buttons: true, followUp);
        // Workspaces that are not connected are looked for every two seconds.
        time.Advance(TimeSpan.FromSeconds(2));
        await Eventually.HoldsAsync(() => Task.FromResult(slack.Sockets.Open.Count == 1), Soon);
        return app;
    }

    private sealed class Failing : ISocketReceiver
    {
        public Task ReceiveAsync(int workspaceId, JsonElement payload, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("The store is away.");
    }
}
