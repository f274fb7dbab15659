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
        PublishPlan.Compare(Here with { ConfigList = SameRules }, Here, isSameRobot: true).ShouldBeEmpty();

    [Fact]
    public void Compare_EverySetting_IsNamed() =>
        PublishPlan.Compare(
            new VendorChatbot("Other", "https://relay.example.com/robot/send?access_token=****abcd", false, 0, "[]", [], "en"), Here,
            isSameRobot: false).Select(change => change.Field)
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

        VendorChatbot.IsSameRobot(seen, Here).ShouldBe(isSame);
        seen.Url.ShouldNotContain("0123456789");
    }

    [Fact]
    public void Read_TheVendorsExample_IsUnderstood()
    {
        var seen = Read("https://oapi.dingtalk.com/robot/send?access_token=****wxyz", """[{"type":"new"}]""", "7,10417151");

        (seen.Id, seen.Name, seen.IsOn, seen.IntervalMinutes, seen.Language).ShouldBe((1589, "SecOps", true, 30, "zh"));
        seen.GroupIds.ShouldBe(["10417151", "7"]);
        PublishPlan.Compare(seen, Here, isSameRobot: true).ShouldHaveSingleItem().Field.ShouldBe("configList");
    }

    private static VendorChatbot Read(string url, string rules = Rules, string groups = """["7","10417151"]""") =>
        VendorChatbot.Read(System.Text.Json.JsonSerializer.SerializeToElement(new
        {
            Id = 1589, ActionName = "SecOps", Url = url, Status = 1, IntervalTime = 30, ConfigList = rules, GroupIdList = groups,
            DingTalkLang = "zh", GmtCreate = 1550828400000, GmtModified = 1550828400000, AliUid = 12312412341,
        })).ShouldNotBeNull();
}
