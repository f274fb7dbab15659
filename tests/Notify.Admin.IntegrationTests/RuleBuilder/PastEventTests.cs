using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Data;
using Notify.Admin.RuleBuilder;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;

namespace Notify.Admin.IntegrationTests.RuleBuilder;

/// <summary>The builder's view of stored events, on each store.</summary>
public sealed class PastEventTests
{
    private const string Prefix = AlertType.OnlinePrefix;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Count_GroupsWhatRulesCannotTellApart(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider });
        await PostAsync(app, "suspicious", new { item_level = "serious", event_type = "Webshell", groupId = 7, title = "one" });
        await PostAsync(app, "suspicious", new { item_level = "serious", event_type = "Webshell", groupId = "7", title = "two" });
        await PostAsync(app, "suspicious", new { item_level = "remind", event_type = "Webshell" });
        await PostAsync(app, "vul", new { type = "cms", necessity = "asap" });
        await app.PostEventAsync("scan.stopped", new { });
        var past = app.Services.GetRequiredService<PastEventService>();

        var events = await past.CountAsync(TimeZoneInfo.Utc, Actor.System, Token);

        events.Total.ShouldBe(4);
        events.CountOf("suspicious").ShouldBe(3);
        var ahead = TimeZoneInfo.CreateCustomTimeZone("+13", TimeSpan.FromHours(13), "+13", "+13");
        (await past.CountAsync(ahead, Actor.System, Token)).ShouldSatisfyAllConditions(
            days => days.FirstDay.ShouldBe(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddHours(13).Date.AddDays(-6))),
            days => days.Shapes.ShouldAllBe(shape => shape.Day == 6));
        events.Shapes.Count.ShouldBe(3);
        var twice = events.Shapes.Single(shape => shape.Count == 2);
        twice.ShouldSatisfyAllConditions(s => s.ItemLevel.ShouldBe("serious"), s => s.GroupId.ShouldBe("7"), s => s.Day.ShouldBe(6),
            s => s.SubType.ShouldBeNull());
        (await past.FindAsync([twice.NewestId, 4711], Actor.System, Token)).ShouldHaveSingleItem().Title.ShouldBe("two");
        (await past.ListSilentAsync(Actor.System, Token)).Select(type => type.Suffix).ShouldBe(["hc", "ak-leakage", "honeypot", "rasp"]);
    }

    [Theory, DatabaseData]
    public async Task Trial_OfSavedRules_CountsWhatWasDelivered(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider, WithSandbox = true });
        var rules = RulePresets.All.Single(preset => preset.Id == "critical-and-high").List;
        await app.AddChatbotAsync(RobotSeeds.DisabledToken, change => change with { Rules = rules, GroupIds = ["7"] });
        foreach (var level in new[] { "serious", "suspicious", "remind" })
        {
            foreach (var groupId in new[] { 7, 8 })
            {
                await PostAsync(app, "suspicious", new { item_level = level, event_type = "Webshell", groupId });
            }
        }

        await PostAsync(app, "ak-leakage", new { groupId = 7 });
        var events = await app.Services.GetRequiredService<PastEventService>().CountAsync(TimeZoneInfo.Utc, Actor.System, Token);

        var trial = RuleTrial.Run(events, new TriedRules(rules, ["7"]), null, id => id, RuleLanguage.En);

        trial.Count.ShouldBe((await app.DeliveriesAsync()).Count);
        trial.Count.ShouldBe(2);
    }

    [Theory, DatabaseData]
    public async Task Preview_OfAHundredThousandEvents_CountsEach(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider });
        await app.Database.ExecuteAsync(PastEventSql.Insert(provider, 100_000, groups: 20, TimeProvider.System.GetUtcNow()));
        var past = app.Services.GetRequiredService<PastEventService>();

        var events = await past.CountAsync(TimeZoneInfo.Utc, Actor.System, Token);
        var trial = RuleTrial.Run(events, new TriedRules(TestChatbots.Everything, []), new TriedRules(ConfigList.Empty, []), id => id,
            RuleLanguage.En);

        trial.Count.ShouldBe(100_000);
    }

    private static async Task PostAsync(NotifyAdminApp app, string suffix, object data) =>
        (await app.PostEventAsync(Prefix + suffix, data)).IsSuccessStatusCode.ShouldBeTrue();
}
