using System.Text.Json;
using Notify.Admin.Channels;
using Notify.Admin.Rules;
using Notify.Admin.Sources;

namespace Notify.Admin.UnitTests.Sources.Polling;

/// <summary>What is asked of an account's lists, and what their answers become. Members are those of the vendor's published
/// SDKs.</summary>
public sealed class AlertListTests
{
    private static readonly DateTimeOffset From = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly PollPosition Start = new(1);

    private static readonly Source Source = new()
    {
        Id = 3, Name = "Cloud", Kind = SourceKinds.SecurityCenter, KeyHash = "", KeyLastFour = "", Channels = "",
    };

    [Fact]
    public void Suspicious_Alert_IsTheEventThatItsRulesMean()
    {
        var list = new SuspiciousList();
        var call = list.CallAt(Start, From, "zh");
        call.Action.ShouldBe("DescribeSuspEvents");
        call.Parameters["TimeStart"].ShouldBe("2026-01-02 03:04:05");
        call.Parameters["Lang"].ShouldBe("zh");

        var page = list.Read(Json($$"""
            {"TotalCount":1,"PageSize":50,"SuspEvents":[{"Id":3165,"AlarmEventNameDisplay":"发现后门(Webshell)文件","AlarmEventType":"网站后门",
             "AlarmEventTypeDisplay":"WebShell of a kind that is new","Level":"serious","Desc":"A webshell.\nRemove it.","EventStatus":1,
             "OccurrenceTimeStamp":{{Ms(1)}},"LastTimeStamp":{{Ms(2)}},"InstanceName":"web-01","InstanceId":"i-1","Uuid":"inet-1",
             "IntranetIp":"10.1.0.10"}]}
            """), Start, From);

        page.Next.ShouldBeNull();
        var alert = page.Alerts.ShouldHaveSingleItem();
        (alert.Id, alert.Title, alert.Asset, alert.InstanceId, alert.Time).ShouldBe(
            ("suspicious/3165", "发现后门(Webshell)文件", "web-01", "i-1", From.AddMinutes(1)));
        alert.Link.ShouldBe("https://yundun.console.aliyun.com/?p=sas#/assetsDetail/inet-1-IP-10.1.0.10");
        var stored = SourceEvents.OfAlert(Source, alert with { GroupId = "10417151" });
        stored.Type.ShouldBe("sas_analysis_online-sas-operation-log-sas-event-suspicious");
        (stored.Fields.ItemLevel, stored.Fields.EventType, stored.Fields.GroupId, stored.Fields.State)
            .ShouldBe(("serious", "网站后门", "10417151", EventState.Open));
        var rule = ConfigList.Parse("""
            [{"type":"sas_analysis_online-sas-operation-log-sas-event-suspicious","configItemList":[
              {"key":"item_level","valueList":["serious"]},{"key":"event_type","valueList":["Webshell"]}]}]
            """);
        var facts = new AlertFacts(stored.Type) { ItemLevel = stored.Fields.ItemLevel, EventType = stored.Fields.EventType };
        RuleEvaluator.Matches(rule.List!.Rules[0], facts).ShouldBeTrue("the category is known under its Chinese name");
        stored.ToRecord(From).Severity.ShouldBe(Severity.Critical);
    }

    [Fact]
    public void Suspicious_WhatSomebodyDismissedOrWasSeenBefore_IsLeftOut()
    {
        var items = new[] { (1, 1), (2, 2), (3, 8), (4, 64), (5, 128), (6, 513), (7, 32) }
            .Select(one => $$"""{"Id":{{one.Item1}},"Name":"n","EventStatus":{{one.Item2}},"LastTimeStamp":{{Ms(1)}}}""")
            .Append($$"""{"Id":8,"Name":"n","EventStatus":1,"LastTimeStamp":{{Ms(-1)}}}""");

        var page = new SuspiciousList().Read(Json($$"""{"TotalCount":8,"SuspEvents":[{{string.Join(',', items)}}]}"""), Start, From);

        page.Alerts.Select(alert => alert.Id).ShouldBe(["suspicious/1", "suspicious/6", "suspicious/7"]);
    }

    [Theory]
    [InlineData(1, 0, 120, 2)]
    [InlineData(2, 120, 120, 3)]
    [InlineData(3, 120, 120, null)]
    // Some have gone since the page before: what this page would have begun with has moved up by as many.
    [InlineData(2, 180, 120, 1)]
    [InlineData(2, 121, 120, 1)]
    [InlineData(4, 210, 200, 3)]
    [InlineData(4, 260, 200, 2)]
    [InlineData(2, 100, 120, 3)]
    public void Pages_AreReadToTheEnd_AndAgainWhereTheListHasGrownShorter(int page, int totalBefore, int total, int? next)
    {
        var answer = Json($$"""{"TotalCount":{{total}},"PageSize":50,"SuspEvents":[{"Id":1,"Name":"n"}]}""");

        var read = new SuspiciousList().Read(answer, Start with { Page = page, Total = totalBefore }, From);

        (read.Next?.Page).ShouldBe(next);
    }

    [Fact]
    public void Vulnerabilities_AreReadTypeByType_AndOnlyNewOnesAreTold()
    {
        var list = new VulnerabilityList();
        var position = Start;
        List<string> types = [];
        List<FoundAlert> alerts = [];
        for (var calls = 0; position is not null && calls < 20; calls++)
        {
            var call = list.CallAt(position, From, "en");
            (call.Action, call.Parameters["Dealed"]).ShouldBe(("DescribeVulList", "n"));
            types.Add(call.Parameters["Type"]);
            var page = list.Read(Json($$"""
                {"TotalCount":2,"PageSize":50,"VulRecords":[
                 {"PrimaryId":{{calls + 1}},"AliasName":"RHSA-2019:0230: polkit","Necessity":"asap","Related":"CVE-2019-6133","GroupId":9535,
                  "FirstTs":{{Ms(1)}},"InstanceName":"db-01","Uuid":"u1"},
                 {"PrimaryId":{{calls + 100}},"AliasName":"older","FirstTs":{{Ms(-1)}}}]}
                """), position, From);
            alerts.AddRange(page.Alerts);
            position = page.Next;
        }

        types.ShouldBe(["cve", "sys", "cms", "emg", "app"]);
        alerts.Select(alert => alert.Keys.GetValueOrDefault("type")).ShouldBe(["oval", "sys", "cms", "emg", null]);
        var first = SourceEvents.OfAlert(Source, alerts[0]);
        (first.Id, first.Fields.Necessity, first.Fields.GroupId).ShouldBe(($"vul/1@{Ms(1)}", "asap", "9535"));
        first.Type.ShouldEndWith("sas-event-vul");
    }

    [Fact]
    public void Baselines_AreReadRiskByRisk_AnAlertForEachServer()
    {
        var list = new BaselineList();
        var risks = list.Read(Json("""
            {"TotalCount":3,"PageSize":50,"WarningSummarys":[
             {"RiskId":43,"RiskName":"CentOS Linux 7安全基线检查\n      ","Level":"high","WarningMachineCount":2,"LastFoundTime":"2026-04-10 00:33:00"},
             {"RiskId":44,"RiskName":"passed","Level":"low","WarningMachineCount":0,"LastFoundTime":"2026-04-10 00:33:00"},
             {"RiskId":45,"RiskName":"long ago","Level":"low","WarningMachineCount":1,"LastFoundTime":"2019-04-10 00:33:00"}]}
            """), Start, From);
        risks.Alerts.ShouldBeEmpty();
        var call = list.CallAt(PollPosition.Read(risks.Next!.Write(), 1)!, From, "en");
        (call.Action, call.Parameters["RiskId"]).ShouldBe(("DescribeWarningMachines", "43"));

        var servers = list.Read(Json("""
            {"TotalCount":2,"PageSize":50,"WarningMachines":[
             {"Uuid":"u1","InstanceId":"i-1","InstanceName":"web-01","HighWarningCount":8,"MediumWarningCount":0,"LowWarningCount":1},
             {"Uuid":"u2","InstanceName":"web-02","HighWarningCount":0,"MediumWarningCount":0,"LowWarningCount":0}]}
            """), risks.Next!, From);

        servers.Next.ShouldBeNull();
        var alert = servers.Alerts.ShouldHaveSingleItem();
        (alert.Id, alert.Title, alert.Asset, alert.Keys["item_level"]).ShouldBe(("hc/43/u1", "CentOS Linux 7安全基线检查", "web-01", "high"));
    }

    [Fact]
    public void Leaks_AreToldWithoutTheWholeKey()
    {
        var list = new LeakList();
        list.CallAt(Start, From, "en").Parameters["StartTs"].ShouldBe($"{From.ToUnixTimeMilliseconds()}");

        var alert = list.Read(Json($$"""
            {"TotalCount":1,"AccessKeyLeakList":[{"Id":389357,"AccesskeyId":"LTAI4GGMEXAMPLE0001","AliUserName":"ci@example","Status":"pending",
             "Url":"https://github.com/example/repo","UserType":"ram","GmtModified":{{Ms(3)}}}]}
            """), Start, From).Alerts.ShouldHaveSingleItem();

        (alert.Id, alert.Title, alert.Asset).ShouldBe(("ak-leakage/389357", "AccessKey LTAI4GGM… (ci@example)", "ci@example"));
        var stored = SourceEvents.OfAlert(Source, alert);
        stored.Json.ShouldNotContain("EXAMPLE0001");
        stored.ToRecord(From).Severity.ShouldBe(Severity.High);
    }

    [Fact]
    public void AssetGroups_AreAskedByInstance()
    {
        var call = AssetLookup.CallOf(["i-1", "i-2"]);
        call.Parameters["Criteria"].ShouldBe("""[{"name":"instanceId","value":"i-1"},{"name":"instanceId","value":"i-2"}]""");

        var groups = AssetLookup.Read(Json("""{"Instances":[{"InstanceId":"i-1","GroupId":10417151},{"InstanceId":"i-2"}]}"""));

        groups.ShouldHaveSingleItem().ShouldBe(new KeyValuePair<string, string>("i-1", "10417151"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"SuspEvents":"none","VulRecords":[{}],"WarningSummarys":[{}],"AccessKeyLeakList":[{"Id":"x"}]}""")]
    public void AnswersOfAnotherForm_AreRefusedAndNothingElse(string answer)
    {
        foreach (var list in new IAlertList[] { new SuspiciousList(), new VulnerabilityList(), new BaselineList(), new LeakList() })
        {
            Should.Throw<JsonException>(() => list.Read(Json(answer), Start, From), list.Type);
        }
    }

    [Theory]
    [InlineData("Throttling.User", PollVerdict.Throttled)]
    [InlineData("InvalidAccessKeyId.NotFound", PollVerdict.Refused)]
    [InlineData("SignatureDoesNotMatch", PollVerdict.Refused)]
    [InlineData("NoPermission", PollVerdict.Refused)]
    [InlineData("Forbidden.RAM", PollVerdict.Refused)]
    [InlineData("InvalidSecurityToken.Expired", PollVerdict.Refused)]
    [InlineData("InvalidTimeStamp.Expired", PollVerdict.Passing)]
    [InlineData("ServiceUnavailable", PollVerdict.Passing)]
    [InlineData("SomethingNew", PollVerdict.Passing)]
    public void Codes_SayWhetherToWaitOrToPause(string code, PollVerdict verdict) => PollVerdicts.Of(code).ShouldBe(verdict);

    [Fact]
    public void Position_OfAnotherAccount_IsNone()
    {
        var position = Start with { List = 2, Page = 7, Risks = [new PendingRisk(1, "r", "high", null)] };

        PollPosition.Read(position.Write(), 1).ShouldNotBeNull().Page.ShouldBe(7);
        PollPosition.Read(position.Write(), 2).ShouldBeNull();
        PollPosition.Read(null, 1).ShouldBeNull();
    }

    [Fact]
    public void Plans_AreWrittenInOneOrder_AndTypedMinutesAreKept()
    {
        PollPlan.Usual.ShouldBe("suspicious:5 vul:60 hc:60 ak-leakage:15");
        PollPlan.Read("vul:30 gone:5").ShouldBe([new PlannedPoll("vul", 30)]);
        TypedPolls.With("vul:30", PolledType.All[0], "often").ShouldBe("suspicious:often vul:30");
        TypedPolls.Read("suspicious:often vul:30").ShouldBe([new PlannedPoll("suspicious", -1), new PlannedPoll("vul", 30)]);
        TypedPolls.With("suspicious:often vul:30", PolledType.All[0], null).ShouldBe("vul:30");
    }

    private static JsonElement Json(string text) => JsonElement.Parse(text);

    private static long Ms(int minutes) => From.AddMinutes(minutes).ToUnixTimeMilliseconds();
}
