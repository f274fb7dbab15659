using Notify.Admin.Channels;
using Notify.Admin.VendorAccounts;

namespace Notify.Admin.UnitTests.VendorAccounts;

public class PublishPlanTests
{
    private const string Rules =
        """[{"type":"sas_analysis_online-sas-operation-log-sas-event-vul","configItemList":[{"key":"type","valueList":["cms","oval"]},{"key":"necessity","valueList":["asap"]}]}]""";

    private const string SameRules =
        """[{"type":"sas_analysis_pre-sas-operation-log-sas-event-vul","configItemList":[{"key":"necessity","valueList":["asap"]},{"key":"type","valueList":["oval","cms"]}]}]""";

    private static readonly VendorChatbot Here = new(
        "SecOps", "https://oapi.dingtalk.com/robot/send?access_token=****wxyz", true, 30, Rules, ["10417151", "7"], "zh") { Tail = "wxyz" };

    [Fact]
    public void Compare_TheVendorsOwnSpelling_IsNoDifference() =>
        PublishPlan.Compare(Here with { ConfigList = SameRules }, Here, isSameSecret: true).ShouldBeEmpty();

    [Fact]
    public void Compare_EverySetting_IsNamed() =>
        PublishPlan.Compare(
            new VendorChatbot("Other", "https://relay.example.com/robot/send?access_token=****abcd", false, 0, "[]", [], "en"), Here,
            isSameSecret: false).Select(change => change.Field)
            .ShouldBe(["name", "url", "intervalTime", "dingTalkLang", "groupIdList", "configList", "status"]);

    [Theory]
    [InlineData("https://oapi.dingtalk.com/robot/send?access_token=****wxyz", true)]
    [InlineData("https://oapi.dingtalk.com/robot/send?access_token=0123456789wxyz", true)]
    [InlineData("https://oapi.dingtalk.com/robot/send?access_token=****abcd", false)]
    [InlineData("https://oapi.dingtalk.com/robot/send?access_token=XXX", null)]
    [InlineData("https://oapi.dingtalk.com/robot/send", null)]
    public void Robot_IsToldByWhatIsShown(string url, bool? isSame)
    {
        var seen = Read(url);

        seen.ShowsSecretOf(Here).ShouldBe(isSame);
        seen.Url.ShouldNotContain("0123456789");
    }

    [Fact]
    public void Read_TheVendorsExample_IsUnderstood()
    {
        var seen = Read("https://oapi.dingtalk.com/robot/send?access_token=****wxyz", """[{"type":"new"}]""", "7,10417151");

        (seen.Id, seen.Name, seen.IsOn, seen.IntervalMinutes, seen.Language).ShouldBe((1589, "SecOps", true, 30, "zh"));
        seen.GroupIds.ShouldBe(["10417151", "7"]);
        PublishPlan.Compare(seen, Here, isSameSecret: true).ShouldHaveSingleItem().Field.ShouldBe("configList");
    }

    [Fact]
    public void Kayran_ANewChannel_SwitchesTheEarlierOneOffFirst()
    {
        var published = new KayranIntegration("Scans", "C0000000001", "…wxyz", "Low", ["slackNotify"]);
        var link = new ChannelLink { Kind = ChannelKind.Slack, ChannelId = 1, AccountId = 1, Name = "Scans" };
        link.TakePublished(published, "fingerprint", vendorId: null);

        var same = PublishPlan.Make(new(published, "fingerprint"), link, all: null, new HashSet<int>());
        var token = PublishPlan.Make(new(published, "another"), link, all: null, new HashSet<int>());
        var moved = PublishPlan.Make(
            new(published with { ChannelId = "C0000000002", On = [] }, "fingerprint"), link, all: null, new HashSet<int>());

        same.Steps.ShouldBeEmpty();
        token.Changes.ShouldHaveSingleItem().Field.ShouldBe("slackToken");
        moved.Steps.ShouldBe([PublishStep.Leave, PublishStep.Create]);
        moved.Changes.Select(change => change.Field).ShouldBe(["channelId", "slackNotify"]);
    }

    [Fact]
    public void Kayran_EveryCall_SaysAllFields()
    {
        var integration = new KayranIntegration("Scans", "C0000000001", "…wxyz", "Medium", ["slackNotify", "slackPause"]);

        integration.ToBody("xoxb-token", isOff: false).ToJsonString().ShouldBe(
            """{"channelId":"C0000000001","slackToken":"xoxb-token","slackAvgThreat":"Medium","slackNotify":true,"""
            + "\"slackStartFromSchedule\":false,\"slackStartFromQueue\":false,\"slackCompleteAborted\":false,\"slackDelete\":false,"
            + "\"slackStop\":false,\"slackAborted\":false,\"slackPause\":true,\"slackUnpause\":false}");
        integration.ToBody("xoxb-token", isOff: true).ToJsonString().ShouldNotContain("true");
    }

    private static VendorChatbot Read(string url, string rules = Rules, string groups = """["7","10417151"]""") =>
        VendorChatbot.Read(System.Text.Json.JsonSerializer.SerializeToElement(new
        {
            Id = 1589, ActionName = "SecOps", Url = url, Status = 1, IntervalTime = 30, ConfigList = rules, GroupIdList = groups,
            DingTalkLang = "zh", GmtCreate = 1550828400000, GmtModified = 1550828400000, AliUid = 12312412341,
        })).ShouldNotBeNull();
}
