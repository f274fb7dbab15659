using System.Globalization;
using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.Rules;

public sealed class RuleSentenceTests
{
    public static TheoryData<string, string, string> Sentences => new()
    {
        {
            """[{"type":"sas-event-suspicious","configItemList":[{"key":"item_level","valueList":["serious","suspicious"]},{"key":"event_type","valueList":["Webshell","异常登录"]}]}]""",
            "Alerts that are Critical or Suspicious, of type Webshell or Unusual logon, from any asset group",
            "等级为紧急或可疑，类别为网站后门或异常登录的安全告警，来自任意资产分组"
        },
        {
            """[{"type":"sas-event-suspicious","configItemList":[{"key":"item_level","valueList":["serious"]}]}]""",
            "Alerts that are Critical, of any type, from any asset group",
            "等级为紧急，类别不限的安全告警，来自任意资产分组"
        },
        {
            """[{"type":"sas-event-suspicious","configItemList":[{"key":"item_level","valueList":["all"]},{"key":"event_type","valueList":["Malicious script"]}]}]""",
            "Alerts of any severity, of type “Malicious script”, from any asset group",
            "等级不限，类别为“Malicious script”的安全告警，来自任意资产分组"
        },
        {
            """[{"type":"sas-event-suspicious","configItemList":[{"key":"item_level","valueList":["all"]},{"key":"event_type","valueList":["all"]}]}]""",
            "All alerts, from any asset group",
            "全部安全告警，来自任意资产分组"
        },
        {
            """[{"type":"sas-event-vul","configItemList":[{"key":"type","valueList":["oval","sys","emg"]},{"key":"necessity","valueList":["asap","later"]}]}]""",
            "Vulnerabilities of type Linux software vulnerability, Windows system vulnerability or Urgent vulnerability, rated High or Medium, from any asset group",
            "漏洞类型为Linux软件漏洞、Windows系统漏洞或应急漏洞，风险等级为高或中的漏洞，来自任意资产分组"
        },
        {
            """[{"type":"sas-event-hc","configItemList":[{"key":"item_level","valueList":["high"]}]}]""",
            "Baseline risks rated High, from any asset group",
            "风险等级为高危的基线风险，来自任意资产分组"
        },
        {
            """[{"type":"sas-event-ak-leakage","configItemList":[{"key":"type","valueList":["all"]}]}]""",
            "All AccessKey pair leaks, from any asset group",
            "全部AccessKey泄露，来自任意资产分组"
        },
        {
            """[{"type":"sas-event-honeypot"}]""",
            "All cloud honeypot alerts, from any asset group",
            "全部云蜜罐告警，来自任意资产分组"
        },
        {
            """[{"type":"sas-event-rasp","configItemList":[{"key":"item_level","valueList":["high","medium","low"]}]}]""",
            "Application protection alerts rated High, Medium or Low, from any asset group",
            "风险等级为高危、中危或低危的应用防护告警，来自任意资产分组"
        },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void For_EachAlertType_SaysWhatIsHeard(string json, string english, string chinese)
    {
        var rule = ConfigList.Parse(json).List!.Rules[0];

        RuleSentence.For(rule, [], RuleLanguage.En).ShouldBe(english);
        RuleSentence.For(rule, [], RuleLanguage.Zh).ShouldBe(chinese);
    }

    [Fact]
    public void For_NamedGroups_NamesThem()
    {
        var rule = new AlertRule("sas-event-rasp");

        RuleSentence.For(rule, ["Production"], RuleLanguage.En)
            .ShouldBe("All application protection alerts, from asset group “Production”");
        RuleSentence.For(rule, ["生产", "办公"], RuleLanguage.Zh).ShouldBe("全部应用防护告警，来自资产分组“生产”或“办公”");
        RuleSentence.For(rule, [.. Enumerable.Range(1, 9).Select(number => $"{number}")], RuleLanguage.En)
            .ShouldEndWith("from asset group “1”, “2”, “3”, “4”, “5” or 4 others");
    }

    [Fact]
    public void For_LongList_NamesTheFirstAndCountsTheRest()
    {
        var categories = Vocabulary.Find("suspicious")!.FindKey(Vocabulary.EventType)!.ConcreteValues.Select(value => value.Literal);
        var rule = new AlertRule("sas-event-suspicious", new ConfigItem(Vocabulary.EventType, categories));

        RuleSentence.For(rule, [], RuleLanguage.En).ShouldBe(
            "Alerts of any severity, of type Suspicious process, Webshell, Unusual logon, Exception, Sensitive file tampering or 9 others, from any asset group");
        RuleSentence.For(rule, [], RuleLanguage.Zh).ShouldBe(
            "等级不限，类别为进程异常行为、网站后门、异常登录、异常事件、敏感文件篡改或另外 9 项的安全告警，来自任意资产分组");
    }

    [Fact]
    public void For_DraftWithNothingChosen_SaysNothing()
    {
        var rule = new AlertRule("sas-event-hc", new ConfigItem(Vocabulary.ItemLevel));

        RuleSentence.For(rule, [], RuleLanguage.En).ShouldBe("Nothing: no risk level is chosen");
        RuleSentence.For(rule, [], RuleLanguage.Zh).ShouldBe("不会发送任何通知：尚未选择风险等级");
    }

    [Fact]
    public void ForChatbot_NothingToHear_SaysSoAndWhy()
    {
        RuleSentence.ForChatbot(ConfigList.Empty, [], isOn: true, RuleLanguage.En)
            .ShouldBe(["This chatbot sends nothing: it has no rules."]);
        RuleSentence.ForChatbot(ConfigList.Empty, [], isOn: true, RuleLanguage.Zh).ShouldBe(["该机器人不会收到任何通知：尚未设置规则。"]);
        RuleSentence.ForChatbot(RulePresets.All[0].List, [], isOn: false, RuleLanguage.En)
            .ShouldBe(["This chatbot sends nothing: it is switched off."]);
        RuleSentence.ForChatbot(RulePresets.All[0].List, [], isOn: true, RuleLanguage.En).Count.ShouldBe(6);
    }

    [Fact]
    public void Brief_SeveralRules_FitsACell()
    {
        var list = ConfigList.Create(
            new AlertRule("sas-event-suspicious", new ConfigItem(Vocabulary.ItemLevel, "serious"),
            new ConfigItem(Vocabulary.EventType, "Webshell")),
            new AlertRule("sas-event-hc")).List!;

        RuleSentence.Brief(list, RuleLanguage.En).ShouldBe("Alerts: Critical; Webshell · Baseline risks");
        RuleSentence.Brief(list, RuleLanguage.Zh).ShouldBe("安全告警：紧急；网站后门 · 基线风险");
        RuleSentence.Brief(ConfigList.Empty, RuleLanguage.En).ShouldBe("");
    }

    [Theory]
    [InlineData("zh-CN", RuleLanguage.Zh)]
    [InlineData("zh-Hant", RuleLanguage.Zh)]
    [InlineData("en-GB", RuleLanguage.En)]
    [InlineData("de", RuleLanguage.En)]
    public void LanguageOf_Culture_IsChineseOrEnglish(string culture, RuleLanguage language)
    {
        Bilingual.LanguageOf(CultureInfo.GetCultureInfo(culture)).ShouldBe(language);
    }
}
