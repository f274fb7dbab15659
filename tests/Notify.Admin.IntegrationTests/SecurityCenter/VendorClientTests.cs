using System.Diagnostics;
using System.Text.Json;
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

        var answers = await CallAsync(app, client,
            ("CreateOrUpdateDingTalk", new() { ["RuleActionName"] = "生产 告警*~", ["SendUrl"] = url, ["ConfigList"] = Rules, ["GroupIdList"] = "[\"10417151\"]", ["DingTalkLang"] = "en" }),
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

        var answers = await CallAsync(app, client,
            ("CreateOrUpdateDingTalk", new() { ["RuleActionName"] = "No address" }),
            ("CreateOrUpdateDingTalk", new() { ["RuleActionName"] = "x", ["SendUrl"] = disabled }),
            ("CreateOrUpdateDingTalk", new() { ["RuleActionName"] = "Bad rules", ["SendUrl"] = disabled, ["ConfigList"] = """[{"type":"x","configItemList":[]}]""" }),
            ("CreateOrUpdateDingTalk", new() { ["RuleActionName"] = "Elsewhere", ["SendUrl"] = "https://example.com/robot/send?access_token=abc" }),
            ("DeleteDingTalk", new() { ["Ids"] = "1,2" }),
            ("CreateOrUpdateDingTalk", new() { ["RuleActionName"] = "Disabled robot", ["SendUrl"] = disabled }),
            ("DingTalkOnlineTest", new() { ["Id"] = 1 }),
            ("DescribeNothing", []));

        answers.Select(CodeOf).ShouldBe(["MissingSendUrl", "InvalidParameter", "InvalidParameter", "InvalidParameter", "InvalidParameter", "ok", "DingTalkTestFailed", "InvalidAction.NotFound"]);
        answers[2].GetProperty("message").GetString().ShouldNotBeNull().ShouldContain("ConfigList[0].type");
    }

    [Theory]
    [InlineData("openapi")]
    [InlineData("pop-post")]
    public async Task Client_WithAWrongSecretOrKey_IsRefused(string client)
    {
        await using var app = await NotifyAdminApp.StartAsync();

        CodeOf((await CallAsync(app, client, NotifyAdminSettings.AccessKeyId, "wrong", ("DescribeAllGroups", [])))[0]).ShouldBe("SignatureDoesNotMatch");
        CodeOf((await CallAsync(app, client, "NAKIDnobody", "wrong", ("DescribeAllGroups", [])))[0]).ShouldBe("InvalidAccessKeyId.NotFound");
    }

    [Fact]
    public async Task Update_WithTheMaskedAddress_KeepsTheStoredOneAndWhatTheApiCannotSay()
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        var url = app.Sandbox.RobotUrl(RobotSeeds.KeywordToken).AbsoluteUri;
        await CallAsync(app, "openapi", ("CreateOrUpdateDingTalk", new() { ["RuleActionName"] = "Before", ["SendUrl"] = url, ["IntervalTime"] = 5 }));
        var masked = (await CallAsync(app, "openapi", ("DescribeDingTalk", [])))[0].GetProperty("body").GetProperty("ActionList")[0].GetProperty("Url").GetString()!;

        var answers = await CallAsync(app, "openapi",
            ("CreateOrUpdateDingTalk", new() { ["Id"] = 1, ["RuleActionName"] = "After", ["SendUrl"] = masked }),
            ("CreateOrUpdateDingTalk", new() { ["Id"] = 1, ["RuleActionName"] = "Never", ["SendUrl"] = masked[..^4] + "zzzz" }),
            ("DescribeDingTalk", []),
            ("DingTalkOnlineTest", new() { ["Id"] = 1 }));

        answers.Select(CodeOf).ShouldBe(["ok", "InvalidParameter", "ok", "ok"]);
        var stored = answers[2].GetProperty("body").GetProperty("ActionList")[0];
        stored.GetProperty("ActionName").GetString().ShouldBe("After");
        stored.GetProperty("IntervalTime").GetInt32().ShouldBe(5);
    }

    private static string CodeOf(JsonElement answer) => answer.GetProperty("ok").GetBoolean() ? "ok" : answer.GetProperty("code").GetString()!;

    private static Task<IReadOnlyList<JsonElement>> CallAsync(NotifyAdminApp app, string client, params (string Action, Dictionary<string, object> Parameters)[] calls) =>
        CallAsync(app, client, NotifyAdminSettings.AccessKeyId, NotifyAdminSettings.AccessKeySecret, calls);

    private static async Task<IReadOnlyList<JsonElement>> CallAsync(
        NotifyAdminApp app, string client, string id, string secret, params (string Action, Dictionary<string, object> Parameters)[] calls)
    {
        using var node = Process.Start(new ProcessStartInfo("node", [Script(), client, $"{app.BaseAddress.Host}:{app.BaseAddress.Port}", id, secret])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await node.StandardInput.WriteAsync(JsonSerializer.Serialize(calls.Select(c => new { action = c.Action, @params = c.Parameters })));
        node.StandardInput.Close();
        var errors = node.StandardError.ReadToEndAsync();
        var output = await node.StandardOutput.ReadToEndAsync();
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(calls.Length, $"node answered: {output}{await errors} (tests/run installs the clients)");
        return [.. lines.Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }

    private static string Script()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Notify.Admin.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "tests", "npm", "security-center.js");
    }
}
