using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Audit;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.Testing;
using Notify.Sandbox.Faults;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Slack;

/// <summary>Send test, the channel picker and Join channel, from the service to the sandbox and into the record.</summary>
public class SlackTestServiceTests(SlackTestServiceTests.SandboxedApp shared) : IClassFixture<SlackTestServiceTests.SandboxedApp>
{
    private static readonly Actor Admin = new(null, "admin@example.test", Roles.Admin, "test");
    private static readonly Actor Operator = Admin with { Role = Roles.Operator };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Send_Saved_IsDeliveredAndOnRecord(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var id = await app.AddSlackIntegrationAsync("C0ALERTS01");

        var verdict = (await Tests(app).SendAsync(id, TestChoice.Newest, Operator, Stop))!;

        var result = verdict.Outcome.Result!;
        (result.Accepted, result.VendorChannelId, verdict.Explanation).ShouldBe((true, "C0ALERTS01", null));
        var message = app.Sandbox.Messages.All.ShouldHaveSingleItem();
        message.Id.ShouldBe(result.VendorMessageId);
        message.Text.ShouldContain(verdict.Outcome.ShortId);
        var (test, attempt) = await RecordedAsync(app);
        (test.Purpose, test.ChannelId, test.RequestedBy, test.VendorMessageId)
            .ShouldBe((MessagePurpose.Test, id, Operator.Name, result.VendorMessageId));
        (attempt.Outcome, attempt.Code).ShouldBe((AttemptOutcome.Accepted, "ok"));
        (await HealthAsync(app, id)).LastTestAccepted.ShouldBe(true);
    }

    [Fact]
    public async Task Send_TellsTheNewestEventThatMatched_OrTheChosen_OrAnExampleOfTheFirstSwitch()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var id = await app.AddSlackIntegrationAsync("C0ALERTS01", s => (s.SlackNotify, s.SlackStop) = (false, true));
        var example = (await Tests(app).SendAsync(id, TestChoice.Newest, Operator, Stop))!.Outcome;
        await app.PostEventAsync("scan.stopped", new { target = "old.example.com" }, "old");
        await app.PostEventAsync("scan.stopped", new { target = "new.example.com" }, "new");
        await app.PostEventAsync("scan.paused", new { target = "unheard.example.com" }, "unheard");
        await app.Sandbox.WaitForMessagesAsync(3, TimeSpan.FromSeconds(60), cancellationToken: Stop);

        var newest = (await Tests(app).SendAsync(id, TestChoice.Newest, Operator, Stop))!.Outcome;
        var events = await app.Services.GetRequiredService<IDeliveryDesk>()
            .ListTestEventsAsync(new ChannelKey(ChannelKind.Slack, id), Operator, Stop);
        var old = events.Last(item => item.Matched).RowId;
        var chosen = (await Tests(app).SendAsync(id, TestChoice.Stored(old), Operator, Stop))!.Outcome;

        (example.Event!.RowId, example.Event.Type).ShouldBe((0, "scan.stopped"));
        (newest.Event!.Fields.Target, chosen.Event!.Fields.Target).ShouldBe(("new.example.com", "old.example.com"));
        events.Select(item => item.Matched).ShouldBe([true, true, false]);
        (await ExplainAsync(old))!.Hears.ShouldBeTrue();
        var unheard = (await ExplainAsync(events[^1].RowId))!;
        (unheard.Hears, unheard.Conditions.Count(condition => !condition.Passed)).ShouldBe((false, 1));
        (await ExplainAsync(events.Max(item => item.RowId) + 1)).ShouldBeNull();
        newest.Preview.ShouldContain("The scan of new.example.com was stopped.");
        newest.Preview.ShouldContain($"TEST, not an alert (requested by {Operator.Name})");
        app.Sandbox.Messages.All.Count(message => message.Text.Contains("TEST", StringComparison.Ordinal)).ShouldBe(3);

        Task<ChannelExplanation?> ExplainAsync(long rowId) => app.Services.GetRequiredService<IDeliveryDesk>()
            .ExplainTestEventAsync(new ChannelKey(ChannelKind.Slack, id), rowId, Operator, Stop);
    }

    [Theory]
    [InlineData("C0GENERAL1", TestChannels.SandboxToken, "not_in_channel", true)]
    [InlineData("C0LEADERS1", TestChannels.SandboxToken, "channel_not_found", false)]
    [InlineData("C0NOWHERE1", TestChannels.SandboxToken, "channel_not_found", false)]
    [InlineData("C0OLDPROJ1", TestChannels.SandboxToken, "is_archived", false)]
    [InlineData("C0ANNOUNCE", TestChannels.SandboxToken, "restricted_action", false)]
    [InlineData("C0ALERTS01", "xoxb-sandbox-revoked-token", "token_revoked", false)]
    [InlineData("C0ALERTS02", "xoxe.xoxb-sandbox-expired-token", "token_expired", false)]
    [InlineData("C0ALERTS03", "xoxb-sandbox-readonly-token", "missing_scope", false)]
    [InlineData("C0ALERTS04", "xoxb-nobody-knows", "invalid_auth", false)]
    public async Task Send_Refused_GivesSlacksCodeMeaningAndMend(string channelId, string token, string code, bool canJoin)
    {
        var app = shared.App;
        var id = await app.AddSlackIntegrationAsync(channelId, token: token);

        var verdict = (await Tests(app).SendAsync(id, TestChoice.Newest, Operator, Stop))!;

        (verdict.Outcome.Result!.Code, verdict.CanJoin).ShouldBe((code, canJoin));
        verdict.Explanation!.Meaning.ShouldNotBeNullOrWhiteSpace();
        verdict.Explanation.Mend.ShouldNotBeNullOrWhiteSpace();
        verdict.Outcome.Result.RawAnswer!.ShouldNotContain(token);
        app.Sandbox.Messages.All.ShouldBeEmpty();
        var health = await HealthAsync(app, id);
        (health.LastTestAccepted, health.LastTestCode, health.Status).ShouldBe((false, code, ChannelStatus.Ok));
    }

    [Fact]
    public async Task Send_Throttled_SaysHowLongAndThenRefusesByItself()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var id = await app.AddSlackIntegrationAsync("C0ALERTS01");
        app.Sandbox.Faults.Add(new SandboxFault { Kind = FaultKind.Status, Status = 429, RetryAfter = "30" });

        var throttled = (await Tests(app).SendAsync(id, TestChoice.Newest, Operator, Stop))!;
        var limited = (await Tests(app).SendAsync(id, TestChoice.Newest, Operator, Stop))!;

        (throttled.Outcome.Result!.Code, throttled.Outcome.Result.RetryAfter).ShouldBe(("ratelimited", TimeSpan.FromSeconds(30)));
        limited.Outcome.Result.ShouldBeNull();
        limited.Outcome.FreeIn!.Value.TotalSeconds.ShouldBeInRange(1, 30);
        app.Sandbox.Calls.All.Count(call => call.Method == "chat.postMessage").ShouldBe(1);
    }

    [Fact]
    public async Task Send_NoBudgetLeft_SendsNothingAndSaysWhenThereIs()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var id = await app.AddSlackIntegrationAsync("C0ALERTS01");
        var burst = new List<SlackTestVerdict?>();
        do
        {
            burst.Add(await Tests(app).SendAsync(id, TestChoice.Newest, Operator, Stop));
        }
        while (burst[^1]!.Outcome.Result is not null && burst.Count < 10);

        burst[^1]!.Outcome.Result.ShouldBeNull();
        burst[^1]!.Outcome.FreeIn!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        app.Sandbox.Messages.All.Count.ShouldBe(burst.Count - 1);
    }

    [Theory]
    [InlineData(FaultKind.Timeout, "timeout")]
    [InlineData(FaultKind.Reset, "connection_reset")]
    public async Task Send_NoAnswer_SaysThatTheOutcomeIsUnknown(FaultKind kind, string code)
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite, ("Slack:Timeout", "00:00:00.3"));
        var id = await app.AddSlackIntegrationAsync("C0ALERTS01");
        app.Sandbox.Faults.Add(new SandboxFault { Kind = kind });

        var verdict = (await Tests(app).SendAsync(id, TestChoice.Newest, Operator, Stop))!;

        (verdict.Outcome.Result!.Code, verdict.Outcome.Result.OutcomeUnknown).ShouldBe((code, true));
        (await RecordedAsync(app)).Attempt.Outcome.ShouldBe(AttemptOutcome.Unknown);
    }

    [Fact]
    public async Task Send_ServerFault_IsNotTakenForSuccess()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var id = await app.AddSlackIntegrationAsync("C0ALERTS01");
        app.Sandbox.Faults.Add(new SandboxFault { Kind = FaultKind.Html });

        (await Tests(app).SendAsync(id, TestChoice.Newest, Operator, Stop))!.Outcome.Result!.Code.ShouldBe("http_502");
    }

    [Theory, DatabaseData]
    public async Task SendDraft_Unsaved_IsOnRecordWithoutAnIntegration(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var model = new SlackIntegrationFormModel { ChannelId = "C0ALERTS01", Token = TestChannels.SandboxToken };

        var verdict = (await Tests(app).SendDraftAsync(null, model, TestChoice.Newest, Admin, Stop))!;

        verdict.Outcome.Result!.Accepted.ShouldBeTrue();
        (await RecordedAsync(app)).Message.ChannelId.ShouldBe(0);
        (await app.Services.GetRequiredService<SlackIntegrationService>().ListAsync(new ChannelListQuery(), Admin, Stop)).Total.ShouldBe(0);
    }

    [Theory, DatabaseData]
    public async Task TakeTest_OfJustWhatIsSaved_IsItsLastTest(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var tested = await TestDraftAsync(app, "C0ALERTS01", TestChannels.SandboxToken);
        var id = await app.AddSlackIntegrationAsync("C0ALERTS01");

        await Tests(app).TakeTestAsync(id, tested, Admin, Stop);

        var health = await HealthAsync(app, id);
        health.LastTestAccepted.ShouldBe(true);
        health.LastTestAt.ShouldBe(tested.Outcome.At);
        (await RecordedAsync(app)).Message.ChannelId.ShouldBe(id);
    }

    [Theory]
    [InlineData("C0ALERTS01", "xoxb-sandbox-another")]
    [InlineData("C0GENERAL1", TestChannels.SandboxToken)]
    public async Task TakeTest_OfADraftChangedSince_CountsForNothing(string channel, string token)
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var tested = await TestDraftAsync(app, channel, token);
        var id = await app.AddSlackIntegrationAsync("C0ALERTS01");

        await Tests(app).TakeTestAsync(id, tested, Admin, Stop);

        (await StandingAsync(app, id)).Health.ShouldBeNull();
    }

    [Theory]
    [InlineData("channel", false)]
    [InlineData("token", false)]
    [InlineData("switch", true)]
    public async Task Save_AfterATest_KeepsItOnlyWhileTheDestinationIsWhatWasTested(string changes, bool keeps)
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var integrations = app.Services.GetRequiredService<SlackIntegrationService>();
        var id = await app.AddSlackIntegrationAsync("C0ALERTS01");
        await Tests(app).SendAsync(id, TestChoice.Newest, Admin, Stop);
        (await HealthAsync(app, id)).LastTestAccepted.ShouldBe(true);
        var view = (await integrations.FindAsync(id, Admin, Stop))!;
        var model = view.Values.Copy();
        model.ChannelId = changes == "channel" ? "C0GENERAL1" : model.ChannelId;
        model.Token = changes == "token" ? "xoxb-sandbox-another" : null;
        model.SlackStop = changes == "switch";

        (await integrations.SaveAsync(view, model, Admin, Stop)).ShouldBeOfType<Saved<SlackIntegrationView>>();

        (await HealthAsync(app, id)).LastTestAccepted.ShouldBe(keeps ? true : null);
    }

    [Fact]
    public async Task Save_WhileATestIsOnItsWay_IsNotTestedByIt()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var integrations = app.Services.GetRequiredService<SlackIntegrationService>();
        var id = await app.AddSlackIntegrationAsync("C0ALERTS01");
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.Delay, DelayMs = 1500,
            Method = "chat.postMessage" });
        var test = Tests(app).SendAsync(id, TestChoice.Newest, Admin, Stop);
        await Eventually.HoldsAsync(() => HasAttemptAsync(app), TimeSpan.FromSeconds(30));
        var view = (await integrations.FindAsync(id, Admin, Stop))!;
        var model = view.Values.Copy();
        model.ChannelId = "C0GENERAL1";

        await integrations.SaveAsync(view, model, Admin, Stop);

        (await test)!.Outcome.Result!.Accepted.ShouldBeTrue();
        (await StandingAsync(app, id)).Health?.LastTestAccepted.ShouldBeNull();
    }

    [Fact]
    public async Task Join_NotInChannel_MakesTheTestPassAndIsAudited()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var id = await app.AddSlackIntegrationAsync("C0GENERAL1");
        var view = (await app.Services.GetRequiredService<SlackIntegrationService>().FindAsync(id, Admin, Stop))!;
        (await Tests(app).SendAsync(id, TestChoice.Newest, Admin, Stop))!.CanJoin.ShouldBeTrue();

        var joined = (await Tests(app).JoinAsync(view, view.Values, Admin, Stop))!;

        (joined.Joined, joined.ChannelName, joined.Explanation).ShouldBe((true, "general", null));
        (await Tests(app).SendAsync(id, TestChoice.Newest, Admin, Stop))!.Outcome.Result!.Accepted.ShouldBeTrue();
        (await AuditAsync(app, "slack-channel.join")).ShouldHaveSingleItem().Result.ShouldBe(AuditResult.Done);
    }

    [Fact]
    public async Task Join_Private_SaysWhyNot()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var model = new SlackIntegrationFormModel { ChannelId = "C0LEADERS1", Token = TestChannels.SandboxToken };

        var verdict = (await Tests(app).JoinAsync(null, model, Admin, Stop))!;

        verdict.Joined.ShouldBeFalse();
        verdict.Explanation!.Mend.ShouldNotBeNullOrWhiteSpace();
        (await AuditAsync(app, "slack-channel.join")).ShouldHaveSingleItem().Result.ShouldBe(AuditResult.Failed);
    }

    [Fact]
    public async Task ListChannels_TypedToken_GivesOpenChannelsByNameAndAsksSlackOnce()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var directory = app.Services.GetRequiredService<SlackChannelDirectory>();

        var first = (await directory.ListAsync(null, null, TestChannels.SandboxToken, more: false, Admin, Stop))!;
        var second = (await directory.ListAsync(null, null, TestChannels.SandboxToken, more: false, Admin, Stop))!;

        (first.IsComplete, first.Workspace, first.Failure).ShouldBe((true, "Sandbox", null));
        var names = first.Items.Select(item => item.Name).ToList();
        names.ShouldBe(names.Order(StringComparer.OrdinalIgnoreCase));
        names.ShouldContain("incidents");
        names.ShouldNotContain("old-project");
        names.ShouldNotContain("leadership");
        second.Items.ShouldBe(first.Items);
        app.Sandbox.Calls.All.Count(call => call.Method == "auth.test").ShouldBe(1);
    }

    [Fact]
    public async Task ListChannels_2301_AreReadPageByPage_ThroughASlowDown_AndNeverPassForTheWholeBefore()
    {
        var time = new ShiftedTime();
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { WithSandbox = true, Time = time });
        var directory = app.Services.GetRequiredService<SlackChannelDirectory>();
        app.Sandbox.Slack.Channels.Replace([.. Enumerable.Range(0, 2301).Select(number => new SandboxChannel
        {
            Id = $"C0MANY{number:D5}", Name = $"many-{number:D5}",
        })]);
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.Status, Status = 429, RetryAfter = "20",
            Method = "conversations.list", After = 4 });
        var steps = new List<SlackChannelChoices>();
        do
        {
            steps.Add((await directory.ListAsync(null, null, TestChannels.SandboxToken, more: steps.Count > 0, Admin, Stop))!);
            time.Shift(TimeSpan.FromSeconds(40)); // All of it takes longer than what is kept.
        }
        while (!steps[^1].IsComplete && steps.Count < 50);

        steps[^1].Items.Count.ShouldBe(2301);
        steps.SkipLast(1).ShouldAllBe(step => !step.IsComplete);
        steps[4].Failure!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(20));
        steps[4].Items.Count.ShouldBe(steps[3].Items.Count);
        app.Sandbox.Calls.All.Count(call => call.Method == "conversations.list").ShouldBe(13, "twelve pages and the one refused");
    }

    [Fact]
    public async Task ListChannels_BadToken_SaysWhatToDoAndIsNotKept()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var directory = app.Services.GetRequiredService<SlackChannelDirectory>();
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.ErrorCode, ErrorCode = "account_inactive",
            Method = "conversations.list" });

        var failed = (await directory.ListAsync(null, null, TestChannels.SandboxToken, more: false, Admin, Stop))!;
        var mended = (await directory.ListAsync(null, null, TestChannels.SandboxToken, more: false, Admin, Stop))!;

        failed.Failure!.Code.ShouldBe("account_inactive");
        (failed.IsComplete, mended.Failure).ShouldBe((false, null));
        (await directory.ListAsync(null, null, null, more: false, Admin, Stop)).ShouldBeNull();
        (await directory.ListAsync(null, null, "xoxb-sandbox-org-token", more: false, Admin, Stop))!.Failure!.Code.ShouldBeNull();
        await Should.ThrowAsync<NotPermittedException>(() =>
            directory.ListAsync(null, null, TestChannels.SandboxToken, more: false, Operator, Stop));
    }

    [Fact]
    public async Task ListChannels_WhereTheTokenMayNotAskWhoItIs_GoesOnWithoutTheName()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.ErrorCode, ErrorCode = "unknown_method",
            Method = "auth.*", Calls = 0 });

        var listed = (await app.Services.GetRequiredService<SlackChannelDirectory>()
            .ListAsync(null, null, TestChannels.SandboxToken, more: false, Admin, Stop))!;

        (listed.IsComplete, listed.Workspace, listed.Failure).ShouldBe((true, null, null));
        listed.Items.ShouldNotBeEmpty();
    }

    private static async Task<DraftTest> TestDraftAsync(NotifyAdminApp app, string channel, string token)
    {
        var model = new SlackIntegrationFormModel { ChannelId = channel, Token = token };
        var verdict = (await Tests(app).SendDraftAsync(null, model, TestChoice.Newest, Admin, Stop))!;
        return new DraftTest(verdict.Outcome, verdict.Settings);
    }

    private static SlackTestService Tests(NotifyAdminApp app) => app.Services.GetRequiredService<SlackTestService>();

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider, params (string Key, string Value)[] configuration) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Provider = provider, WithSandbox = true, Configuration = configuration.ToDictionary(pair => pair.Key, pair => pair.Value),
        });

    private static async Task<ChannelHealth> HealthAsync(NotifyAdminApp app, int id) =>
        (await StandingAsync(app, id)).Health!;

    private static Task<ChannelStanding> StandingAsync(NotifyAdminApp app, int id) =>
        app.Services.GetRequiredService<IDeliveryDesk>().FindStandingAsync(new ChannelKey(ChannelKind.Slack, id), Admin, Stop);

    private static async Task<bool> HasAttemptAsync(NotifyAdminApp app)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        return await context.Attempts.AnyAsync(Stop);
    }

    private static async Task<(Message Message, Attempt Attempt)> RecordedAsync(NotifyAdminApp app)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        return (await context.Messages.AsNoTracking().SingleAsync(Stop), await context.Attempts.AsNoTracking().SingleAsync(Stop));
    }

    private static async Task<List<AuditEntry>> AuditAsync(NotifyAdminApp app, string action)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        return await context.AuditEntries.AsNoTracking().Where(entry => entry.Action == action).ToListAsync(Stop);
    }

    public sealed class SandboxedApp : SharedApp
    {
        protected override NotifyAdminSettings Settings => new() { WithSandbox = true };
    }
}
