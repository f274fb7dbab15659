using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Notify.Admin.Data;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.ConfigFiles;

/// <summary>The whole configuration as one file, through the real program over HTTP.</summary>
public sealed partial class ConfigFileTests
{
    private const string Token = "xoxb-111-222-abcdefghijkl";

    // Everything that the file holds, and every object that speaks of another: some of them backwards.
    private const string Everything = """
        version: 1
        settings:
          Delivery:SlackPerSecond: 3
          Retention:Days: 30
        people:
          - email: admin@example.test
            role: Admin
          - email: reader@example.test
            role: Viewer
        assetGroups:
          - id: 7
            name: Web shop
        ruleSets:
          - name: Production
            rules:
              - conditions:
                  - "on": severity
                    from: critical
        slack:
          - name: Alerts
            slackToken: ${env:NOTIFY_TEST_SLACK_TOKEN}
            channelId: C0ALERTS01
            isOn: false
            slackNotify: true
            slackAvgThreat: High
            ownRules:
              - name: Web shells
                conditions:
                  - "on": kind
                    oneOf: [sas-event-suspicious]
                  - "on": severity
                    from: high
            ruleSets: [Production]
            tags: ['team:red', web]
            messageLanguage: Zh
            mention: People
            mentionIds: U0AAAAAA1
            followUp: Update
            intervalTime: 5
            quietHours:
              days: [Monday, Tuesday]
              from: "22:00"
              to: "07:00"
              timeZone: Europe/Berlin
              letCriticalThrough: false
            deduplication:
              minutes: 20
            fallback:
              to: slack/Second
              afterMinutes: 30
            drills:
              day: Friday
              at: "10:00"
              timeZone: Asia/Shanghai
          - name: Second
            slackToken: ${env:NOTIFY_TEST_SLACK_TOKEN}
            channelId: C0ALERTS02
            fallback:
              to: dingtalk/Robot
              afterMinutes: 15
        dingtalk:
          - name: Robot
            url: ${env:NOTIFY_TEST_WEBHOOK}
            secret: ${env:NOTIFY_TEST_SECRET}
            securityMode: Signature
            keyword: alert
            isOn: false
            dingTalkLang: En
            intervalTime: 2
            mention: Mobiles
            mobiles: "13800000000, 13900000000"
            groupIdList: ["7", "42"]
            configList:
              - type: sas_analysis_online-sas-operation-log-sas-event-suspicious
                configItemList:
                  - key: item_level
                    valueList: [serious]
            ruleSets: [Production]
            tags: [web]
        sources:
          - name: Grafana
            secret: ${env:NOTIFY_TEST_SECRET}
            kind: grafana
            auth: Bearer
            allowedAddresses: ["10.0.0.0/8"]
            perMinute: 60
            channels: [slack/Alerts, dingtalk/Robot]
            mapping:
              fields:
                title: /headline
        """;

    public ConfigFileTests()
    {
        Environment.SetEnvironmentVariable("NOTIFY_TEST_SLACK_TOKEN", Token);
        Environment.SetEnvironmentVariable("NOTIFY_TEST_WEBHOOK", "https://oapi.dingtalk.com/robot/send?access_token=abcdefghijklmnop");
        Environment.SetEnvironmentVariable("NOTIFY_TEST_SECRET", "SECabcdefghijklmnop");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task File_AppliedToAnEmptyStore_IsExportedAsTheSameText(DatabaseProvider provider)
    {
        await using var one = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        await using var other = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });

        await ApplyAsync(one, Everything);
        var exported = await ExportAsync(one);
        await ApplyAsync(other, WithReferences(exported));

        (await ExportAsync(other)).ShouldBe(exported);
        exported.ShouldNotContain("abcdefgh");
        WithReferences(exported).ReplaceLineEndings("\n").Trim().ShouldBe(Everything.ReplaceLineEndings("\n").Trim());
        (await PlanAsync(one, Everything)).GetProperty("changes").GetArrayLength().ShouldBe(0);
        (await PlanAsync(one, exported)).GetProperty("changes").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Plan_SaysCreatesChangesAndDeletes_AndChangesNothing()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        await ApplyAsync(app, Everything);
        var before = await ExportAsync(app);
        var file = Everything.Replace("name: Second", "name: Third").Replace("slack/Second", "slack/Third")
            .Replace("C0ALERTS02", "C0ALERTS03").Replace("minutes: 20", "minutes: 25");

        var kept = await PlanAsync(app, file);
        var pruned = await PlanAsync(app, file, "?prune=true");

        Lines(kept).ShouldBe(["change slack Alerts", "create slack Third"]);
        kept.GetProperty("kept").GetInt32().ShouldBe(1);
        Lines(pruned).ShouldBe(["change slack Alerts", "create slack Third", "delete slack Second"]);
        var fields = kept.GetProperty("changes")[0].GetProperty("fields").EnumerateArray()
            .ToDictionary(field => field.GetProperty("field").GetString()!, field => field);
        fields.Keys.ShouldBe(["deduplication", "fallback"]);
        fields["deduplication"].GetProperty("before").GetString().ShouldBe("""{"minutes":20}""");
        fields["deduplication"].GetProperty("after").GetString().ShouldBe("""{"minutes":25}""");
        fields["fallback"].GetProperty("after").GetString().ShouldBe("""{"to":"slack/Third","afterMinutes":30}""");
        (await ExportAsync(app)).ShouldBe(before);

        await ApplyAsync(app, file, "&prune=true");
        (await PlanAsync(app, file, "?prune=true")).GetProperty("changes").GetArrayLength().ShouldBe(0);
        (await ExportAsync(app)).ShouldNotContain("name: Second");
    }

    [Fact]
    public async Task RuleSet_ThatAChannelUses_IsPrunedOnlyWithTheChannelsLeavingIt()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        await ApplyAsync(app, Everything);
        var without = Everything.Replace("ruleSets: [Production]", "ruleSets: []");
        without = string.Concat(without.AsSpan(0, without.IndexOf("ruleSets:\n", StringComparison.Ordinal)), "ruleSets: []\n",
            without.AsSpan(without.IndexOf("slack:\n", StringComparison.Ordinal)));

        using var used = await PutAsync(app, "{version: 1, ruleSets: []}", "?prune=true");
        await ApplyAsync(app, without, "&prune=true");

        used.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await used.Content.ReadAsStringAsync(Stop)).ShouldContain("used by slack/Alerts, dingtalk/Robot");
        (await ExportAsync(app)).ShouldNotContain("Production");
    }

    [Theory, DatabaseData]
    public async Task Apply_ThatFailsInTheMiddle_ChangesNothingAndRecordsNothing(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        var before = await ExportAsync(app);
        var recorded = (await app.AuditActionsAsync()).Count;

        // Only the save finds the second integration of one channel.
        using var answer = await PutAsync(app, Everything.Replace("C0ALERTS02", "C0ALERTS01"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        problem.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("slack[1].channelId");
        problem.GetProperty("errors")[0].GetProperty("line").GetInt32().ShouldBe(LineOf("C0ALERTS02"));
        (await ExportAsync(app)).ShouldBe(before);
        (await app.AuditActionsAsync()).Count.ShouldBe(recorded);
        await ApplyAsync(app, Everything);
    }

    [Fact]
    public async Task Apply_WithTheBasisOfAnOlderState_IsRefused()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var basis = (await PlanAsync(app, Everything)).GetProperty("basis").GetString();
        await ApplyAsync(app, "{version: 1, assetGroups: [{id: 8, name: Meanwhile}]}");

        using var answer = await PutAsync(app, Everything, $"?basis={basis}");

        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await ExportAsync(app)).ShouldNotContain("Alerts");
    }

    [Theory]
    [InlineData("intervalTime: 5", "intervalTime: often", "slack[0].intervalTime", "must be a whole number")]
    [InlineData("slackAvgThreat: High", "slackAvgThreat: Highest", "slack[0].slackAvgThreat",
        "must be one of Informative, Low, Medium, High")]
    [InlineData("slackNotify: true", "slackNotifies: true", "slack[0].slackNotifies", "is no key here")]
    [InlineData("slack/Second", "slack/Nobody", "slack[0].fallback.to", "names no channel")]
    [InlineData("ruleSets: [Production]", "ruleSets: [Nobody]", "slack[0].ruleSets[0]", "names no rule set: Nobody")]
    [InlineData("Retention:Days: 30", "Retention:Days: 0", "settings.Retention:Days", "must be 1 to 3650")]
    [InlineData("role: Viewer", "role: Owner", "people[1].role", "must be one of")]
    [InlineData("kind: grafana", "kind: telex", "sources[0].kind", "must be one of")]
    [InlineData("${env:NOTIFY_TEST_WEBHOOK}", "https://oapi.dingtalk.com/robot/send?access_token=plainsecret", "dingtalk[0].url",
        "the file holds no secret itself")]
    [InlineData("${env:NOTIFY_TEST_WEBHOOK}", "keep", "dingtalk[0].url", "nothing is stored under this name")]
    [InlineData("${env:NOTIFY_TEST_WEBHOOK}", "${env:ConnectionStrings__Notify}", "dingtalk[0].url", "names a setting")]
    [InlineData("version: 1", "version: 2", "version", "must be 1")]
    [InlineData("assetGroups:", "groups:", "groups", "is no section")]
    [InlineData("minutes: 20", "minutes: &a 20", "file", "has an anchor or alias")]
    [InlineData("tags: ['team:red', web]", "tags: [team:red, web", "file", "is not YAML")]
    public async Task WrongFile_IsRefusedWhole_WithLineFieldAndRule(string right, string wrong, string field, string reason)
    {
        await using var app = await NotifyAdminApp.StartAsync();

        using var answer = await PutAsync(app, Everything.Replace(right, wrong));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        text.ShouldNotContain("plainsecret");
        var errors = JsonDocument.Parse(text).RootElement.GetProperty("errors").EnumerateArray().ToList();
        var error = errors.Find(one => one.GetProperty("field").GetString() == field);
        error.ValueKind.ShouldNotBe(JsonValueKind.Undefined, text);
        error.GetProperty("reason").GetString()!.ShouldContain(reason);
        if (field != "file" || reason.Contains("anchor"))
        {
            error.GetProperty("line").GetInt32().ShouldBe(LineOf(right));
        }

        (await ExportAsync(app)).ShouldNotContain("Alerts");
    }

    [Fact]
    public async Task ASecret_ThatIsKept_IsTheStoredOne_AndANewOneIsAChange()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        await ApplyAsync(app, Everything);
        await ApplyAsync(app, (await ExportAsync(app)).Replace("intervalTime: 5", "intervalTime: 6"));
        Environment.SetEnvironmentVariable("NOTIFY_TEST_OTHER_TOKEN", "xoxb-111-222-mnopqrstuvwx");

        var plan = await PlanAsync(app, Everything.Replace("intervalTime: 5", "intervalTime: 6")
            .Replace("NOTIFY_TEST_SLACK_TOKEN", "NOTIFY_TEST_OTHER_TOKEN"));

        Lines(plan).ShouldBe(["change slack Alerts", "change slack Second"]);
        var field = plan.GetProperty("changes")[0].GetProperty("fields").EnumerateArray().Single();
        field.GetProperty("field").GetString().ShouldBe("slackToken");
        field.GetProperty("before").GetString().ShouldBe("…ijkl");
        field.GetProperty("after").GetString().ShouldBe("${env:NOTIFY_TEST_OTHER_TOKEN}");
    }

    [Fact]
    public async Task NewSource_IsAnsweredWithItsAddress_Once()
    {
        await using var app = await NotifyAdminApp.StartAsync();

        var applied = await ApplyAsync(app, Everything);
        var again = await ApplyAsync(app, Everything);

        applied.GetProperty("addresses")[0].GetProperty("url").GetString()!.ShouldStartWith(app.BaseAddress + "in/");
        again.GetProperty("addresses").GetArrayLength().ShouldBe(0);
        again.GetProperty("changes").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Schema_KnowsEveryKeyOfTheFile()
    {
        await using var app = await NotifyAdminApp.StartAsync();

        var schema = await app.CreateClient().GetFromJsonAsync<JsonElement>("schemas/notify.json", Stop);

        var slack = schema.GetProperty("properties").GetProperty("slack").GetProperty("items").GetProperty("properties");
        slack.GetProperty("slackAvgThreat").GetProperty("enum").GetArrayLength().ShouldBe(4);
        slack.GetProperty("slackToken").GetProperty("pattern").GetString()!.ShouldContain("env");
        var known = schema.GetProperty("properties").EnumerateObject().SelectMany(section =>
            section.Value.TryGetProperty("items", out var items) ? items.GetProperty("properties").EnumerateObject()
                .Select(key => $"{section.Name}.{key.Name}") : [section.Name]).ToHashSet();
        foreach (var key in new[] { "settings", "slack.fallback", "slack.ownRules", "dingtalk.configList", "dingtalk.secret",
            "sources.mapping", "sources.channels", "people.role", "assetGroups.id" })
        {
            known.ShouldContain(key);
        }
    }

    private static int LineOf(string text) => 1 + Everything[..Everything.IndexOf(text, StringComparison.Ordinal)].Count(c => c == '\n');

    private static string[] Lines(JsonElement plan) =>
    [
        .. plan.GetProperty("changes").EnumerateArray().Select(change =>
            $"{change.GetProperty("action")} {change.GetProperty("section")} {change.GetProperty("name")}"),
    ];

    // What an export keeps, as the file that was applied names it.
    private static string WithReferences(string exported) => Keeps().Replace(exported, match =>
    {
        var name = match.Groups[1].Value switch { "slackToken" => "SLACK_TOKEN", "url" => "WEBHOOK", _ => "SECRET" };
        return $"{match.Groups[1].Value}: ${{env:NOTIFY_TEST_{name}}}";
    });

    private static async Task<string> ExportAsync(NotifyAdminApp app) =>
        await app.CreateApiClient().GetStringAsync("api/config", Stop);

    private static async Task<JsonElement> PlanAsync(NotifyAdminApp app, string file, string query = "")
    {
        using var content = new StringContent(file);
        using var answer = await app.CreateApiClient().PostAsync("api/config/plan" + query, content, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Stop));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }

    private static async Task<JsonElement> ApplyAsync(NotifyAdminApp app, string file, string query = "")
    {
        var basis = (await PlanAsync(app, file, query.Replace('&', '?'))).GetProperty("basis").GetString();
        using var answer = await PutAsync(app, file, $"?basis={basis}{query}");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Stop));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }

    private static async Task<HttpResponseMessage> PutAsync(NotifyAdminApp app, string file, string query = "")
    {
        using var content = new StringContent(file);
        return await app.CreateApiClient().PutAsync("api/config" + query, content, Stop);
    }

    [GeneratedRegex(@"(\w+): keep")]
    private static partial Regex Keeps();
}
