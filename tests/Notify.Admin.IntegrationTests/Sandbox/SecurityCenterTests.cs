using System.Net;
using System.Text.Json;
using Notify.Admin.Testing;
using Notify.Sandbox;
using Notify.Sandbox.Faults;
using Notify.Sandbox.SecurityCenter;

namespace Notify.Admin.IntegrationTests.Sandbox;

/// <summary>The pretended Security Center: who is let in, and what its lists tell.</summary>
public sealed class SecurityCenterTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_WithoutTheRightKey_AreRefusedAsTheVendorDoes()
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);

        (await CallAsync(sandbox, "DescribeSuspEvents")).Status.ShouldBe(HttpStatusCode.OK);
        (await CallAsync(sandbox, "DescribeSuspEvents", secret: "another"))
            .ShouldBeRefusal(HttpStatusCode.BadRequest, "SignatureDoesNotMatch");
        (await CallAsync(sandbox, "DescribeSuspEvents", id: "LTAI-unknown"))
            .ShouldBeRefusal(HttpStatusCode.NotFound, "InvalidAccessKeyId.NotFound");
        sandbox.SecurityCenter.Keys.Put(SecurityCenterSeeds.Key with { Denied = ["DescribeVulList"] });
        (await CallAsync(sandbox, "DescribeVulList", "Type=cve")).ShouldBeRefusal(HttpStatusCode.Forbidden, "NoPermission");
        sandbox.SecurityCenter.Keys.Put(SecurityCenterSeeds.Key with { IsActive = false });
        (await CallAsync(sandbox, "DescribeSuspEvents")).ShouldBeRefusal(HttpStatusCode.BadRequest, "InvalidAccessKeyId.Inactive");
    }

    [Fact]
    public async Task Lists_TellWhatWasPut_APageAtATime()
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);
        sandbox.SecurityCenter.Put([.. Enumerable.Range(1, 5).Select(id =>
            new SandboxAlert { Id = id, Name = $"Alert {id}", Uuid = "inet-web-01" })]);
        sandbox.SecurityCenter.Put(new SandboxVulnerability { Id = 7, Name = "openssl", Uuid = "inet-db-01" });
        sandbox.SecurityCenter.Put(new SandboxBaseline { Id = 8, Name = "CentOS", Uuids = ["inet-web-01", "inet-db-01"] });
        sandbox.SecurityCenter.Put(new SandboxLeak { Id = 9, AccessKeyId = "LTAI-leaked" });

        var second = (await CallAsync(sandbox, "DescribeSuspEvents", "CurrentPage=2&PageSize=2")).Body;
        second.GetProperty("TotalCount").GetInt32().ShouldBe(5);
        second.GetProperty("SuspEvents").EnumerateArray().Select(alert => alert.GetProperty("Id").GetInt64()).Count().ShouldBe(2);
        (await CallAsync(sandbox, "DescribeSuspEvents", "TimeStart=2099-01-01 00:00:00")).Body
            .GetProperty("TotalCount").GetInt32().ShouldBe(0);
        var vulnerability = (await CallAsync(sandbox, "DescribeVulList", "Type=cve&Dealed=n")).Body.GetProperty("VulRecords")[0];
        vulnerability.GetProperty("GroupId").GetInt64().ShouldBe(10417152);
        (await CallAsync(sandbox, "DescribeCheckWarningSummary")).Body.GetProperty("WarningSummarys")[0]
            .GetProperty("WarningMachineCount").GetInt32().ShouldBe(2);
        (await CallAsync(sandbox, "DescribeWarningMachines", "RiskId=8")).Body.GetProperty("WarningMachines")[1]
            .GetProperty("InstanceName").GetString().ShouldBe("db-01");
        (await CallAsync(sandbox, "DescribeAccesskeyLeakList", "CurrentPage=1&PageSize=20")).Body.GetProperty("AccessKeyLeakList")[0]
            .GetProperty("Status").GetString().ShouldBe("pending");
        (await CallAsync(sandbox, "DescribeCloudCenterInstances", """Criteria=[{"name":"instanceId","value":"i-db-01"}]""")).Body
            .GetProperty("Instances")[0].GetProperty("GroupId").GetInt64().ShouldBe(10417152);
        (await CallAsync(sandbox, "DescribeNothing")).ShouldBeRefusal(HttpStatusCode.NotFound, "InvalidAction.NotFound");
    }

    [Fact]
    public async Task Chatbots_AreCreatedChangedSwitchedAndDeleted_AndReadBackMasked()
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);
        const string Whole = "RuleActionName=Prod alerts&SendUrl=https://oapi.dingtalk.com/robot/send?access_token=abcdefghwxyz&IntervalTime=5";

        var created = await CallAsync(sandbox, "CreateOrUpdateDingTalk", Whole);

        created.Body.EnumerateObject().Select(member => member.Name).ShouldBe(["RequestId"]);
        var item = (await CallAsync(sandbox, "DescribeDingTalk", "RuleActionName=alerts")).Body.GetProperty("ActionList").EnumerateArray()
            .ShouldHaveSingleItem();
        item.GetProperty("Url").GetString().ShouldBe("https://oapi.dingtalk.com/robot/send?access_token=****wxyz");
        (item.GetProperty("Id").GetInt32(), item.GetProperty("Status").GetInt32(), item.GetProperty("DingTalkLang").GetString())
            .ShouldBe((2, 1, "zh"));
        await CallAsync(sandbox, "CreateOrUpdateDingTalk", $"{Whole.Replace("=5", "=0", StringComparison.Ordinal)}&Id=2&DingTalkLang=en");
        await CallAsync(sandbox, "ModifyDingTalkStatus", "Ids=1,2&Status=0");
        sandbox.SecurityCenter.Chatbots.All.Select(chatbot => (chatbot.Id, chatbot.IsOn, chatbot.IntervalTime, chatbot.Language))
            .ShouldBe([(1, false, 10, "zh"), (2, false, 0, "en")]);
        (await CallAsync(sandbox, "DeleteDingTalk", "Ids=2,3")).ShouldBeRefusal(HttpStatusCode.BadRequest, "InvalidParameter");
        (await CallAsync(sandbox, "DeleteDingTalk", "Ids=2")).Status.ShouldBe(HttpStatusCode.OK);
        (await CallAsync(sandbox, "DescribeDingTalk")).Body.GetProperty("PageInfo").GetProperty("TotalCount").GetInt32().ShouldBe(1);
        await CallAsync(sandbox, "CreateOrUpdateDingTalk", Whole);
        sandbox.SecurityCenter.Chatbots.All.Select(chatbot => chatbot.Id).ShouldBe([1, 3]);
    }

    [Theory]
    [InlineData("SendUrl=https://x.example/send?access_token=abc", "MissingRuleActionName")]
    [InlineData("RuleActionName=Prod", "MissingSendUrl")]
    [InlineData("RuleActionName=P&SendUrl=https://x.example/send?access_token=abc", "InvalidParameter")]
    [InlineData("RuleActionName=Prod&SendUrl=https://x.example/send?access_token=****abcd", "InvalidParameter")]
    [InlineData("RuleActionName=Prod&SendUrl=https://x.example/send?access_token=abc&ConfigList={}", "InvalidParameter")]
    [InlineData("RuleActionName=Prod&SendUrl=https://x.example/send?access_token=abc&IntervalTime=-1", "InvalidParameter")]
    [InlineData("RuleActionName=Prod&SendUrl=https://x.example/send?access_token=abc&Id=9", "InvalidParameter")]
    public async Task Chatbot_ThatIsWrong_IsRefused(string form, string code)
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);

        (await CallAsync(sandbox, "CreateOrUpdateDingTalk", form)).ShouldBeRefusal(HttpStatusCode.BadRequest, code);

        sandbox.SecurityCenter.Chatbots.All.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Faults_OfOneAction_LeaveTheOthersAlone()
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);
        sandbox.Faults.Add(new SandboxFault
        {
            Target = FaultTarget.SecurityCenter, Method = "DescribeVulList", Kind = FaultKind.ErrorCode, ErrorCode = "Throttling.User",
        });

        (await CallAsync(sandbox, "DescribeSuspEvents")).Status.ShouldBe(HttpStatusCode.OK);
        (await CallAsync(sandbox, "DescribeVulList", "Type=cve")).ShouldBeRefusal(HttpStatusCode.BadRequest, "Throttling.User");
        (await CallAsync(sandbox, "DescribeVulList", "Type=cve")).Status.ShouldBe(HttpStatusCode.OK);
        sandbox.Calls.All.Select(call => (call.Target, call.Method, call.Code)).ShouldBe(
        [
            (SandboxTarget.SecurityCenter, "DescribeSuspEvents", "ok"),
            (SandboxTarget.SecurityCenter, "DescribeVulList", "Throttling.User"),
            (SandboxTarget.SecurityCenter, "DescribeVulList", "ok"),
        ]);
    }

    private static async Task<VendorAnswer> CallAsync(SandboxServer sandbox, string action, string form = "",
        string id = SecurityCenterSeeds.AccessKeyId, string secret = SecurityCenterSeeds.AccessKeySecret)
    {
        using var client = new HttpClient();
        using var request = SignedCalls.Acs3(sandbox.BaseAddress, action, id, secret, TimeProvider.System.GetUtcNow(), form);
        using var response = await client.SendAsync(request, Stop);
        return new VendorAnswer(response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync(Stop)));
    }
}

internal sealed record VendorAnswer(HttpStatusCode Status, JsonElement Body)
{
    public void ShouldBeRefusal(HttpStatusCode status, string code)
    {
        Status.ShouldBe(status);
        Body.GetProperty("Code").GetString().ShouldBe(code);
    }
}
