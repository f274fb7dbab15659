using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.DingTalk;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;

namespace Notify.Admin.IntegrationTests.SecurityCenter;

/// <summary>The vendor's unchanged Node clients against the running product.</summary>
public sealed class VendorClientTests
{
    private const string Rules =
        """[{"type":"sas_analysis_pre-sas-operation-log-sas-event-suspicious","configItemList":[{"key":"item_level","valueList":["serious","suspicious"]},{"key":"event_type","valueList":["Malicious process (cloud threat detection)","Brand new kind 全新"]}]}]""";

    [Theory]
    [InlineData("openapi")]
    [InlineData("pop-get")]
    [InlineData("pop-post")]
    public async Task Client_CreatesListsSwitchesTestsAndDeletes(string client)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        var url = app.Sandbox.RobotUrl(RobotSeeds.KeywordToken).AbsoluteUri;

        var answers = await app.CallAsync(client,
            ("CreateOrUpdateDingTalk", new() { ["RuleActionName"] = "生产 告警*~", ["SendUrl"] = url, ["ConfigList"] = Rules,
            ["GroupIdList"] = "[\"10417151\"]", ["DingTalkLang"] = "en" }),
            ("DescribeDingTalk", new() { ["RuleActionName"] = "告警*" }),
            ("ModifyDingTalkStatus", new() { ["Ids"] = "1", ["Status"] = 0 }),
            ("DescribeDingTalk", new() { ["CurrentPage"] = 1, ["PageSize"] = 20 }),
            ("DingTalkOnlineTest", new() { ["Id"] = 1 }),
            ("DescribeDataSource", []),
            ("DescribeGroupStruct", []),
            ("DescribeAllGroups", []),
            ("DeleteDingTalk", new() { ["Ids"] = "1" }),
            ("DescribeDingTalk", []));

        answers.ShouldAllBe(answer => answer.GetProperty("ok").GetBoolean(), string.Join('\n', answers));
        var created = answers[1].GetProperty("body").GetProperty("ActionList")[0];
        created.GetProperty("ActionName").GetString().ShouldBe("生产 告警*~");
        created.GetProperty("ConfigList").GetString().ShouldBe(Rules);
        created.GetProperty("GroupIdList").GetString().ShouldBe("[\"10417151\"]");
        created.GetProperty("Status").GetInt32().ShouldBe(1);
        created.GetProperty("Url").GetString().ShouldNotBeNull().ShouldContain("access_token=****");
        answers[3].GetProperty("body").GetProperty("ActionList")[0].GetProperty("Status").GetInt32().ShouldBe(0);
        answers[9].GetProperty("body").GetProperty("PageInfo").GetProperty("TotalCount").GetInt32().ShouldBe(0);
        app.Sandbox.Messages.All.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("openapi")]
    [InlineData("pop-get")]
    [InlineData("pop-post")]
    public async Task Client_SeesTheVendorsErrors(string client)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        var disabled = app.Sandbox.RobotUrl(RobotSeeds.DisabledToken).AbsoluteUri;

        var answers = await app.CallAsync(client,
            ("CreateOrUpdateDingTalk", new() { ["RuleActionName"] = "No address" }),
            ("CreateOrUpdateDingTalk", new() { ["RuleActionName"] = "x", ["SendUrl"] = disabled }),
            ("CreateOrUpdateDingTalk", new() { ["RuleActionName"] = "Bad rules", ["SendUrl"] = disabled,
            ["ConfigList"] = """[{"type":"x","configItemList":[]}]""" }),
            ("CreateOrUpdateDingTalk", new() { ["RuleActionName"] = "Elsewhere",
            ["SendUrl"] = "https://example.com/robot/send?access_token=abc" }),
            ("DeleteDingTalk", new() { ["Ids"] = "1,2" }),
            ("CreateOrUpdateDingTalk", new() { ["RuleActionName"] = "Disabled robot", ["SendUrl"] = disabled }),
            ("DingTalkOnlineTest", new() { ["Id"] = 1 }),
            ("DescribeNothing", []));

        answers.Select(CodeOf).ShouldBe(["MissingSendUrl", "InvalidParameter", "InvalidParameter", "InvalidParameter", "InvalidParameter",
            "ok", "DingTalkTestFailed", "InvalidAction.NotFound"]);
        answers[2].GetProperty("message").GetString().ShouldNotBeNull().ShouldContain("ConfigList[0].type");
    }

    [Theory]
    [InlineData("openapi")]
    [InlineData("pop-post")]
    public async Task Client_WithAWrongSecretOrKey_IsRefused(string client)
    {
        await using var app = await NotifyAdminApp.StartAsync();

        CodeOf((await app.CallAsync(client, NotifyAdminSettings.AccessKeyId, "wrong", ("DescribeAllGroups", [])))[0])
            .ShouldBe("SignatureDoesNotMatch");
        CodeOf((await app.CallAsync(client, "NAKIDnobody", "wrong", ("DescribeAllGroups", [])))[0]).ShouldBe("InvalidAccessKeyId.NotFound");
    }

    [Fact]
    public async Task Update_WithTheMaskedAddress_KeepsTheStoredOneAndWhatTheApiCannotSay()
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        var url = app.Sandbox.RobotUrl(RobotSeeds.KeywordToken).AbsoluteUri;
        await app.CallAsync("openapi",
            ("CreateOrUpdateDingTalk", new() { ["RuleActionName"] = "Before", ["SendUrl"] = url, ["IntervalTime"] = 5 }));
        var masked = (await app.CallAsync("openapi", ("DescribeDingTalk", [])))[0].GetProperty("body").GetProperty("ActionList")[0]
            .GetProperty("Url").GetString()!;

        var answers = await app.CallAsync("openapi",
            ("CreateOrUpdateDingTalk", new() { ["Id"] = 1, ["RuleActionName"] = "After", ["SendUrl"] = masked }),
            ("CreateOrUpdateDingTalk", new() { ["Id"] = 1, ["RuleActionName"] = "Never", ["SendUrl"] = masked[..^4] + "zzzz" }),
            ("DescribeDingTalk", []),
            ("DingTalkOnlineTest", new() { ["Id"] = 1 }));

        answers.Select(CodeOf).ShouldBe(["ok", "InvalidParameter", "ok", "ok"]);
        var stored = answers[2].GetProperty("body").GetProperty("ActionList")[0];
        stored.GetProperty("ActionName").GetString().ShouldBe("After");
        stored.GetProperty("IntervalTime").GetInt32().ShouldBe(5);
    }

    [Theory]
    [InlineData("openapi")]
    [InlineData("pop-post")]
    public async Task Client_MayWhatItsOwnersRoleMay(string client)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        var url = app.Sandbox.RobotUrl(RobotSeeds.KeywordToken).AbsoluteUri;
        await app.CallAsync(client, ("CreateOrUpdateDingTalk", new() { ["RuleActionName"] = "By the Admin", ["SendUrl"] = url }));

        (await CodesAsync(Roles.Viewer)).ShouldBe(["ok", "ok", "NoPermission", "NoPermission", "NoPermission", "NoPermission"]);
        (await CodesAsync(Roles.Operator)).ShouldBe(["ok", "ok", "ok", "NoPermission", "NoPermission", "NoPermission"]);

        async Task<IEnumerable<string>> CodesAsync(string role)
        {
            var (id, secret) = await CreateKeyAsync(app, role);
            return (await app.CallAsync(client, id, secret,
                ("DescribeDingTalk", []),
                ("DescribeAllGroups", []),
                ("DingTalkOnlineTest", new() { ["Id"] = 1 }),
                ("CreateOrUpdateDingTalk", new() { ["RuleActionName"] = "By somebody", ["SendUrl"] = url }),
                ("ModifyDingTalkStatus", new() { ["Ids"] = "1", ["Status"] = 0 }),
                ("DeleteDingTalk", new() { ["Ids"] = "1" }))).Select(CodeOf);
        }
    }

    [Theory]
    [InlineData("openapi")]
    [InlineData("pop-post")]
    public async Task Client_WithARevokedKeyAWrongClockOrTooManyFailures_IsRefused(string client)
    {
        var time = new ShiftedTime();
        await using var app = await NotifyAdminApp.StartAsync(new()
        {
            Time = time,
            Configuration = new Dictionary<string, string> { ["Api:FailuresPerMinutePerAddress"] = "2" },
        });
        var admin = await app.AdminActorAsync();
        var keys = app.Services.GetRequiredService<KeyService>();
        var pair = await keys.CreateAccessKeyAsync(null, admin, TestContext.Current.CancellationToken);
        var row = (await keys.ListAccessKeysAsync(admin.UserId!, admin, TestContext.Current.CancellationToken))
            .Single(key => key.AccessKeyId == pair.AccessKeyId);
        await keys.RevokeAccessKeyAsync(row.Id, admin, TestContext.Current.CancellationToken);

        CodeOf((await app.CallAsync(client, pair.AccessKeyId!, pair.Secret!, ("DescribeDingTalk", [])))[0])
            .ShouldBe("InvalidAccessKeyId.NotFound");
        time.Shift(TimeSpan.FromMinutes(16));
        CodeOf((await app.CallAsync(client, ("DescribeDingTalk", [])))[0]).ShouldBe("InvalidTimeStamp.Expired");
        time.Shift(TimeSpan.FromMinutes(-16));
        await app.CallAsync(client, NotifyAdminSettings.AccessKeyId, "wrong", ("DescribeDingTalk", []), ("DescribeDingTalk", []));
        CodeOf((await app.CallAsync(client, ("DescribeDingTalk", [])))[0]).ShouldBe("Throttling");
    }

    [Fact]
    public async Task Rules_WrittenByTheApi_AreReadBackUnchangedAfterTheFormSaves()
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        await app.CallAsync("openapi", ("CreateOrUpdateDingTalk", new()
        {
            ["RuleActionName"] = "By the API", ["SendUrl"] = app.Sandbox.RobotUrl(RobotSeeds.KeywordToken).AbsoluteUri,
                ["ConfigList"] = Rules, ["GroupIdList"] = "123,456",
        }));
        var stored = await app.Chatbots().FindAsync(1, Actor.System, TestContext.Current.CancellationToken);

        var form = new ChatbotEdit(ChatbotView.Of(stored!), new ChatbotFormModel());
        form.Model.Name = "Named in the form";
        form.Model.Keyword = RobotSeeds.Keyword;
        var alerts = Vocabulary.Find("suspicious")!;
        form.Rules.Choose(alerts, alerts.FindKey(Vocabulary.EventType)!, "Webshell", isChosen: true);
        form.Rules.Choose(alerts, alerts.FindKey(Vocabulary.EventType)!, "Webshell", isChosen: false);
        form.TakeRules();
        var saved = await app.Chatbots()
            .SaveAsync(form.Model.ToChange(stored!.Id, stored.Version), Actor.System, TestContext.Current.CancellationToken);

        saved.ShouldBeOfType<Saved<DingTalkChatbot>>();
        var described = (await app.CallAsync("openapi", ("DescribeDingTalk", [])))[0].GetProperty("body").GetProperty("ActionList")[0];
        described.GetProperty("ActionName").GetString().ShouldBe("Named in the form");
        described.GetProperty("ConfigList").GetString().ShouldBe(Rules);
        described.GetProperty("GroupIdList").GetString().ShouldBe("[\"123\",\"456\"]");
    }

    private static async Task<(string Id, string Secret)> CreateKeyAsync(NotifyAdminApp app, string role)
    {
        var admin = await app.AdminActorAsync();
        var owner = admin with { UserId = await app.CreatePersonAsync($"{role}@example.test", role), Role = role };
        var pair = await app.Services.GetRequiredService<KeyService>()
            .CreateAccessKeyAsync(null, owner, TestContext.Current.CancellationToken);
        return (pair.AccessKeyId!, pair.Secret!);
    }

    private static string CodeOf(JsonElement answer) =>
        answer.GetProperty("ok").GetBoolean() ? "ok" : answer.GetProperty("code").GetString()!;
}
