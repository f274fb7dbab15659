using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Admin.WhereTo;
using Notify.Sandbox;
using Notify.Sandbox.Faults;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.SlackButtons;

/// <summary>Muting one problem on one channel from Slack: what comes of it is counted and not sent, its end is.</summary>
public sealed class MuteTests
{
    private const string Hour = "notify.mute_hour";
    private const string UntilFixed = "notify.mute_until_fixed";
    private const string OperatorId = "U0OPERATOR";
    private const string ViewerId = "U0VIEWER01";

    private static readonly ChannelKey Channel = new(ChannelKind.Slack, 1);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private static readonly Actor Operator = new("u1", "operator@example.test", Roles.Operator, "test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task UntilFixed_HoldsBackAndCounts_AndTheEndIsTold(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var sent = await TellAsync(app, "disk", "open", "one");

        await PressAsync(app, sent, UntilFixed);
        await SkipAsync(app, "disk", "open", "two");
        await SkipAsync(app, "disk", "open", "three");
        var other = await TellAsync(app, "memory", "open", "four");
        var mute = (await ListAsync(app)).ShouldHaveSingleItem();
        (mute.Title, mute.By, mute.UntilFixed, mute.Skipped).ShouldBe(("About disk", "operator@example.test", true, 2));
        var ended = await TellAsync(app, "disk", "resolved", "five");
        await Eventually.HoldsAsync(async () => (await ListAsync(app)).Count == 0, Soon);
        var again = await TellAsync(app, "disk", "open", "six");

        other.Text.ShouldContain("About memory");
        ended.Text.ShouldContain("five");
        again.Text.ShouldContain("six");
        (await app.AuditEntriesAsync()).Count(entry => entry.Action == "problem.mute").ShouldBe(1);
    }

    [Theory, DatabaseData]
    public async Task OneHour_EndsByItself(DatabaseProvider provider)
    {
        var time = new SteppedTime();
        await using var app = await StartAsync(provider, time);
        var sent = await TellAsync(app, "disk", "open", "one");

        await PressAsync(app, sent, Hour);
        await SkipAsync(app, "disk", "open", "two");
        time.Advance(TimeSpan.FromMinutes(61));

        (await TellAsync(app, "disk", "open", "three")).Text.ShouldContain("three");
        (await ListAsync(app)).ShouldBeEmpty();
    }

    [Theory, DatabaseData]
    public async Task Worse_IsToldAllTheSame(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var sent = await TellAsync(app, "disk", "open", "one");
        await PressAsync(app, sent, UntilFixed);

        await SkipAsync(app, "disk", "open", "two");
        (await TellAsync(app, "disk", "open", "three", "critical")).Text.ShouldContain("three");
    }

    [Theory, DatabaseData]
    public async Task End_InTheConsole_LetsTheNextThrough(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var sent = await TellAsync(app, "disk", "open", "one");
        await PressAsync(app, sent, UntilFixed);
        await SkipAsync(app, "disk", "open", "two");
        var mute = (await ListAsync(app)).Single();

        (await Mutes(app).EndAsync(Channel, mute.Id, Operator, Stop)).ShouldBeTrue();
        (await Mutes(app).EndAsync(Channel, mute.Id, Operator, Stop)).ShouldBeFalse();

        await TellAsync(app, "disk", "open", "three");
        (await app.AuditEntriesAsync()).Count(entry => entry.Action == "problem.mute-end").ShouldBe(1);
        (await app.DeliveriesAsync())[1].ShouldSatisfyAllConditions(
            d => d.State.ShouldBe(DeliveryState.Skipped), d => d.Code.ShouldBe(OutcomeCodes.Muted));
    }

    [Theory, DatabaseData]
    public async Task Message_SaysThatItIsMuted_AndThatSomebodyHasEndedThat(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var sent = await TellAsync(app, "disk", "open", "one");

        await PressAsync(app, sent, UntilFixed);
        var changed = await app.Sandbox.WaitForMessageAsync(m => m.IsUpdate, Soon, Stop);
        changed.Id.ShouldBe(sent.Id);
        changed.Text.ShouldContain("Muted by operator@example.test until the problem ends");
        changed.RawBody.ShouldContain(Hour);
        await SettledAsync(app);
        await app.Sandbox.PressAsync(sent.Id!, Hour, OperatorId);
        await app.Sandbox.WaitForMessageAsync(m => m.IsUpdate && Says(m, "Muted by operator@example.test until 20"), Soon, Stop);
        await SettledAsync(app);

        await Mutes(app).EndAsync(Channel, (await ListAsync(app)).Single().Id, Operator, Stop);

        await app.Sandbox.WaitForMessageAsync(m => m.IsUpdate && Says(m, "Muted by operator@example.test · ended 20"), Soon, Stop);
        await SettledAsync(app);
        app.Sandbox.Messages.All.Count(m => m.IsUpdate).ShouldBe(3);
    }

    [Theory, DatabaseData]
    public async Task Message_WhoseChangeFails_SaysSoLater_AlsoByAnotherProcess(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var sent = await TellAsync(app, "disk", "open", "one");
        app.Sandbox.Faults.Add(new SandboxFault
        {
            Target = FaultTarget.Slack, Kind = FaultKind.Status, Status = 500, Method = "chat.update", Calls = 0,
        });
        await PressAsync(app, sent, UntilFixed);
        await Eventually.HoldsAsync(() => Task.FromResult(app.Sandbox.Calls.All.Any(call => call.Method == "chat.update")), Soon);
        await app.StopAsync();
        app.Sandbox.Faults.Clear();

        await app.RestartAsync();

        (await app.Sandbox.WaitForMessageAsync(m => m.IsUpdate, Soon, Stop)).Text.ShouldContain("Muted by operator@example.test");
    }

    [Theory, DatabaseData]
    public async Task Update_AfterTheMute_SaysWhenItHasEnded(DatabaseProvider provider)
    {
        var time = new SteppedTime();
        await using var app = await StartAsync(provider, time);
        await app.EditSlackIntegrationAsync(1, slack => slack.FollowUp = FollowUp.Update);
        var sent = await TellAsync(app, "disk", "open", "one");
        await PressAsync(app, sent, Hour);
        await SkipAsync(app, "disk", "open", "two");
        time.Advance(TimeSpan.FromMinutes(61));

        await PostAsync(app, "disk", "open", "three");

        var changed = await app.Sandbox.WaitForMessageAsync(m => m.IsUpdate && Says(m, "three"), Soon, Stop);
        changed.Id.ShouldBe(sent.Id);
        changed.Text.ShouldContain("Muted by operator@example.test · ended 20");
    }

    [Theory, DatabaseData]
    public async Task Forecasts_NameTheMute_AndTheSimulationDoesNotSend(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var sent = await TellAsync(app, "disk", "open", "one");
        await PressAsync(app, sent, UntilFixed);
        await SkipAsync(app, "disk", "open", "two");

        var where = app.Services.GetRequiredService<WhereToService>();
        var asked = (await where.FindAsync((await app.DeliveriesAsync())[1].EventRowId, Operator, Stop))!;
        var told = (await where.AskAsync(asked, WhereToQuery.Parse(null, null, null), Operator, Stop)).Sent.Items.ShouldHaveSingleItem();
        (told.When.Time, told.When.At, told.When.Muted!.By).ShouldBe((SendingTime.Muted, null, "operator@example.test"));
        var counted = (await app.Services.GetRequiredService<SimulationService>().CompareAsync(
            new SimulatedChange(Channel, _ => true, _ => true, true, null, DeliveryPolicy.Off), 7, TimeZoneInfo.Utc, Operator, Stop))!;
        (counted.Days.Sum(day => day.MatchedNow), counted.Days.Sum(day => day.MessagesNow), counted.MutedNow, counted.MutedThen)
            .ShouldBe((2, 1, 1, 1));
    }

    [Fact]
    public async Task OtherChannels_AreTold()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        await app.AddSlackIntegrationAsync("C0SECOPS01");
        var sent = await TellAsync(app, "disk", "open", "one");
        await PressAsync(app, sent, UntilFixed);

        await PostAsync(app, "disk", "open", "two");

        await app.WaitForDeliveriesAsync(all => all.Count == 4
            && all.Skip(2).Select(d => d.State).Order().SequenceEqual([DeliveryState.Sent, DeliveryState.Skipped]));
    }

    [Fact]
    public async Task Viewer_IsRefused_AndWhatIsToldTwiceIsDoneOnce()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var sent = await TellAsync(app, "disk", "open", "one");

        await app.Sandbox.PressAsync(sent.Id!, Hour, ViewerId);
        (await app.Sandbox.WaitForMessageAsync(m => m.OnlyFor == ViewerId, Soon, Stop)).Text.ShouldContain("role Operator");
        (await ListAsync(app)).ShouldBeEmpty();

        await app.Sandbox.PressAsync(sent.Id!, Hour, OperatorId, times: 2);
        await app.Sandbox.WaitForMessageAsync(m => m.OnlyFor == OperatorId, Soon, Stop);
        (await ListAsync(app)).ShouldHaveSingleItem();
        (await app.AuditEntriesAsync()).Count(entry => entry is { Action: "problem.mute", Result: AuditResult.Done }).ShouldBe(1);
        app.Sandbox.Messages.All.Count(m => m.OnlyFor == OperatorId).ShouldBe(1);
    }

    [Fact]
    public async Task AnEvent_OfNoProblem_CanBeAcknowledgedAlone()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        using var answer = await app.PostEventAsync("com.example.other", new { title = "Alone", severity = "high" }, "one");
        await app.WaitForDeliveriesAsync(all => all.Count == 1 && all[0].State == DeliveryState.Sent);

        app.Sandbox.Messages.All[0].RawBody.ShouldSatisfyAllConditions(
            b => b.ShouldContain("notify.acknowledge"), b => b.ShouldNotContain(Hour));
    }

    private static bool Says(SandboxMessage message, string text) => message.Text.Contains(text, StringComparison.Ordinal);

    // What Slack has said of a change is recorded.
    private static Task SettledAsync(NotifyAdminApp app) => Eventually.HoldsAsync(async () =>
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        return await context.ProblemMutes.AllAsync(mute => mute.IsShown, Stop)
            && await context.ChannelLanes.AllAsync(lane => !lane.HasRevisions, Stop);
    }, Soon);

    private static MuteService Mutes(NotifyAdminApp app) => app.Services.GetRequiredService<MuteService>();

    private static Task<IReadOnlyList<ProblemMute>> ListAsync(NotifyAdminApp app) => Mutes(app).ListAsync(Channel, Operator, Stop);

    private static async Task PressAsync(NotifyAdminApp app, SandboxMessage sent, string button)
    {
        sent.RawBody.ShouldContain(button);
        (await app.Sandbox.PressAsync(sent.Id!, button, OperatorId)).ShouldBe(1);
        await Eventually.HoldsAsync(async () => (await ListAsync(app)).Count == 1, Soon);
    }

    private static async Task<SandboxMessage> TellAsync(
        NotifyAdminApp app, string problem, string state, string id, string severity = "high")
    {
        var before = (await app.DeliveriesAsync()).Count;
        await PostAsync(app, problem, state, id, severity);
        await app.WaitForDeliveriesAsync(all => all.Count > before && all.Skip(before).All(d => d.State == DeliveryState.Sent));
        return app.Sandbox.Messages.All.Last(m => m.WentTo(SlackSeeds.Joined) && m is { OnlyFor: null, IsUpdate: false });
    }

    private static async Task SkipAsync(NotifyAdminApp app, string problem, string state, string id)
    {
        var before = (await app.DeliveriesAsync()).Count;
        await PostAsync(app, problem, state, id);
        await app.WaitForDeliveriesAsync(all => all.Count > before && all.Skip(before).All(d => d.State == DeliveryState.Skipped));
    }

    private static async Task PostAsync(NotifyAdminApp app, string problem, string state, string id, string severity = "high")
    {
        using var answer = await app.PostEventAsync("com.example.alert", new { title = $"About {problem}", problem, state, severity }, id);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<NotifyAdminApp> StartAsync(DatabaseProvider provider, SteppedTime? time = null)
    {
        time ??= new SteppedTime();
        var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Provider = provider,
            WithSandbox = true,
            Time = time,
            Configuration = new Dictionary<string, string> { ["Delivery:SlackPerSecond"] = "0" },
        });
        await app.CreatePersonAsync("operator@example.test", Roles.Operator);
        await app.CreatePersonAsync("viewer@example.test", Roles.Viewer);
        var slack = app.Sandbox.Slack;
        slack.Users.Put(
            new SandboxUser { Id = OperatorId, Name = "operator", RealName = "Olga Operator", Email = "operator@example.test" },
            new SandboxUser { Id = ViewerId, Name = "viewer", RealName = "Vic Viewer", Email = "viewer@example.test" });
        var channel = slack.Channels.Find(SlackSeeds.Joined)!;
        slack.Channels.Put(channel with { Members = [.. channel.Members, OperatorId, ViewerId] });
        await app.AddWorkspaceAsync(appToken: SlackSeeds.AppToken);
        await app.AddSlackIntegrationAsync(SlackSeeds.Joined, s => (s.WorkspaceId, s.Token, s.Buttons) = (1, null, true));
        // Workspaces that are not connected are looked for every two seconds.
        time.Advance(TimeSpan.FromSeconds(2));
        await Eventually.HoldsAsync(() => Task.FromResult(slack.Sockets.Open.Count == 1), Soon);
        return app;
    }
}
