using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Faults;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Deliveries;

/// <summary>Vendors whose answers no column was made for: every verdict is recorded, no message is sent twice for it, the lane goes
/// on.</summary>
public sealed class HostileTextTests
{
    // As JSON strings hold them.
    private static readonly string[] Texts =
    [
        @"a\u0000b", @"a\ud83d", @"\ude00b", @"\uffff\ufdd0", @"\u202eevil\u202c\u2066x", @"line\r\n\u001b[31mred\u2028",
        new('x', 6000), string.Concat(Enumerable.Repeat("😀", 3000)), string.Concat(Enumerable.Repeat(@"e\u0301", 900)), "\u007f \u00ad",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Slack_SayingAnythingInAnyField_IsRecordedAndAskedOnce(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        await app.AddSlackIntegrationAsync(SlackSeeds.Joined);
        List<string> accepted = [], refused = [];
        foreach (var text in Texts)
        {
            accepted.Add($$$"""{"ok":true,"channel":"{{{text}}}","ts":"{{{text}}}","message":{"ts":"{{{text}}}","text":"{{{text}}}"},"warning":"{{{text}}}","response_metadata":{"warnings":["{{{text}}}"],"messages":["{{{text}}}"]},"{{{text}}}":"{{{text}}}"}""");
            refused.Add($$$"""{"ok":false,"error":"invalid_blocks","needed":"{{{text}}}","provided":"{{{text}}}","errors":["{{{text}}}"],"response_metadata":{"messages":["{{{text}}}"]}}""");
        }

        await ShouldBeRecordedOnceAsync(app, FaultTarget.Slack, accepted, DeliveryState.Sent);
        await ShouldBeRecordedOnceAsync(app, FaultTarget.Slack, refused, DeliveryState.Failed);
        // A code of Slack's that nobody knows may pass: tried again, once it was recorded.
        await ShouldBeTriedAgainAsync(app, time, FaultTarget.Slack,
            [.. Texts.Take(4).Select(text => $$"""{"ok":false,"error":"{{text}}"}""")]);
        await ShouldBeTriedAgainAsync(app, time, FaultTarget.Slack, [Texts[^3], "\0 not JSON", "{\"ok\":false,\"error\":\"x\0\"}"]);
    }

    [Theory, DatabaseData]
    public async Task DingTalk_SayingAnythingInAnyField_IsRecordedAndAskedOnce(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        app.Sandbox.Robots.Put(new SandboxRobot { Token = RobotSeeds.KeywordToken, Keywords = [RobotSeeds.Keyword, "告警"], PerMinute = 0 });
        await app.AddChatbotAsync(RobotSeeds.KeywordToken);

        await ShouldBeRecordedOnceAsync(app, FaultTarget.DingTalk,
            [.. Texts.Select(text => $$"""{"errcode":0,"errmsg":"{{text}}","x":"{{text}}"}""")], DeliveryState.Sent);
        await ShouldBeRecordedOnceAsync(app, FaultTarget.DingTalk,
            [.. Texts.Select(text => $$"""{"errcode":430101,"errmsg":"{{text}}","sub_msg":"{{text}}"}""")], DeliveryState.Failed);
        await ShouldBeTriedAgainAsync(app, time, FaultTarget.DingTalk,
            [.. Texts.Take(4).Select(text => $$"""{"errcode":"{{text}}","errmsg":"{{text}}","code":"{{text}}"}"""), Texts[^3], "\0"]);
    }

    [Theory, DatabaseData]
    public async Task Store_ThatRefusesWhatTheVendorSaid_KeepsTheVerdictAndSendsNothingAgain(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        await app.AddSlackIntegrationAsync(SlackSeeds.Joined);
        await app.Database.ExecuteAsync(provider == DatabaseProvider.Sqlite
            ? """
              CREATE TRIGGER "Refuse" BEFORE UPDATE ON "Attempts" WHEN NEW."RawAnswer" IS NOT NULL
              BEGIN SELECT RAISE(ABORT, 'no answers here'); END
              """
            : """ALTER TABLE "Attempts" ADD CONSTRAINT "Refuse" CHECK ("RawAnswer" IS NULL)""");

        await app.PostEventAsync("scan.stopped", new { target = "shop.example" }, "one");
        await app.PostEventAsync("scan.stopped", new { target = "shop.example" }, "two");
        await app.WaitForDeliveriesAsync(all => all.Count == 2 && all.All(d => d.State == DeliveryState.Sent));

        app.Sandbox.Messages.All.Count.ShouldBe(2);
        (await AttemptsAsync(app)).ShouldAllBe(a => a.Outcome == AttemptOutcome.Accepted && a.Code == "ok" && a.RawAnswer == null);
        app.Logs.Lines.ShouldContain(line => line.Contains("Only the verdict is kept", StringComparison.Ordinal));
    }

    private static async Task ShouldBeRecordedOnceAsync(NotifyAdminApp app, FaultTarget target, IReadOnlyList<string> answers,
        DeliveryState state)
    {
        foreach (var answer in answers)
        {
            var before = (await AttemptsAsync(app)).Count;
            var deliveries = (await app.DeliveriesAsync()).Count;
            Answer(app, target, answer);
            await PostAsync(app);
            var all = await app.WaitForDeliveriesAsync(now => now.Count == deliveries + 1 && IsOver(now[^1]));

            all[^1].State.ShouldBe(state, Shown(answer));
            var attempts = (await AttemptsAsync(app)).Skip(before).ToList();
            attempts.Count.ShouldBe(1, Shown(answer));
            ShouldBePlain(attempts[0], all[^1]);
        }
    }

    private static async Task ShouldBeTriedAgainAsync(NotifyAdminApp app, ShiftedTime time, FaultTarget target,
        IReadOnlyList<string> answers)
    {
        foreach (var answer in answers)
        {
            var before = (await AttemptsAsync(app)).Count;
            var deliveries = (await app.DeliveriesAsync()).Count;
            Answer(app, target, answer);
            await PostAsync(app);
            await app.WaitForDeliveriesAsync(now => now.Count == deliveries + 1 && now[^1].State == DeliveryState.Retrying);
            time.Shift(TimeSpan.FromMinutes(1));
            var all = await app.WaitForDeliveriesAsync(now => IsOver(now[^1]));

            all[^1].State.ShouldBe(DeliveryState.Sent, Shown(answer));
            var attempts = (await AttemptsAsync(app)).Skip(before).ToList();
            attempts.Count.ShouldBe(2, Shown(answer));
            attempts[0].Outcome.ShouldNotBe(AttemptOutcome.InFlight);
            attempts[0].Code.ShouldNotBe(OutcomeCodes.ProcessDied);
            ShouldBePlain(attempts[0], all[^1]);
        }
    }

    private static void ShouldBePlain(Attempt attempt, Delivery delivery)
    {
        attempt.Code!.Length.ShouldBeInRange(1, SendResult.MaxCode);
        (attempt.Detail?.Length ?? 0).ShouldBeLessThanOrEqualTo(SendResult.MaxDetail);
        PlainText.Is(attempt.Code + attempt.Detail + attempt.RawAnswer + delivery.Code).ShouldBeTrue();
        PlainText.IsLine(attempt.Code + attempt.Detail).ShouldBeTrue();
    }

    private static void Answer(NotifyAdminApp app, FaultTarget target, string body) => app.Sandbox.Faults.Add(new SandboxFault
    {
        Target = target, Kind = FaultKind.Body, Body = body, Calls = 1, Method = target == FaultTarget.Slack ? "chat.postMessage" : null,
    });

    private static async Task PostAsync(NotifyAdminApp app)
    {
        using var answer = await app.PostEventAsync(
            "sas-event-suspicious", new { item_level = "serious", title = "something" }, Guid.NewGuid().ToString("N"));
        answer.EnsureSuccessStatusCode();
    }

    private static bool IsOver(Delivery delivery) => delivery.State is DeliveryState.Sent or DeliveryState.Failed;

    private static string Shown(string answer) =>
        Encoding.ASCII.GetString(Encoding.ASCII.GetBytes(answer.Length > 200 ? answer[..200] : answer));

    private static async Task<IReadOnlyList<Attempt>> AttemptsAsync(NotifyAdminApp app)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        return await context.Attempts.AsNoTracking().OrderBy(a => a.Id).ToListAsync(Stop);
    }

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider, TimeProvider time) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings
    {
        Provider = provider,
        WithSandbox = true,
        Time = time,
        Configuration = new Dictionary<string, string> { ["Delivery:SlackPerSecond"] = "0", ["Delivery:DingTalkPerMinute"] = "0" },
    });
}
