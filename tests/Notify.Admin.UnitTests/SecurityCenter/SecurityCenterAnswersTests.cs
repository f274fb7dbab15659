using System.Text;
using System.Text.Json;
using Notify.Admin.DingTalk;
using Notify.Admin.SecurityCenter;

namespace Notify.Admin.UnitTests.SecurityCenter;

public class SecurityCenterAnswersTests
{
    private const string Id = "B256A525-7E42-4BB9-A27C-9017FDDFF1A2";

    [Fact]
    public void NewRequestId_IsAnUpperCaseUuid() =>
        SecurityCenterAnswers.NewRequestId().ShouldMatch("^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$");

    [Fact]
    public void Done_HasTheRequestIdOnly() => Text(SecurityCenterAnswers.Done(Id)).ShouldBe($$"""{"RequestId":"{{Id}}"}""");

    [Fact]
    public void Error_HasTheVendorsMembers() =>
        Text(SecurityCenterAnswers.Error(Id, "tds.cn-shanghai.aliyuncs.com", SecurityCenterError.NoPermission)).ShouldBe(
        $$"""{"RequestId":"{{Id}}","HostId":"tds.cn-shanghai.aliyuncs.com","Code":"NoPermission","Message":"caller has no permission"}""");

    [Fact]
    public void Error_HostileHost_IsStillJson() =>
        JsonDocument.Parse(SecurityCenterAnswers.Error(Id, "a\"},\n{", SecurityCenterError.ServerError)).RootElement.GetProperty("HostId")
            .GetString().ShouldBe("a\"},\n{");

    [Fact]
    public void Chatbots_IsTheVendorsExample()
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(1550828400000);
        var chatbot = new DescribedChatbot(
            1589, "testNotify 生产", "https://oapi.dingtalk.com/robot/send?access_token=****wxyz", true, 0, """[{"type":"…"}]""",
            ["10417151"], DingTalkLanguage.Zh, at, at);

        Text(SecurityCenterAnswers.Chatbots(Id, new ListChatbotsCall(null, 1, 20), 1, [chatbot])).ShouldBe(
            $$"""{"RequestId":"{{Id}}","PageInfo":{"CurrentPage":1,"PageSize":20,"TotalCount":1},"ActionList":[{"Id":1589,"ActionName":"testNotify 生产","Url":"https://oapi.dingtalk.com/robot/send?access_token=****wxyz","Status":1,"IntervalTime":0,"ConfigList":"[{\"type\":\"…\"}]","GroupIdList":"[\"10417151\"]","DingTalkLang":"zh","GmtCreate":1550828400000,"GmtModified":1550828400000,"AliUid":0}]}""");
    }

    [Fact]
    public void DataSources_IsTheVocabularyInTheVendorsWords()
    {
        var sources = JsonDocument.Parse(SecurityCenterAnswers.DataSources(Id)).RootElement.GetProperty("MetaDatas").EnumerateArray()
            .ToList();

        sources.Count.ShouldBe(6);
        sources[0].GetProperty("DataSourceName").GetString().ShouldBe("sas_analysis_online-sas-operation-log-sas-event-vul");
        sources[0].GetProperty("DataSourceId").ValueKind.ShouldBe(JsonValueKind.Number);
        var field = sources[0].GetProperty("MetaDataFields")[0];
        field.GetProperty("Filed").GetString().ShouldBe("type");
        field.GetProperty("FiledName").ValueKind.ShouldBe(JsonValueKind.String);
        field.GetProperty("Sample").GetString().ShouldBe(
            "all:dingtalk_all;cms:dingtalk_vul_cms;oval:dingtalk_vul_cve;sys:dingtalk_vul_sys;emg:dingtalk_vul_emg");
        field.GetProperty("OperatorList")[0].GetProperty("Name").GetString().ShouldBe("regex");
    }

    [Fact]
    public void GroupStruct_ChildrenAreStringsOfJson()
    {
        var root = JsonDocument.Parse(SecurityCenterAnswers.GroupStruct(
            Id, new DescribeCall(DingTalkLanguage.En),
            [new DescribedGroup(10417151, "Web \"east\" 东"), new DescribedGroup(7, "")])).RootElement;

        root.GetProperty("GroupId").GetInt64().ShouldBe(0);
        root.GetProperty("GroupName").GetString().ShouldBe("All groups");
        root.GetProperty("GroupFlag").GetInt32().ShouldBe(0);
        var children = root.GetProperty("Groups").EnumerateArray().Select(child => JsonDocument.Parse(child.GetString()!).RootElement)
            .ToList();
        children[0].GetProperty("GroupId").GetInt64().ShouldBe(10417151);
        children[0].GetProperty("GroupName").GetString().ShouldBe("Web \"east\" 东");
        children[0].GetProperty("GroupFather").GetInt64().ShouldBe(0);
        children[1].GetProperty("GroupName").GetString().ShouldBe("7");
        children[1].GetProperty("GroupIndex").GetInt32().ShouldBe(1);
    }

    [Fact]
    public void AllGroups_IsAFlatList() => Text(SecurityCenterAnswers.AllGroups(Id, [new DescribedGroup(10417151, "Web")])).ShouldBe(
        $$"""{"RequestId":"{{Id}}","Count":1,"Groups":[{"GroupId":10417151,"GroupName":"Web","GroupFlag":1}]}""");

    private static string Text(byte[] answer) => Encoding.UTF8.GetString(answer);
}
