using Notify.Admin.DingTalk;
using Notify.Admin.Rules;
using Notify.Admin.SecurityCenter;

namespace Notify.Admin.UnitTests.SecurityCenter;

public class CallBinderTests
{
    private const string Url = "https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef";
    private const string Rules =
        """[{"type":"sas_analysis_pre-sas-operation-log-sas-event-hc","configItemList":[{"key":"item_level","valueList":["all"]}]}]""";

    private static readonly CallBinder Binder = new(new WebhookAllowList([DingTalkOptions.DefaultWebhook]));

    [Fact]
    public void ReadSave_RequiredOnly_LeavesTheRestToTheDefaults()
    {
        var call = Binder.ReadSave(Parameters());

        call.ShouldBe(new SaveChatbotCall(null, "Prod alerts", new SendUrl(call.SendUrl.Webhook, null), null, null, null, null));
        call.SendUrl.Webhook!.Value.ShouldBe(Url);
    }

    [Fact]
    public void ReadSave_Everything_IsRead()
    {
        var call = Binder.ReadSave(Parameters(
            ("Id", "1589"), ("IntervalTime", "30"), ("ConfigList", Rules), ("GroupIdList", """["10417151",7]"""), ("DingTalkLang", "en")));

        call.Id.ShouldBe(1589);
        call.IntervalMinutes.ShouldBe(30);
        call.Rules!.Json.ShouldBe(Rules);
        call.GroupIds.ShouldBe(["10417151", "7"]);
        call.Language.ShouldBe(DingTalkLanguage.En);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("")]
    public void ReadSave_EmptyLists_Clear(string empty)
    {
        var call = Binder.ReadSave(Parameters(("Id", "1"), ("ConfigList", empty), ("GroupIdList", empty)));

        call.Rules.ShouldBe(ConfigList.Empty);
        call.GroupIds!.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("123,456", "123", "456")]
    [InlineData(" 123 , 456 ", "123", "456")]
    [InlineData("10417151", "10417151")]
    [InlineData("""["123", 456, "123"]""", "123", "456")]
    [InlineData("""[ 0, "007" ]""", "0", "7")]
    public void ReadSave_GroupIdList_TakesEveryForm(string text, params string[] expected) =>
        Binder.ReadSave(Parameters(("GroupIdList", text))).GroupIds.ShouldBe(expected);

    [Theory]
    [InlineData("RuleActionName", null, "MissingRuleActionName")]
    [InlineData("RuleActionName", "", "MissingRuleActionName")]
    [InlineData("SendUrl", null, "MissingSendUrl")]
    [InlineData("RuleActionName", "x", "InvalidParameter RuleActionName")]
    [InlineData("RuleActionName", "  ", "InvalidParameter RuleActionName")]
    [InlineData("RuleActionName", "a\0b", "InvalidParameter RuleActionName")]
    [InlineData("RuleActionName", "65", "InvalidParameter RuleActionName")]
    [InlineData("SendUrl", "0123456789abcdef", "InvalidParameter SendUrl")]
    [InlineData("SendUrl", "https://evil.example/robot/send?access_token=a", "InvalidParameter SendUrl")]
    [InlineData("SendUrl", "https://oapi.dingtalk.com/robot/send?access_token=****cdef", "InvalidParameter SendUrl")]
    [InlineData("Id", "", "InvalidParameter Id")]
    [InlineData("Id", "0", "InvalidParameter Id")]
    [InlineData("Id", "-1", "InvalidParameter Id")]
    [InlineData("Id", "2147483648", "InvalidParameter Id")]
    [InlineData("Id", "１", "InvalidParameter Id")]
    [InlineData("Id", " 1", "InvalidParameter Id")]
    [InlineData("Id", "1.0", "InvalidParameter Id")]
    [InlineData("Id", "abc", "InvalidParameter Id")]
    [InlineData("IntervalTime", "-1", "InvalidParameter IntervalTime")]
    [InlineData("IntervalTime", "9223372036854775807", "InvalidParameter IntervalTime")]
    [InlineData("IntervalTime", "", "InvalidParameter IntervalTime")]
    [InlineData("DingTalkLang", "ZH", "InvalidParameter DingTalkLang")]
    [InlineData("DingTalkLang", "", "InvalidParameter DingTalkLang")]
    [InlineData("ConfigList", "{", "InvalidParameter ConfigList")]
    [InlineData("ConfigList", "{}", "InvalidParameter ConfigList")]
    [InlineData("ConfigList", """[{"type":"x","configItemList":[]}]""", "InvalidParameter ConfigList[0].type")]
    [InlineData("ConfigList", """[{"type":"sas_analysis_online-sas-operation-log-sas-event-hc","configItemList":[{"key":"item_level","valueList":["urgent"]}]}]""", "InvalidParameter ConfigList[0].configItemList[0].valueList[0]")]
    [InlineData("GroupIdList", """["a"]""", "InvalidParameter GroupIdList[0]")]
    [InlineData("GroupIdList", """["1","-2"]""", "InvalidParameter GroupIdList[1]")]
    [InlineData("GroupIdList", "[1, 2147483648]", "InvalidParameter GroupIdList[1]")]
    [InlineData("GroupIdList", "[1.5]", "InvalidParameter GroupIdList[0]")]
    [InlineData("GroupIdList", "[null]", "InvalidParameter GroupIdList[0]")]
    [InlineData("GroupIdList", "[[1]]", "InvalidParameter GroupIdList[0]")]
    [InlineData("GroupIdList", "[1", "InvalidParameter GroupIdList")]
    [InlineData("GroupIdList", """["\ud800"]""", "InvalidParameter GroupIdList")]
    [InlineData("GroupIdList", "1,,2", "InvalidParameter GroupIdList[1]")]
    [InlineData("GroupIdList", "{}", "InvalidParameter GroupIdList[0]")]
    public void ReadSave_BadValue_NamesParameterAndPath(string name, string? value, string expected)
    {
        var parameters = Parameters((name, value == "65" ? new string('x', 65) : value));

        Refusal(() => Binder.ReadSave(parameters)).ShouldBe(expected);
    }

    [Fact]
    public void ReadSave_MaskedUrlOnUpdate_IsLeftToTheService()
    {
        var call = Binder.ReadSave(Parameters(("Id", "7"), ("SendUrl", "https://oapi.dingtalk.com/robot/send?access_token=****cdef")));

        call.SendUrl.ShouldBe(new SendUrl(null, "https://oapi.dingtalk.com/robot/send?access_token=****cdef"));
    }

    [Fact]
    public void ReadList_NothingGiven_IsTheFirstPageOfTwenty() =>
        CallBinder.ReadList(new CallParameters(new Dictionary<string, string> { ["RuleActionName"] = "" }))
            .ShouldBe(new ListChatbotsCall(null, 1, 20));

    [Fact]
    public void Offset_LastPage_DoesNotOverflow() => new ListChatbotsCall(null, int.MaxValue, 100).Offset.ShouldBe(214748364600);

    [Theory]
    [InlineData("CurrentPage", "0")]
    [InlineData("PageSize", "0")]
    [InlineData("PageSize", "101")]
    [InlineData("RuleActionName", "a\0")]
    public void ReadList_BadValue_IsNamed(string name, string value) =>
        Refusal(() => CallBinder.ReadList(new CallParameters(new Dictionary<string, string> { [name] = value })))
            .ShouldBe($"InvalidParameter {name}");

    [Theory]
    [InlineData("1,2, 3,2", "1 2 3")]
    [InlineData("2147483647", "2147483647")]
    public void ReadDelete_Ids_AreReadOnce(string ids, string expected) =>
        string.Join(' ', CallBinder.ReadDelete(new CallParameters(new Dictionary<string, string> { ["Ids"] = ids })).Ids)
            .ShouldBe(expected);

    [Theory]
    [InlineData(null, "1", "MissingIds")]
    [InlineData("1,", "1", "InvalidParameter Ids[1]")]
    [InlineData("1,x", "1", "InvalidParameter Ids[1]")]
    [InlineData("0", "1", "InvalidParameter Ids[0]")]
    [InlineData("1", null, "MissingStatus")]
    [InlineData("1", "2", "InvalidParameter Status")]
    [InlineData("1", "on", "InvalidParameter Status")]
    public void ReadSwitch_BadValue_IsNamed(string? ids, string? status, string expected)
    {
        var values = new Dictionary<string, string>();
        if (ids is not null)
        {
            values["Ids"] = ids;
        }

        if (status is not null)
        {
            values["Status"] = status;
        }

        Refusal(() => CallBinder.ReadSwitch(new CallParameters(values))).ShouldBe(expected);
    }

    [Fact]
    public void ReadSwitch_Status_IsOnOrOff()
    {
        CallBinder.ReadSwitch(new CallParameters(new Dictionary<string, string> { ["Ids"] = "1", ["Status"] = "1" })).IsOn.ShouldBeTrue();
        CallBinder.ReadSwitch(new CallParameters(new Dictionary<string, string> { ["Ids"] = "1", ["Status"] = "0" })).IsOn.ShouldBeFalse();
    }

    [Fact]
    public void ReadDelete_TooManyIds_IsRefused() =>
        Refusal(() => CallBinder.ReadDelete(new CallParameters(new Dictionary<string,
            string> { ["Ids"] = string.Join(',', Enumerable.Range(1, 1001)) })))
            .ShouldBe("InvalidParameter Ids");

    [Theory]
    [InlineData("ConfigType", "Slack")]
    [InlineData("Lang", "de")]
    public void ReadDescribeDataSource_BadValue_IsNamed(string name, string value) =>
        Refusal(() => CallBinder.ReadDescribeDataSource(new CallParameters(new Dictionary<string, string> { [name] = value })))
            .ShouldBe($"InvalidParameter {name}");

    private static CallParameters Parameters(params (string Name, string? Value)[] changes)
    {
        var values = new Dictionary<string, string> { ["RuleActionName"] = "Prod alerts", ["SendUrl"] = Url };
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                values.Remove(name);
            }
            else
            {
                values[name] = value;
            }
        }

        return new CallParameters(values);
    }

    private static string Refusal(Func<object> read)
    {
        var error = Should.Throw<CallRefusedException>(() => { read(); }).Error;
        error.Status.ShouldBe(400);
        return error.Code == "InvalidParameter" ? $"{error.Code} {error.Message.Split(' ')[2]}" : error.Code;
    }
}
