using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.IntegrationTests.Proofs;
using Notify.Admin.Testing;
using Notify.Sandbox.Faults;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Deliveries;

/// <summary>One problem, one message: what follows changes the first message at Slack, or answers it, whatever happens to that
/// one.</summary>
public sealed class FollowUpTests
{
    private const string Joined = SlackSeeds.Joined;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Update_ChangesTheFirstMessage_AndTheRecordSaysSo(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, FollowUp.Update, time);

        await TellAsync(app, "disk", "open", "one");
        time.Shift(TimeSpan.FromMinutes(42));
        await TellAsync(app, "disk", "resolved", "two");

        var (first, second) = (app.Sandbox.Messages.All[0], app.Sandbox.Messages.All[1]);
        (second.IsUpdate, second.Id, second.Thread).ShouldBe((true, first.Id, null));
        first.Text.ShouldSatisfyAllConditions(t => t.ShouldContain("🔴 Open"), t => t.ShouldContain("one"));
        var deliveries = await app.DeliveriesAsync();
        second.Text.ShouldSatisfyAllConditions(
            t => t.ShouldContain("🟢 Resolved after 42 min"), t => t.ShouldContain("two"),
            t => t.ShouldContain(ShortIds.OfDelivery(deliveries[1].Id)),
            t => t.ShouldContain($"Updates {ShortIds.OfDelivery(deliveries[0].Id)}"));
        var store = app.Services.GetRequiredService<DeliveryStore>();
        var story = (await store.FindAsync(deliveries[1].Id, Stop))!.Messages.Single();
        (story.FollowUp, story.Earlier).ShouldBe((FollowUp.Update, ShortIds.OfDelivery(deliveries[0].Id)));
        (await store.FindAsync(deliveries[0].Id, Stop))!.Messages.Single().FollowUp.ShouldBe(FollowUp.NewMessage);
        using var client = app.CreateApiClient();
        (await client.GetFromJsonAsync<JsonElement>("api/deliveries", Stop)).GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("followUp").GetString()).ShouldBe(["update", null]);
    }

    [Theory, DatabaseData]
    public async Task Reply_AnswersInTheThreadOfTheFirst(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider, FollowUp.Reply);

        await ScanAsync(app, "scan.started", "one");
        await ScanAsync(app, "scan.paused", "two");
        await ScanAsync(app, "scan.completed", "three");

        var all = app.Sandbox.Messages.All;
        all.Select(m => m.Thread).ShouldBe([null, all[0].Id, all[0].Id]);
        all.ShouldAllBe(m => !m.IsUpdate);
        all[2].Text.ShouldContain("⚪ Ended");
    }

    [Theory, DatabaseData]
    public async Task NewMessage_IsWhatAChannelDoesUnlessAsked(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider, FollowUp.NewMessage);

        await TellAsync(app, "disk", "open", "one");
        await TellAsync(app, "disk", "resolved", "two");

        app.Sandbox.Messages.All.ShouldAllBe(m => !m.IsUpdate && m.Thread == null);
        (await CountAsync(app)).ShouldBe(0, "nothing is kept that nobody asks for");
    }

    [Theory, DatabaseData]
    public async Task TwoProblems_HaveAMessageEach_AndAnEventWithoutOneIsAlone(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider, FollowUp.Update);

        await TellAsync(app, "disk", "open", "one");
        await TellAsync(app, "memory", "open", "two");
        await app.PostEventAsync("com.example.other", new { title = "Alone" }, "three");
        await app.WaitForDeliveriesAsync(all => all.Count == 3 && all[2].State == DeliveryState.Sent);
        await TellAsync(app, "memory", "resolved", "four");
        await TellAsync(app, "disk", "resolved", "five");

        var all = app.Sandbox.Messages.All;
        all.Select(m => m.IsUpdate).ShouldBe([false, false, false, true, true]);
        (all[3].Id, all[4].Id).ShouldBe((all[1].Id, all[0].Id));
    }

    [Theory, DatabaseData]
    public Task Update_OfADeletedMessage_IsANewOneThatIsFollowedFromThen(DatabaseProvider provider) =>
        ShouldBeginAnewAsync(provider, "message_not_found", app => app.Sandbox.Slack.Posts.Delete(app.Sandbox.Messages.All[0].Id!)
            .ShouldBeTrue());

    [Theory]
    [DatabaseData]
    public Task Update_ThatTheWorkspaceFindsTooOld_IsANewOneThatIsFollowedFromThen(DatabaseProvider provider) =>
        ShouldBeginAnewAsync(provider, "edit_window_closed", app => app.Sandbox.Faults.Add(new SandboxFault
        {
            Target = FaultTarget.Slack, Kind = FaultKind.ErrorCode, Method = "chat.update", ErrorCode = "edit_window_closed",
        }));

    [Theory, DatabaseData]
    public async Task Reply_ToADeletedMessage_WhichSlackPutsIntoTheChannel_IsTheFirstFromThen(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider, FollowUp.Reply);
        await TellAsync(app, "disk", "open", "one");
        app.Sandbox.Slack.Posts.Delete(app.Sandbox.Messages.All[0].Id!).ShouldBeTrue();

        await TellAsync(app, "disk", "open", "two");
        await TellAsync(app, "disk", "resolved", "three");

        var all = app.Sandbox.Messages.All;
        all.Select(m => m.Thread).ShouldBe([null, null, all[1].Id]);
        var story = await app.Services.GetRequiredService<DeliveryStore>().FindAsync((await app.DeliveriesAsync())[1].Id, Stop);
        story!.Messages.Single().FollowUp.ShouldBe(FollowUp.NewMessage);
    }

    [Theory, DatabaseData]
    public async Task AMessage_ThatIsAMonthOld_IsNotFollowed(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, FollowUp.Update, time);
        await TellAsync(app, "disk", "open", "one");
        time.Shift(TimeSpan.FromDays(31));
        await TellAsync(app, "disk", "resolved", "two");

        app.Sandbox.Messages.All.ShouldAllBe(m => !m.IsUpdate);
        app.Sandbox.Calls.All.ShouldAllBe(call => call.Method == "chat.postMessage");
    }

    [Theory, DatabaseData]
    public async Task Update_ThatIsRefused_FailsThatEvent_AndTheNextFollowsAll(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider, FollowUp.Update);
        await TellAsync(app, "disk", "open", "one");
        app.Sandbox.Faults.Add(new SandboxFault
        {
            Target = FaultTarget.Slack, Kind = FaultKind.ErrorCode, Method = "chat.update", ErrorCode = "invalid_blocks",
        });

        await PostAsync(app, "disk", "open", "two");
        await app.WaitForDeliveriesAsync(all => all.Count == 2 && all[1].State == DeliveryState.Failed);
        await PostAsync(app, "disk", "resolved", "three");
        await app.WaitForDeliveriesAsync(all => all.Count == 3 && all[2].State == DeliveryState.Sent);

        var told = app.Sandbox.Messages.All;
        told.Count.ShouldBe(2);
        (told[1].IsUpdate, told[1].Id).ShouldBe((true, told[0].Id));
    }

    [Theory, DatabaseData]
    public async Task Flood_OfTwoProblems_LeavesEachInItsOrder(DatabaseProvider provider)
    {
        const int Each = 20;
        await using var app = await StartAsync(provider, FollowUp.Reply);
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.ErrorCode, ErrorCode = "not_in_channel" });
        for (var i = 0; i < Each; i++)
        {
            // The later the graver: severity alone would turn the order around.
            await PostAsync(app, "disk", "open", $"disk-{i:d2}", i < Each / 2 ? "low" : "critical");
            await PostAsync(app, "memory", "open", $"memory-{i:d2}", i < Each / 2 ? "low" : "critical");
        }

        await app.WaitForDeliveriesAsync(all => all.Count == 2 * Each && all.All(d => d.HoldReason == HoldReason.NeedsAttention));
        await app.EditSlackIntegrationAsync(1, s => s.Name = "Invited by now");
        await app.WaitForDeliveriesAsync(all => all.Count == 2 * Each && all.All(d => d.State == DeliveryState.Sent));

        foreach (var problem in new[] { "disk", "memory" })
        {
            var told = app.Sandbox.Messages.All.Where(m => m.Text.Contains($"{problem}-", StringComparison.Ordinal)).ToList();
            told.Select((message, i) => message.Text.Contains($"{problem}-{i:d2}", StringComparison.Ordinal))
                .ShouldAllBe(isInOrder => isInOrder);
            told.Skip(1).ShouldAllBe(m => m.Thread == told[0].Id);
        }
    }

    [Theory, DatabaseData]
    public async Task Digest_IsAMessageOfItsOwn_AndWhatComesAfterItIsNewAgain(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, FollowUp.Update, time, intervalMinutes: 30);
        await TellAsync(app, "disk", "open", "one");
        await PostAsync(app, "disk", "open", "two");
        await PostAsync(app, "memory", "open", "three");
        await app.WaitForDeliveriesAsync(all => all.Count == 3 && all.Skip(1).All(d => d.State == DeliveryState.Held));
        time.Shift(TimeSpan.FromMinutes(31));
        await app.WaitForDeliveriesAsync(all => all.All(d => d.State == DeliveryState.Sent));
        time.Shift(TimeSpan.FromMinutes(31));
        await TellAsync(app, "disk", "open", "four");
        time.Shift(TimeSpan.FromMinutes(31));
        await TellAsync(app, "disk", "resolved", "five");

        var all = app.Sandbox.Messages.All;
        all.Select(m => m.IsUpdate).ShouldBe([false, false, false, true]);
        all[3].Id.ShouldBe(all[2].Id, "what came after the digest is followed, what came before it no more");
    }

    [Theory, DatabaseData]
    public async Task SendAgain_OfAnEarlierEvent_SetsNoMessageBack(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider, FollowUp.Update);
        await TellAsync(app, "disk", "open", "one");
        await TellAsync(app, "disk", "resolved", "two");
        await app.Database.ExecuteAsync("""UPDATE "Deliveries" SET "State" = 1, "RequestedBy" = 'ann' WHERE "Id" = (SELECT MIN("Id") FROM "Deliveries")""");
        await app.RestartAsync();
        await app.WaitForDeliveriesAsync(all => all.All(d => d.State == DeliveryState.Sent) && app.Sandbox.Messages.All.Count == 3);

        app.Sandbox.Messages.All[2].IsUpdate.ShouldBeFalse();
    }

    [Theory, DatabaseData]
    public async Task Retention_TakesWhatWasFollowedWithIt(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, FollowUp.Update, time);
        await TellAsync(app, "disk", "open", "one");
        await TellAsync(app, "disk", "resolved", "two");
        (await CountAsync(app)).ShouldBe(2);

        await app.Services.GetRequiredService<RetentionStore>()
            .DeleteEventsAsync(time.GetUtcNow().AddMinutes(1), RetentionCursor.Start, [], Stop);

        (await CountAsync(app)).ShouldBe(0);
    }

    // Told, gone, told anew: each step an attempt on record, and nothing wrong with the channel.
    private static async Task ShouldBeginAnewAsync(DatabaseProvider provider, string code, Action<NotifyAdminApp> lose)
    {
        await using var app = await StartAsync(provider, FollowUp.Update);
        await TellAsync(app, "disk", "open", "one");
        lose(app);
        await TellAsync(app, "disk", "open", "two");
        await TellAsync(app, "disk", "resolved", "three");

        var all = app.Sandbox.Messages.All;
        all.Select(m => m.IsUpdate).ShouldBe([false, false, true]);
        all[2].Id.ShouldBe(all[1].Id);
        all[1].Text.ShouldNotContain("Updates");
        var deliveries = await app.DeliveriesAsync();
        deliveries[1].ShouldSatisfyAllConditions(d => d.Attempts.ShouldBe(2), d => d.MayBeDuplicate.ShouldBeFalse());
        var attempts = await app.AttemptsAsync(new ChannelKey(ChannelKind.Slack, 1));
        attempts.Select(a => a.Code).ShouldBe(["ok", code, "ok", "ok"]);
        attempts.Select(a => a.MessageId).Distinct().Count().ShouldBe(3);
        (await app.HealthOfAllAsync(ChannelKind.Slack))[1].ShouldSatisfyAllConditions(
            h => h.Status.ShouldBe(ChannelStatus.Ok), h => h.LastFailureAt.ShouldBeNull());
    }

    private static async Task TellAsync(NotifyAdminApp app, string problem, string state, string id)
    {
        var before = (await app.DeliveriesAsync()).Count;
        await PostAsync(app, problem, state, id);
        await app.WaitForDeliveriesAsync(all => all.Count == before + 1 && all[^1].State == DeliveryState.Sent);
    }

    private static async Task ScanAsync(NotifyAdminApp app, string type, string id)
    {
        var before = (await app.DeliveriesAsync()).Count;
        (await app.PostEventAsync(type, new { scanId = "4711", target = "shop.example" }, id)).EnsureSuccessStatusCode();
        await app.WaitForDeliveriesAsync(all => all.Count == before + 1 && all[^1].State == DeliveryState.Sent);
    }

    private static async Task PostAsync(NotifyAdminApp app, string problem, string state, string id, string severity = "high")
    {
        using var answer = await app.PostEventAsync(
            "com.example.alert", new { title = $"About {problem}", problem, state, severity }, id);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<int> CountAsync(NotifyAdminApp app)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        return await context.ProblemMessages.CountAsync(Stop);
    }

    private static async Task<NotifyAdminApp> StartAsync(
        DatabaseProvider provider, FollowUp followUp, TimeProvider? time = null, int intervalMinutes = 0)
    {
        var app = await NotifyAdminApp.StartAsync(new()
        {
            Provider = provider,
            WithSandbox = true,
            Time = time,
            Configuration = new Dictionary<string, string> { ["Delivery:SlackPerSecond"] = "0" },
        });
        await app.AddSlackIntegrationAsync(Joined, s => (s.FollowUp, s.IntervalMinutes) = (followUp, intervalMinutes));
        return app;
    }
}
