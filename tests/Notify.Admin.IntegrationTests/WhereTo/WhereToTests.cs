using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.DingTalk;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.Sources;
using Notify.Admin.Testing;
using Notify.Admin.WhereTo;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.WhereTo;

/// <summary>Where an event would go, on each store; and that it then does.</summary>
public sealed class WhereToTests
{
    private static readonly Actor Viewer = new("u1", "viewer@example.test", Roles.Viewer, "tests");
    private static readonly Actor Operator = new("u2", "operator@example.test", Roles.Operator, "tests");
    private static readonly WhereToQuery First = WhereToQuery.Parse(null, null, null);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Ask_StoredEvent_TellsWhoWouldBeSentIt_WhoNot_AndWhatStoppedEach(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var webshells = ConfigList.Create(new AlertRule("sas-event-suspicious", new ConfigItem(Vocabulary.EventType, "Webshell"))).List!;
        await app.AddChatbotAsync(RobotSeeds.DisabledToken, c => c with { Name = "Other group", Rules = webshells, GroupIds = ["8"] });
        await app.AddChatbotAsync("hears", c => c with { Name = "Hears", Rules = webshells });
        await app.AddChatbotAsync("leaks", c => c with
        {
            Name = "Leaks", Rules = ConfigList.Create(new AlertRule("sas-event-ak-leakage")).List!,
        });
        await app.AddSlackIntegrationAsync("C0SCANS001", s => (s.Name, s.SlackNotify, s.SlackStop) = ("Scans", false, true));
        (await app.PostEventAsync("sas-event-suspicious",
            new { item_level = "serious", event_type = "Webshell", groupId = "7", title = "Found", asset = "web-01" }))
            .EnsureSuccessStatusCode();

        var answer = await AskAsync(app, await FindAsync(app));

        answer.Sent.Items.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            sent => sent.Name.ShouldBe("Hears"), sent => sent.Reason.ShouldContain("1"),
            sent => sent.When.Time.ShouldBeOneOf(SendingTime.Now, SendingTime.AfterPause, SendingTime.NeedsAttention));
        answer.Missed.Items.Select(missed => (missed.Name, missed.IsNear)).ShouldBe(
            [("Other group", true), ("Scans", false), ("Leaks", false)]);
        answer.Missed.Items[0].Stopped.ShouldBe("Asset group is “7”; the chatbot accepts “8”");
        answer.Missed.Items[2].Stopped.ShouldBe("The chatbot has no rule for alerts");
        (answer.Sent.Total, answer.Missed.Total, answer.Channels).ShouldBe((1, 3, 4));

        var searched = await AskAsync(app, await FindAsync(app), First with { Search = "SCANS" });
        (searched.Sent.Found, searched.Missed.Found, searched.Channels).ShouldBe((0, 1, 4));
    }

    [Theory, DatabaseData]
    public async Task Ask_WhatCameInByASource_GoesToItsChannelsToo(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var bound = await app.AddSlackIntegrationAsync("C0BOUND001", s => (s.Name, s.SlackNotify) = ("Bound", false));
        var (id, address) = await app.AddSourceAsync("Ops", "generic");
        await BindAsync(app, id, new ChannelKey(ChannelKind.Slack, bound));
        (await app.PostPayloadAsync(address[1..], """{"title":"Disk is full","severity":"high"}""")).EnsureSuccessStatusCode();

        var asked = await FindAsync(app);
        var answer = await AskAsync(app, asked);

        asked.Via!.Name.ShouldBe("Ops");
        answer.Sent.Items.ShouldHaveSingleItem().Reason.ShouldBe("Every event of its source goes to this channel.");
        var typed = EventSample.All(DateTimeOffset.UnixEpoch)[^1].Json;
        (await AskAsync(app, (await app.Where().ReadAsync(typed, id, Viewer, Stop)).Asked!)).Sent.Total.ShouldBe(1);
        (await AskAsync(app, (await app.Where().ReadAsync(typed, null, Viewer, Stop)).Asked!)).Sent.Total.ShouldBe(0);

        // It is bound to none any more, and would go nowhere if it came again.
        await BindAsync(app, id);
        (await AskAsync(app, await FindAsync(app))).Sent.Total.ShouldBe(0);
    }

    [Theory, DatabaseData]
    public async Task Ask_When_IsWhatSendingThenDoes(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var quiet = new DeliveryPolicy
        {
            QuietHours = new QuietHours
            {
                IsOn = true, Days = WeekDays.All, From = ClockOf(time, -1), To = ClockOf(time, 1), TimeZone = "UTC",
            },
        };
        await app.AddSlackIntegrationAsync(SlackSeeds.Joined, s => (s.Name, s.Delivery) = ("Counts",
            new DeliveryPolicy { Deduplication = new Deduplication { IsOn = true, Minutes = 60 } }));
        await app.AddSlackIntegrationAsync(SlackSeeds.NotJoined, s => s.Name = "Trouble");
        await app.AddChatbotAsync(RobotSeeds.KeywordToken, c => c with { Name = "Interval", IntervalMinutes = 30 });
        await app.AddChatbotAsync(RobotSeeds.SignedToken, c => c with
        {
            Name = "Quiet", Delivery = quiet,
            Security = new(RobotSecurityMode.Signature, RobotSeeds.SignedSecret, null),
        });
        var typed = (await app.Where().ReadAsync(EventSample.All(time.GetUtcNow())[1].Json, null, Viewer, Stop)).Asked!;
        SendingTime When(WhereToAnswer answer, string name) => answer.Sent.Items.Single(sent => sent.Name == name).When.Time;

        var before = await AskAsync(app, typed);
        new[] { "Counts", "Trouble", "Interval", "Quiet" }.Select(name => When(before, name)).ShouldBe(
            [SendingTime.Now, SendingTime.Now, SendingTime.Now, SendingTime.AfterQuietHours]);

        await PostAsync(app, typed, "first");
        await app.WaitForDeliveriesAsync(all => all.Count == 4 && all.All(d => d.State is DeliveryState.Sent or DeliveryState.Held));
        var after = await AskAsync(app, typed);
        await PostAsync(app, typed, "second");
        var all = await app.WaitForDeliveriesAsync(all => all.Count == 8
            && all.All(d => d.State is DeliveryState.Sent or DeliveryState.Held or DeliveryState.Skipped));

        Delivery Made(string name) => after.Sent.Items.Single(sent => sent.Name == name).Channel is var channel
            ? all.Last(d => new ChannelKey(d.ChannelKind, d.ChannelId) == channel) : throw new InvalidOperationException();
        When(after, "Counts").ShouldBe(SendingTime.Repeat);
        Made("Counts").ShouldSatisfyAllConditions(
            made => made.State.ShouldBe(DeliveryState.Skipped),
            made => after.Sent.Items.Single(s => s.Name == "Counts").When.RepeatOf.ShouldBe(ShortIds.OfDelivery(made.RepeatOf!.Value)));
        When(after, "Trouble").ShouldBe(SendingTime.NeedsAttention);
        after.Sent.Items.Single(s => s.Name == "Trouble").Trouble.ShouldNotBeNull();
        Made("Trouble").HoldReason.ShouldBe(HoldReason.NeedsAttention);
        foreach (var (name, reason) in new[] { ("Interval", HoldReason.Interval), ("Quiet", HoldReason.QuietHours) })
        {
            Made(name).HoldReason.ShouldBe(reason);
            Made(name).DueAt.ShouldBe(after.Sent.Items.Single(s => s.Name == name).When.At!.Value, TimeSpan.FromMilliseconds(1));
        }
    }

    [Theory, DatabaseData]
    public async Task Ask_AndDraw_StoreAndSendNothing_AndATestSendsThisEvent(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var slack = new ChannelKey(ChannelKind.Slack, await app.AddSlackIntegrationAsync(SlackSeeds.Joined));
        var robot = new ChannelKey(ChannelKind.DingTalk, await app.AddChatbotAsync(RobotSeeds.KeywordToken));
        var (typed, problems) = await app.Where().ReadAsync(EventSample.All(DateTimeOffset.UnixEpoch)[0].Json, null, Viewer, Stop);

        problems.ShouldBeEmpty();
        (await AskAsync(app, typed!)).Sent.Total.ShouldBe(2);
        var blocks = (await app.Where().DrawAsync(typed!, slack, Viewer, Stop)).ShouldNotBeNull().Slack;
        blocks.SelectMany(block => block.Texts).ShouldContain(text => text.Contains("Webshell found", StringComparison.Ordinal));
        (await app.Where().DrawAsync(typed!, robot, Viewer, Stop)).ShouldNotBeNull().DingTalk.ShouldNotBeEmpty();
        (await app.Where().DrawAsync(typed!, new ChannelKey(ChannelKind.Slack, 99), Viewer, Stop)).ShouldBeNull();
        await using (var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop))
        {
            (await context.Events.CountAsync(Stop), await context.Deliveries.CountAsync(Stop), await context.Messages.CountAsync(Stop))
                .ShouldBe((0, 0, 0));
        }

        app.Sandbox.Messages.All.ShouldBeEmpty();

        var desk = app.Services.GetRequiredService<IDeliveryDesk>();
        var verdict = (await desk.SendTestAsync(slack, typed!.ToTest(), Operator, Stop)).ShouldNotBeNull();

        verdict.Outcome.Result!.Accepted.ShouldBeTrue();
        app.Sandbox.Messages.All.ShouldHaveSingleItem().Text.ShouldSatisfyAllConditions(
            text => text.ShouldContain("Webshell found"), text => text.ShouldContain("TEST, not an alert"));
        await Should.ThrowAsync<NotPermittedException>(() => desk.SendTestAsync(slack, typed.ToTest(), Viewer, Stop));
        (await desk.SendTestAsync(new ChannelKey(ChannelKind.Slack, 99), typed.ToTest(), Operator, Stop)).ShouldBeNull();
    }

    private static async Task<AskedEvent> FindAsync(NotifyAdminApp app)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        var newest = await context.Events.OrderByDescending(e => e.Id).Select(e => e.Id).FirstAsync(Stop);
        return (await app.Where().FindAsync(newest, Viewer, Stop)).ShouldNotBeNull();
    }

    private static TimeOnly ClockOf(TimeProvider time, int hours) => TimeOnly.ParseExact(
        time.GetUtcNow().AddHours(hours).ToString("HH:mm", CultureInfo.InvariantCulture), "HH:mm", CultureInfo.InvariantCulture);

    private static Task<WhereToAnswer> AskAsync(NotifyAdminApp app, AskedEvent asked, WhereToQuery? query = null) =>
        app.Where().AskAsync(asked, query ?? First, Viewer, Stop);

    private static async Task PostAsync(NotifyAdminApp app, AskedEvent asked, string id)
    {
        var fields = asked.Record.Fields;
        (await app.PostEventAsync(asked.Record.Type,
            new { type = fields.Type, necessity = fields.Necessity, title = fields.Title, asset = fields.Asset }, id))
            .EnsureSuccessStatusCode();
    }

    private static async Task BindAsync(NotifyAdminApp app, int source, params IReadOnlyList<ChannelKey> channels) =>
        (await app.Services.GetRequiredService<SourceService>().ChangeAsync(
            source, new SourceDraft { Channels = channels }, Actor.System, Stop)).Problems.ShouldBeEmpty();

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider, TimeProvider? time = null) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Provider = provider,
            WithSandbox = true,
            Configuration = new Dictionary<string, string> { ["Delivery:SlackPerSecond"] = "0" },
            Services = services => services.Replace(ServiceDescriptor.Singleton(time ?? TimeProvider.System)),
        });
}

file static class Services
{
    public static WhereToService Where(this NotifyAdminApp app) => app.Services.GetRequiredService<WhereToService>();
}
