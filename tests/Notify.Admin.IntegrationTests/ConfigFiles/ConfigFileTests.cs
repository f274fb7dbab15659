using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.ConfigFiles;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.ConfigFiles;

/// <summary>The whole configuration as one file, through the real program over HTTP.</summary>
public sealed partial class ConfigFileTests
{
    private const string Token = "xoxb-111-222-abcdefghijkl";

    // Everything that the file holds, and every object that speaks of another: some of them backwards.
    internal const string Everything = """
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
        workspaces:
          - name: Acme
            botToken: ${env:NOTIFY_TEST_BOT_TOKEN}
            configToken: ${env:NOTIFY_TEST_CONFIG_TOKEN}
            refreshToken: ${env:NOTIFY_TEST_REFRESH_TOKEN}
        accounts:
          - name: Cloud
            accessKeySecret: ${env:NOTIFY_TEST_KEY_SECRET}
            securityToken: ${env:NOTIFY_TEST_KEY_TOKEN}
            endpoint: https://tds.cn-shanghai.aliyuncs.com
            accessKeyId: LTAI5tExample
          - name: Scanner
            apiKey: ${env:NOTIFY_TEST_KAYRAN_KEY}
            kind: Kayran
            endpoint: https://kayran.live/api
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
          - name: Third
            channelId: C0ALERTS03
            workspace: Acme
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
        links:
          - channel: dingtalk/Robot
            account: Cloud
          - channel: slack/Third
            account: Scanner
        sources:
          - name: Cloud alerts
            kind: security-center
            channels: [dingtalk/Robot]
            account: Cloud
            types:
              suspicious: 5
              vul: 120
            fromHours: 48
            titleLanguage: zh
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
        maintenance:
          - tag: web
            from: "2026-01-05T01:00:00Z"
            until: "2026-01-05T03:00:00Z"
            reason: Patch night
            weeklyIn: Asia/Shanghai
            meanwhile: Drop
            letCriticalThrough: true
          - tag: web
            from: "2027-01-02T22:00:00Z"
            until: "2027-01-03T02:30:00Z"
            reason: Release 7
        accessLists:
          - workspace: Acme
            callbackId: notify_on_call
            appId: A0SANDBOX1
            permissionType: everyone
          - workspace: Acme
            functionId: Fn0REPORT01
            name: Create report
            permissionType: named_entities
            userIds: [U0PERSON01, U0PERSON03]
            teamIds: [T0SANDBOX1]
        """;

    public ConfigFileTests() => SetSecrets();

    /// <summary>What <see cref="Everything"/> refers to.</summary>
    internal static void SetSecrets()
    {
        Environment.SetEnvironmentVariable("NOTIFY_TEST_SLACK_TOKEN", Token);
        Environment.SetEnvironmentVariable("NOTIFY_TEST_WEBHOOK", "https://oapi.dingtalk.com/robot/send?access_token=abcdefghijklmnop");
        Environment.SetEnvironmentVariable("NOTIFY_TEST_SECRET", "SECabcdefghijklmnop");
        Environment.SetEnvironmentVariable("NOTIFY_TEST_BOT_TOKEN", "xoxb-333-444-abcdefghijkl");
        Environment.SetEnvironmentVariable("NOTIFY_TEST_CONFIG_TOKEN", "xoxe.xoxp-1-abcdefghijkl");
        Environment.SetEnvironmentVariable("NOTIFY_TEST_REFRESH_TOKEN", "xoxe-1-abcdefghijkl");
        Environment.SetEnvironmentVariable("NOTIFY_TEST_KEY_SECRET", "abcdefghijklmnopqrstuvwxyz1234");
        Environment.SetEnvironmentVariable("NOTIFY_TEST_KEY_TOKEN", "CAISabcdefghijkl");
        Environment.SetEnvironmentVariable("NOTIFY_TEST_KAYRAN_KEY", "kayran-key-0123456789");
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
        var file = Everything.Replace("name: Second", "name: Fourth").Replace("slack/Second", "slack/Fourth")
            .Replace("C0ALERTS02", "C0ALERTS04").Replace("minutes: 20", "minutes: 25");

        var kept = await PlanAsync(app, file);
        var pruned = await PlanAsync(app, file, "?prune=true");

        Lines(kept).ShouldBe(["change slack Alerts", "create slack Fourth"]);
        kept.GetProperty("kept").GetInt32().ShouldBe(1);
        Lines(pruned).ShouldBe(["change slack Alerts", "create slack Fourth", "delete slack Second"]);
        var fields = kept.GetProperty("changes")[0].GetProperty("fields").EnumerateArray()
            .ToDictionary(field => field.GetProperty("field").GetString()!, field => field);
        fields.Keys.ShouldBe(["deduplication", "fallback"]);
        fields["deduplication"].GetProperty("before").GetString().ShouldBe("""{"minutes":20}""");
        fields["deduplication"].GetProperty("after").GetString().ShouldBe("""{"minutes":25}""");
        fields["fallback"].GetProperty("after").GetString().ShouldBe("""{"to":"slack/Fourth","afterMinutes":30}""");
        (await ExportAsync(app)).ShouldBe(before);

        await ApplyAsync(app, file, "&prune=true");
        (await PlanAsync(app, file, "?prune=true")).GetProperty("changes").GetArrayLength().ShouldBe(0);
        (await ExportAsync(app)).ShouldNotContain("name: Second");
    }

    [Fact]
    public async Task RenamedIntegration_TakesTheSlackChannelOver_WithPruning()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        await ApplyAsync(app, Everything);
        var file = Everything.Replace("name: Second", "name: Secondary").Replace("slack/Second", "slack/Secondary")
            .Replace("name: Third", "name: Thirdly").Replace("slack/Third", "slack/Thirdly");

        var applied = await ApplyAsync(app, file, "&prune=true");

        Lines(applied).ShouldBe(
        [
            "delete slack Second", "delete slack Third", "change slack Alerts", "create slack Secondary", "create slack Thirdly",
            "create links slack/Thirdly", "delete links slack/Third",
        ]);
        WithReferences(await ExportAsync(app)).ShouldBe(file.ReplaceLineEndings("\n") + "\n");
        (await PlanAsync(app, file, "?prune=true")).GetProperty("changes").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Email_InOtherLetters_IsThatPerson()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        await ApplyAsync(app, Everything);

        var same = await PlanAsync(app, Everything.Replace("email: reader@example.test", "email: Reader@Example.test"));
        var changed = await ApplyAsync(app, "{version: 1, people: [{email: READER@example.test, role: Operator}]}");

        same.GetProperty("changes").GetArrayLength().ShouldBe(0);
        Lines(changed).ShouldBe(["change people READER@example.test"]);
        (await ExportAsync(app)).ShouldContain("email: reader@example.test\n    role: Operator");
    }

    [Fact]
    public async Task File_ThatIsNoUtf8_IsRefusedWithItsLine()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var content = new ByteArrayContent(
            System.Text.Encoding.Latin1.GetBytes("version: 1\nassetGroups:\n  - id: 7\n    name: Prüfung\n"));

        using var answer = await app.CreateApiClient().PutAsync("api/config", content, Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("Line 4: file is not UTF-8 text");
        (await ExportAsync(app)).ShouldNotContain("assetGroups");
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
        var recorded = await app.AuditActionsAsync();

        // Only the save finds the second integration of one channel.
        using var answer = await PutAsync(app, Everything.Replace("C0ALERTS02", "C0ALERTS01"));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        problem.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("slack[1].channelId");
        problem.GetProperty("errors")[0].GetProperty("line").GetInt32().ShouldBe(LineOf("C0ALERTS02"));
        (await ExportAsync(app)).ShouldBe(before);
        (await app.AuditActionsAsync()).ShouldBe([.. recorded, "config.export"]);
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
    [InlineData("day: Friday", "day: Friday\n      everyDays: 3", "slack[0].drills.day", "stands beside everyDays")]
    [InlineData("email: reader@example.test", "email: Admin@Example.test", "people[1].email", "after admin@example.test")]
    [InlineData("slack/Second", "slack/Nobody", "slack[0].fallback.to", "names no channel")]
    [InlineData("ruleSets: [Production]", "ruleSets: [Nobody]", "slack[0].ruleSets[0]", "names no rule set: Nobody")]
    [InlineData("Retention:Days: 30", "Retention:Days: 0", "settings.Retention:Days", "must be 1 to 3650")]
    [InlineData("role: Viewer", "role: Owner", "people[1].role", "must be one of")]
    [InlineData("kind: grafana", "kind: telex", "sources[1].kind", "must be one of")]
    [InlineData("${env:NOTIFY_TEST_WEBHOOK}", "https://oapi.dingtalk.com/robot/send?access_token=plainsecret", "dingtalk[0].url",
        "the file holds no secret itself")]
    [InlineData("${env:NOTIFY_TEST_WEBHOOK}", "keep", "dingtalk[0].url", "nothing is stored under this name")]
    [InlineData("${env:NOTIFY_TEST_WEBHOOK}", "${env:ConnectionStrings__Notify}", "dingtalk[0].url", "names a setting")]
    [InlineData("\"2027-01-03T02:30:00Z\"", "tomorrow", "maintenance[1].until", "must be a moment")]
    [InlineData("\"2027-01-03T02:30:00Z\"", "\"2027-01-03T02:30:00\"", "maintenance[1].until", "must be a moment")]
    [InlineData("\"2027-01-03T02:30:00Z\"", "\"2027-01-02T02:30:00Z\"", "maintenance[1].until", "ends before")]
    [InlineData("vul: 120", "vul: 100000", "sources[0].types.vul", "must be 1 to 1440")]
    [InlineData("vul: 120", "virus: 120", "sources[0].types.virus", "is no key here")]
    [InlineData("endpoint: https://tds.cn-shanghai.aliyuncs.com", "endpoint: https://example.test", "accounts[0].endpoint", "listed sites")]
    [InlineData("workspace: Acme", "workspace: Bcme", "slack[2].workspace", "names no Slack workspace")]
    [InlineData("account: Cloud\n  - channel", "account: Scanner\n  - channel", "links[0].account",
        "must be at the vendor of its kind of channel")]
    [InlineData("functionId: Fn0REPORT01", "functionId: report", "accessLists[1].functionId", "must be a function id")]
    [InlineData("permissionType: everyone", "permissionType: nobody", "accessLists[0].permissionType", "Must be named_entities")]
    [InlineData("userIds: [U0PERSON01, U0PERSON03]", "userIds: [alice]", "accessLists[1].userIds", "alice")]
    [InlineData("botToken: ${env:NOTIFY_TEST_BOT_TOKEN}", "botToken: xoxb-plainsecret", "workspaces[0].botToken",
        "the file holds no secret itself")]
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
    public async Task Problems_AreSaidInTheReadersLanguage_AndProgramsReadEnglish()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var file = Everything.Replace("intervalTime: 5", "intervalTime: often").Replace("perMinute: 60", "perMinute: 9999999");
        var client = app.CreateApiClient();
        client.DefaultRequestHeaders.Add("Accept-Language", "zh-CN");

        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        var plan = await app.Services.GetRequiredService<ConfigService>()
            .PlanAsync(file, prune: false, new Actor(null, "tests", Roles.Admin, "tests"), Stop);
        CultureInfo.CurrentUICulture = before;
        using var answer = await client.PostAsync("api/config/plan", new StringContent(file), Stop);

        plan.Problems.Select(problem => problem.Reason).ShouldBe(["必须是整数", "请输入 0 至 100000 之间的数字。"]);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("must be a whole number");
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

    [Theory, DatabaseData]
    public async Task Plan_CountsWhatAChangeMeansForWhatIsSent(DatabaseProvider provider)
    {
        const string Loud = "version: 1\nslack:\n  - name: Loud\n    slackToken: ${env:NOTIFY_TEST_SLACK_TOKEN}\n"
            + "    channelId: C0ALERTS09\n    slackNotify: true\n";
        // No Slack answers here, so both wait.
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        await ApplyAsync(app, Loud);
        foreach (var id in new[] { "one", "two" })
        {
            using var accepted = await app.PostEventAsync("example.happened", new { }, id);
            accepted.EnsureSuccessStatusCode();
        }

        static JsonElement EffectOf(JsonElement plan) => plan.GetProperty("changes")[0].GetProperty("effect");

        var quiet = EffectOf(await PlanAsync(app, Loud.Replace("slackNotify: true", "slackNotify: false")));
        // The set is only in the file yet.
        var bySet = await PlanAsync(app, Loud.Replace("slackNotify: true", "slackNotify: false\n    ruleSets: [Mine]")
            + "ruleSets:\n  - name: Mine\n    rules:\n      - conditions:\n          - {\"on\": source, oneOf: [tests]}\n");
        var off = EffectOf(await PlanAsync(app, Loud + "    isOn: false\n"));
        var deleted = EffectOf(await PlanAsync(app, "{version: 1, slack: []}", "?prune=true"));

        quiet.GetProperty("ended").GetInt32().ShouldBe(0);
        quiet.GetProperty("sending").GetProperty("eventsNow").GetDouble().ShouldBe(0.3);
        quiet.GetProperty("sending").GetProperty("messagesNow").GetDouble().ShouldBeGreaterThan(0);
        quiet.GetProperty("sending").GetProperty("eventsThen").GetDouble().ShouldBe(0);
        quiet.GetProperty("sending").GetProperty("messagesThen").GetDouble().ShouldBe(0);
        bySet.GetProperty("changes")[1].GetProperty("effect").GetProperty("sending").GetProperty("eventsThen").GetDouble().ShouldBe(0.3);
        off.GetProperty("ended").GetInt32().ShouldBe(2);
        deleted.GetProperty("ended").GetInt32().ShouldBe(2);
        deleted.GetProperty("sending").ValueKind.ShouldBe(JsonValueKind.Null);
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
    public async Task PairOfAWorkspace_IsReadOnce_AndRenewedByTheProductFromThenOn()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        await ApplyAsync(app, Everything);
        // The one that the file refers to is spent as soon as it was renewed, and a new one says nothing about that.
        Environment.SetEnvironmentVariable("NOTIFY_TEST_NEW_PAIR", "xoxe.xoxp-1-mnopqrstuvwx");

        var another = await PlanAsync(app, Everything.Replace("NOTIFY_TEST_CONFIG_TOKEN", "NOTIFY_TEST_NEW_PAIR"));
        var gone = await PlanAsync(app, Everything.Replace("NOTIFY_TEST_REFRESH_TOKEN", "NOTIFY_TEST_NOT_SET"));
        using var plain = await PutAsync(app, Everything.Replace("${env:NOTIFY_TEST_CONFIG_TOKEN}", "xoxe.xoxp-1-mnopqrstuvwx"));

        another.GetProperty("changes").GetArrayLength().ShouldBe(0);
        gone.GetProperty("changes").GetArrayLength().ShouldBe(0);
        plain.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task NewKeyOfAnAccount_TakesItsTokenWithIt()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        await ApplyAsync(app, Everything);
        Environment.SetEnvironmentVariable("NOTIFY_TEST_NEW_KEY", "zyxwvutsrqponmlkjihgfedcba4321");
        var file = Everything.Replace("NOTIFY_TEST_KEY_SECRET", "NOTIFY_TEST_NEW_KEY");

        var plan = await PlanAsync(app, file);
        using var kept = await PutAsync(app, file.Replace("${env:NOTIFY_TEST_KEY_TOKEN}", "keep"));
        await ApplyAsync(app, file);

        Lines(plan).ShouldBe(["change accounts Cloud"]);
        plan.GetProperty("changes")[0].GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("field").GetString())
            .ShouldBe(["accessKeySecret", "securityToken"]);
        kept.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await kept.Content.ReadAsStringAsync(Stop)).ShouldContain("the two are given together");
        (await ExportAsync(app)).ShouldContain("securityToken: keep");
    }

    [Fact]
    public async Task MaintenanceThatIsOver_MayStayInTheFile()
    {
        await using var app = await NotifyAdminApp.StartAsync();

        var plan = await PlanAsync(app, """
            version: 1
            maintenance:
              - tag: web
                from: "2026-01-02T22:00:00+08:00"
                until: "2026-01-03T02:00:00+08:00"
                reason: Long ago
            """);

        plan.GetProperty("changes").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task WorkspaceThatSomethingStandsOn_IsNotPruned()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        await ApplyAsync(app, Everything);
        var before = await ExportAsync(app);

        using var answer = await PutAsync(app, "{version: 1, workspaces: []}", "?prune=true");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("cannot be deleted: Third stands on it");
        (await ExportAsync(app)).ShouldBe(before);
    }

    [Fact]
    public async Task Link_FollowsTheFile_AndEndsWithPruning()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        await ApplyAsync(app, Everything);
        var file = Everything.Replace("    account: Cloud\n  - channel", "    account: Other\n  - channel")
            .Replace("ruleSets:\n", "  - name: Other\n    accessKeySecret: ${env:NOTIFY_TEST_KEY_SECRET}\n"
                + "    endpoint: https://tds.cn-shanghai.aliyuncs.com\n    accessKeyId: LTAI5tOther\nruleSets:\n");

        var moved = await ApplyAsync(app, file);
        var pruned = await PlanAsync(app, "{version: 1, links: []}", "?prune=true");

        Lines(moved).ShouldBe(["create accounts Other", "change links dingtalk/Robot"]);
        Lines(pruned).ShouldBe(["delete links slack/Third", "delete links dingtalk/Robot"]);
        (await PlanAsync(app, file)).GetProperty("changes").GetArrayLength().ShouldBe(0);
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
            "sources.mapping", "sources.channels", "people.role", "assetGroups.id", "workspaces.botToken", "workspaces.refreshToken",
            "accounts.accessKeySecret", "accounts.endpoint", "accounts.apiKey", "links.channel", "links.account",
            "sources.account", "sources.types", "maintenance.weeklyIn", "maintenance.from", "accessLists.userIds" })
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
        var name = match.Groups[1].Value switch
        {
            "slackToken" => "SLACK_TOKEN",
            "url" => "WEBHOOK",
            "botToken" => "BOT_TOKEN",
            "configToken" => "CONFIG_TOKEN",
            "refreshToken" => "REFRESH_TOKEN",
            "accessKeySecret" => "KEY_SECRET",
            "securityToken" => "KEY_TOKEN",
            "apiKey" => "KAYRAN_KEY",
            _ => "SECRET",
        };
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
