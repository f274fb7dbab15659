using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Events;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;
using Notify.Admin.RuleBuilder;
using Notify.Admin.RuleSets;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.Testing;
using Notify.Admin.WhereTo;

namespace Notify.Admin.IntegrationTests.ChannelPages;

/// <summary>Rules that ask for new events, through the real program to the sandbox.</summary>
public sealed class NewOnlyTests
{
    private const string NewInAWeek = """[{"conditions":[{"on":"severity","from":"high"},{"on":"new","days":7}]}]""";

    private static readonly Actor Viewer = new("u1", "viewer@example.test", Roles.Viewer, "tests");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Event_OfTheSameProblemOrTitleAndAsset_IsSentOnceInItsDays(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        await app.AddSlackIntegrationAsync("C0ALERTS01", slack => (slack.SlackNotify, slack.OwnRules) = (false, NewInAWeek));

        // In one batch the second is not new; one that the rule does not ask for makes a later one old as well.
        await PostAsync(app, ("1", "Disk full", "web-01", null, "high"), ("2", "Disk full", "WEB-01", null, "high"),
            ("3", "Disk full", "web-02", "p-1", "high"), ("4", "Disk still full", "web-02", "p-1", "high"),
            ("5", "Login failed", "db-01", null, "low"), ("6", "Login failed", "db-01", null, "high"));
        (await SentAsync(app)).ShouldBe(["1", "3"]);

        // The same event again is a duplicate, and the same problem later is old.
        await PostAsync(app, ("1", "Disk full", "web-01", null, "high"), ("7", "Disk full again", "web-02", "p-1", "high"));
        (await SentAsync(app)).ShouldBe(["1", "3"]);

        time.Shift(TimeSpan.FromDays(6));
        await PostAsync(app, ("8", "Disk full", "web-01", null, "high"));
        time.Shift(TimeSpan.FromDays(6));
        await PostAsync(app, ("9", "Disk full", "web-01", null, "high"), ("10", "Another", "web-02", "p-1", "high"));

        // Seven days after the last one of it, not after the first.
        (await SentAsync(app)).ShouldBe(["1", "3", "10"]);
    }

    [Theory, DatabaseData]
    public async Task Explanations_OfAStoredEvent_DoNotMakeItOld_AndATypedOneIsSeen(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var id = await app.AddSlackIntegrationAsync("C0ALERTS01", slack => (slack.SlackNotify, slack.OwnRules) = (false, NewInAWeek));
        var channel = new ChannelKey(ChannelKind.Slack, id);
        await PostAsync(app, ("1", "Disk full", "web-01", null, "high"));
        await PostAsync(app, ("2", "Disk full", "web-01", null, "high"));
        var events = app.Services.GetRequiredService<EventService>();
        var rows = (await events.ListAsync(new EventFilter(), PageCursor.Newest, 50, Viewer, Stop)).Rows;
        var (first, second) = (rows[1].Event.RowId, rows[0].Event.RowId);

        var hearing = (await events.FindAsync(first, Viewer, Stop))!.Hearings.ShouldHaveSingleItem();
        (hearing.Heard, hearing.HasChanged).ShouldBe((true, false));
        var missed = (await events.FindAsync(second, Viewer, Stop))!.Hearings.ShouldHaveSingleItem();
        (missed.Heard, missed.HasChanged).ShouldBe((false, false));
        missed.Conditions.Single(condition => !condition.Passed && condition.Text.StartsWith("Own rule", StringComparison.Ordinal)).Text
            .ShouldBe("Own rule 1: The same was seen 0 min before; the rule asks for seen for the first time in 7 days");

        var where = app.Services.GetRequiredService<WhereToService>();
        (await AskAsync((await where.FindAsync(first, Viewer, Stop))!)).Sent.Total.ShouldBe(1);
        (await AskAsync((await where.FindAsync(second, Viewer, Stop))!)).Sent.Total.ShouldBe(0);
        var typed = await AskAsync((await where.ReadAsync(Json("9", "Disk full", "web-01", null, "high"), null, Viewer, Stop)).Asked!);
        typed.Missed.Items.ShouldHaveSingleItem().IsNear.ShouldBeTrue();
        typed = await AskAsync((await where.ReadAsync(Json("9", "Disk full", "web-09", null, "high"), null, Viewer, Stop)).Asked!);
        typed.Sent.Total.ShouldBe(1);
        var desk = app.Services.GetRequiredService<IDeliveryDesk>();
        (await desk.ExplainTestEventAsync(channel, first, Viewer, Stop))!.Hears.ShouldBeTrue();
        (await desk.ExplainTestEventAsync(channel, second, Viewer, Stop))!.Hears.ShouldBeFalse();

        Task<WhereToAnswer> AskAsync(AskedEvent asked) =>
            where.AskAsync(asked, new WhereToQuery(null, new AudiencePage(1), new AudiencePage(1)), Viewer, Stop);
    }

    [Theory, DatabaseData]
    public async Task SimulationPlanAndCount_OfPastEvents_AreWhatIntakeDecided(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var sets = app.Services.GetRequiredService<RuleSetService>();
        var set = ((Saved<RuleSetView>)await sets.SaveAsync(
            null, new RuleSetFormModel { Name = "New", Rules = NewInAWeek }, Actor.System, Stop)).Stored;
        await app.AddSlackIntegrationAsync("C0ALERTS01", slack => (slack.SlackNotify, slack.RuleSets) = (false, $"{set.Id}"));
        foreach (var day in (int[])[0, 1, 9, 10, 11])
        {
            await PostAsync(app, ($"a{day}", "Disk full", "web-01", null, "high"), ($"b{day}", $"Disk {day}", "web-01", null, "high"));
            time.Shift(TimeSpan.FromDays(1));
            time.Shift(day == 1 ? TimeSpan.FromDays(7) : TimeSpan.Zero);
        }

        // Received on days 0, 1, 9, 10 and 11: the first and, after eight days, the third are new.
        (await SentAsync(app)).ShouldBe(["a0", "b0", "b1", "a9", "b9", "b10", "b11"]);
        var simulations = app.Services.GetRequiredService<SimulationService>();
        SlackIntegrationFormModel typed = new() { IsOn = true, Name = "Typed", OwnRules = NewInAWeek };
        var counted = (await simulations.CompareAsync(
            ChannelSimulation.Of(new ChannelKey(ChannelKind.Slack, 0), null, typed, _ => _ => false, [], []), 30, TimeZoneInfo.Utc, Viewer,
            Stop))!;
        counted.Added.ShouldBe(7);

        // Within eight days the ninth is old, too.
        var wider = OwnRules(NewInAWeek.Replace("7", "9", StringComparison.Ordinal));
        var plan = await simulations.PlanAsync(new SharedRules(set.Id, set.Values.Name, wider), 30, TimeZoneInfo.Utc, Viewer, Stop);
        plan.ShouldBe(new RuleSetPlan(Channels: 1, Added: 0, Lost: 1, DeliveriesAdded: 0, DeliveriesLost: 1, CutAt: null));

        var seen = await app.Services.GetRequiredService<PastEventService>().ListNewestAsync(newDays: 7, Viewer, Stop);
        seen.CountOf(OwnRules(NewInAWeek).Rules[0]).ShouldBe(7);
        (seen.KnowEarlier, seen.KeptDays).ShouldBe((true, 90));
    }

    private static OwnRuleList OwnRules(string json) => OwnRuleJson.Read(json).Rules;

    private static string Json(string id, string title, string asset, string? problem, string severity) => JsonSerializer.Serialize(new
    {
        specversion = "1.0", id, source = "tests", type = "tool.alarm", data = new { title, asset, problem, severity },
    });

    private static async Task PostAsync(
        NotifyAdminApp app, params (string Id, string Title, string Asset, string? Problem, string Severity)[] events)
    {
        using var content = new StringContent(
            $"[{string.Join(',', events.Select(e => Json(e.Id, e.Title, e.Asset, e.Problem, e.Severity)))}]", Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents-batch+json");
        using var client = app.CreateApiClient();
        (await client.PostAsync("api/events", content, Stop)).EnsureSuccessStatusCode();
    }

    // Deliveries are decided at intake; that they are sent is not what this is about.
    private static async Task<IReadOnlyList<string>> SentAsync(NotifyAdminApp app)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        return [.. from delivery in context.Deliveries
                   join received in context.Events on delivery.EventRowId equals received.Id
                   orderby received.Id
                   select received.EventId];
    }

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider, TimeProvider? time = null) => NotifyAdminApp.StartAsync(new()
    {
        Provider = provider,
        WithSandbox = true,
        Time = time,
    });
}
