using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.DingTalk;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;
using Notify.Admin.RuleSets;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;

namespace Notify.Admin.IntegrationTests.ChannelPages;

/// <summary>Rules that channels share, through the real program to the sandbox.</summary>
public sealed class RuleSetTests
{
    private const string Scans = """[{"conditions":[{"on":"kind","oneOf":["scan.aborted"]},{"on":"asset","like":"*.example"}]}]""";
    private const string Alerts = """[{"conditions":[{"on":"kind","oneOf":["grafana.alert"]}]}]""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task OneSet_UsedByBothKinds_SendsToBoth_AndOneSaveChangesBoth(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var set = await AddAsync(app, "Examples", Scans);
        var slack = await app.AddSlackIntegrationAsync("C0ALERTS01", integration =>
            (integration.SlackNotify, integration.RuleSets) = (false, $"{set.Id}"));
        var chatbot = await app.AddChatbotAsync(RobotSeeds.KeywordToken,
            change => change with { Rules = ConfigList.Empty, RuleSets = [set.Id], Language = DingTalkLanguage.En });

        await app.PostEventAsync("scan.aborted", new { target = "shop.other", avgThreat = "High" });
        await app.PostEventAsync("scan.aborted", new { target = "shop.example", avgThreat = "High" }, "s-1");
        var deliveries = await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }, { State: DeliveryState.Sent }]);

        deliveries.ShouldAllBe(delivery => delivery.MatchReason == "rule set \"Examples\", rule 1");
        deliveries.Select(delivery => (delivery.ChannelKind, delivery.ChannelId)).ShouldBe(
            [(ChannelKind.Slack, slack), (ChannelKind.DingTalk, chatbot)], ignoreOrder: true);

        var model = set.Values.Copy();
        model.Rules = Alerts;
        var saved = (await Sets(app).SaveAsync(set, model, Actor.System, Token)).ShouldBeOfType<Saved<RuleSetView>>().Stored;
        await app.PostEventAsync("scan.aborted", new { target = "shop.example", avgThreat = "High" }, "s-2");
        await app.PostEventAsync("grafana.alert", new { title = "disk full" }, "g-1");

        (await app.WaitForDeliveriesAsync(all => all.Count == 4 && all.All(delivery => delivery.State == DeliveryState.Sent)))
            .Count.ShouldBe(4);
        saved.Version.ShouldBe(set.Version + 1);
        app.Sandbox.Messages.All.Count(message => message.Text.Contains("disk full", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Theory, DatabaseData]
    public async Task Plan_OfAChange_CountsEventsAndDeliveriesThatNothingElseSends(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var set = await AddAsync(app, "Examples", Scans);
        await app.AddSlackIntegrationAsync("C0ALERTS01", slack => (slack.SlackNotify, slack.RuleSets) = (true, $"{set.Id}"));
        await app.AddSlackIntegrationAsync("C0SECOPS01", slack => (slack.SlackNotify, slack.RuleSets) = (false, $"{set.Id}"));
        await app.AddChatbotAsync(RobotSeeds.KeywordToken, change => change with { Rules = ConfigList.Empty, RuleSets = [set.Id] });
        await app.AddChatbotAsync(RobotSeeds.SignedToken, change => change with
        {
            Rules = ConfigList.Empty, RuleSets = [set.Id], IsOn = false,
            Security = new(RobotSecurityMode.Signature, RobotSeeds.SignedSecret, null),
        });
        await app.PostEventAsync("scan.aborted", new { target = "a.example", avgThreat = "High" });
        await app.PostEventAsync("grafana.alert", new { title = "one" });
        await app.PostEventAsync("grafana.alert", new { title = "two" });

        var plan = await app.Services.GetRequiredService<SimulationService>().PlanAsync(
            new SharedRules(set.Id, set.Name, OwnRuleJson.Read(Alerts).Rules), 7, TimeZoneInfo.Utc, Actor.System, Token);

        plan.ShouldBe(new RuleSetPlan(Channels: 2, Added: 2, Lost: 1, DeliveriesAdded: 4, DeliveriesLost: 2, CutAt: null));
    }

    [Theory, DatabaseData]
    public async Task Delete_OfAUsedSet_IsRefusedWithTheChannels_AndAMissingSetCannotBeChosen(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var set = await AddAsync(app, "Examples", Scans);
        var slack = await app.AddSlackIntegrationAsync("C0ALERTS01", integration => integration.RuleSets = $"{set.Id}");
        var chatbot = await app.AddChatbotAsync(RobotSeeds.KeywordToken, change => change with { RuleSets = [set.Id] });

        (await Sets(app).DeleteAsync(set.Id, Actor.System, Token)).Select(use => use.Key).ShouldBe(
            [new(ChannelKind.Slack, slack), new(ChannelKind.DingTalk, chatbot)]);
        await app.EditSlackIntegrationAsync(slack, integration => integration.RuleSets = "");
        await app.EditChatbotAsync(chatbot, change => change with { RuleSets = [] });
        (await Sets(app).DeleteAsync(set.Id, Actor.System, Token)).ShouldBeEmpty();

        (await Sets(app).FindAsync(set.Id, Actor.System, Token)).ShouldBeNull();
        (await app.Chatbots().SaveAsync(new ChatbotChange { Id = chatbot, Name = "Bot", RuleSets = [set.Id] }, Actor.System, Token))
            .ShouldBeOfType<Invalid<DingTalkChatbot>>().Refusals.ShouldHaveSingleItem().TextKey.ShouldBe("Form.RuleSets.Gone");
        var integrations = app.Services.GetRequiredService<SlackIntegrationService>();
        var stored = (await integrations.FindAsync(slack, Actor.System, Token))!;
        var model = stored.Values.Copy();
        model.RuleSets = [set.Id];
        (await integrations.SaveAsync(stored, model, Actor.System, Token))
            .ShouldBeOfType<Invalid<SlackIntegrationView>>().Refusals.ShouldHaveSingleItem().Field.ShouldBe("RuleSets");
    }

    [Theory, DatabaseData]
    public async Task Save_OnWhatSomebodyElseSaved_IsAConflict_AndNamesAreUnique(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var set = await AddAsync(app, "Examples", Scans);
        var mine = set.Values.Copy();
        var theirs = set.Values.Copy();
        (mine.Rules, theirs.Rules) = (Alerts, """[{"conditions":[{"on":"severity","from":"high"}]}]""");

        await Sets(app).SaveAsync(set, theirs, Actor.System, Token);

        (await Sets(app).SaveAsync(set, mine, Actor.System, Token))
            .ShouldBeOfType<Conflict<RuleSetView>>().Theirs.Rules.ShouldBe(theirs.Rules);
        (await Sets(app).SaveAsync(null, new RuleSetFormModel { Name = "Examples", Rules = Scans }, Actor.System, Token))
            .ShouldBeOfType<Invalid<RuleSetView>>().Refusals.ShouldHaveSingleItem().TextKey.ShouldBe("Refused.NameTaken");
        (await Sets(app).SaveAsync(null, new RuleSetFormModel { Name = "Empty" }, Actor.System, Token))
            .ShouldBeOfType<Invalid<RuleSetView>>().Refusals.ShouldHaveSingleItem().TextKey.ShouldBe("Refused.NoRules");
        (await Sets(app).SaveAsync(null, new RuleSetFormModel { Name = "Wrong", Rules = """[{"conditions":[]}]""" }, Actor.System, Token))
            .ShouldBeOfType<Invalid<RuleSetView>>().Refusals.ShouldHaveSingleItem().Argument.ShouldBe("Rule 1: it has no condition");
    }

    [Fact]
    public async Task Revert_OfAChange_BringsTheRulesBack()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var set = await AddAsync(app, "Examples", Scans);
        await Sets(app).SaveAsync(set, new RuleSetFormModel { Name = "Renamed", Rules = Alerts }, Actor.System, Token);
        var entry = (await app.AuditEntriesAsync()).Last(one => one.Action == "rule-set.update");

        (await app.Services.GetRequiredService<AuditRevertService>().RevertAsync(entry.Id, Actor.System, Token)).IsDone.ShouldBeTrue();

        var now = (await Sets(app).FindAsync(set.Id, Actor.System, Token))!;
        (now.Name, now.Rules).ShouldBe(("Examples", Scans));
    }

    [Fact]
    public async Task Api_MakesChangesAssignsAndDeletes_AndSaysWhatIsWrong()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var slack = await app.AddSlackIntegrationAsync("C0ALERTS01");
        using var client = app.CreateApiClient();

        using var made = await client.PostAsync("api/rule-sets", Json($$"""{"name":"Examples","rules":{{Scans}}}"""), Token);
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetInt32();
        using var assigned = await client.PutAsync($"api/channels/slack/{slack}/rules", Json($$"""{"rule_sets":[{{id}}]}"""), Token);
        using var missing = await client.PutAsync($"api/channels/slack/{slack}/rules", Json("""{"rule_sets":[999]}"""), Token);
        using var wrong = await client.PutAsync($"api/rule-sets/{id}", Json("""{"rules":[{"conditions":[{"on":"kind","oneof":["a"]}]}]}"""), Token);
        using var none = await client.PutAsync($"api/rule-sets/{id}", Json("""{"rules":[]}"""), Token);
        using var outdated = await client.PutAsync($"api/rule-sets/{id}", Json($$"""{"rules":{{Alerts}},"version":7}"""), Token);
        using var changed = await client.PutAsync($"api/rule-sets/{id}", Json($$"""{"rules":{{Alerts}},"version":1}"""), Token);
        using var used = await client.DeleteAsync($"api/rule-sets/{id}", Token);

        (await assigned.Content.ReadAsStringAsync(Token)).ShouldBe($$"""{"rules":[],"rule_sets":[{{id}}]}""");
        (await ErrorAsync(missing)).ShouldBe(("rule_sets", "names a rule set that does not exist"));
        var error = await ErrorAsync(wrong);
        error.Field.ShouldBe("rules[0].conditions[0].oneof");
        error.Reason.ShouldStartWith("Rule 1, condition 1: ");
        (await ErrorAsync(none)).ShouldBe(("rules", "must have at least one rule"));
        outdated.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        used.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await used.Content.ReadAsStringAsync(Token)).ShouldContain("slack/Integration C0ALERTS01");
        var listed = (await client.GetFromJsonAsync<JsonElement>("api/rule-sets", Token)).GetProperty("rule_sets")[0];
        listed.GetProperty("rules").GetRawText().ShouldBe(Alerts);
        listed.GetProperty("channels")[0].GetProperty("id").GetInt32().ShouldBe(slack);

        using var freed = await client.PutAsync($"api/channels/slack/{slack}/rules", Json("""{"rule_sets":[]}"""), Token);
        using var deleted = await client.DeleteAsync($"api/rule-sets/{id}", Token);
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await client.GetAsync($"api/rule-sets/{id}", Token)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        static StringContent Json(string body) => new(body, null, "application/json");
    }

    [Fact]
    public async Task VendorsAnswers_WithAndWithoutSets_AreTheSame_AndItsSavesKeepThem()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var set = await AddAsync(app, "Examples", Scans);
        var chatbot = await app.AddChatbotAsync(RobotSeeds.KeywordToken);
        var slack = await app.AddSlackIntegrationAsync("C0ALERTS01", integration => integration.SlackStop = true);
        var before = await AnswersAsync();

        await app.EditChatbotAsync(chatbot, change => change with { RuleSets = [set.Id] });
        await app.EditSlackIntegrationAsync(slack, integration => integration.RuleSets = $"{set.Id}");

        (await AnswersAsync()).ShouldBe(before);
        await app.CreateClient().PostAsync("/api/UpdateSlack", new StringContent(JsonSerializer.Serialize(new
        {
            apiKey = NotifyAdminSettings.ApiKey, channelId = "C0ALERTS01", slackToken = TestChannels.SandboxToken, slackPause = true,
        }), null, "application/json"), Token);
        (await app.Services.GetRequiredService<SlackIntegrationStore>().FindAsync(slack, Token))!.ShouldSatisfyAllConditions(
            stored => stored.SlackPause.ShouldBeTrue(), stored => stored.RuleSets.ShouldBe($"{set.Id}"));
        (await app.Chatbots().FindAsync(chatbot, Actor.System, Token))!.RuleSets.ShouldBe($"{set.Id}");

        async Task<string> AnswersAsync() => string.Join('\n', (await app.CallAsync("openapi",
            ("DescribeDingTalk", new() { ["CurrentPage"] = 1, ["PageSize"] = 20 }),
            ("CreateOrUpdateDingTalk", new()
            {
                ["Id"] = chatbot, ["RuleActionName"] = "Same", ["SendUrl"] = app.Sandbox.RobotUrl(RobotSeeds.KeywordToken).AbsoluteUri,
            }),
            ("DescribeDingTalk", new() { ["RuleActionName"] = "Same" }))).Skip(1).Select(Steady));
    }

    // What differs from call to call in any case.
    private static string Steady(JsonElement answer) =>
        System.Text.RegularExpressions.Regex.Replace(answer.GetRawText(), "\"(RequestId|GmtModified)\":[^,}]*", "");

    private static async Task<(string? Field, string? Reason)> ErrorAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("errors")[0];
        return (error.GetProperty("field").GetString(), error.GetProperty("reason").GetString());
    }

    private static RuleSetService Sets(NotifyAdminApp app) => app.Services.GetRequiredService<RuleSetService>();

    private static async Task<RuleSetView> AddAsync(NotifyAdminApp app, string name, string rules) =>
        (await Sets(app).SaveAsync(null, new RuleSetFormModel { Name = name, Rules = rules }, Actor.System, Token))
            .ShouldBeOfType<Saved<RuleSetView>>().Stored;

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider) => NotifyAdminApp.StartAsync(new()
    {
        Provider = provider,
        WithSandbox = true,
        Configuration = new Dictionary<string, string> { ["Delivery:DingTalkPerMinute"] = "0" },
    });
}
