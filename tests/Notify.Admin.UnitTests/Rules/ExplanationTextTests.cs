using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.Rules;

public sealed class ExplanationTextTests
{
    private static readonly AlertFacts Event = new("sas-event-suspicious") { ItemLevel = "remind", EventType = "网站后门", GroupId = "7" };

    private static readonly ConfigList List = ConfigList.Create(
        new AlertRule("sas-event-hc"),
        new AlertRule("sas-event-suspicious", new ConfigItem(Vocabulary.ItemLevel, "serious", "suspicious"),
        new ConfigItem(Vocabulary.EventType, "all"))).List!;

    [Fact]
    public void Describe_RuleThatFails_SaysWhatTheEventSaysAndWhatIsAccepted()
    {
        var explanation = RuleEvaluator.Explain(List, ["7", "8"], isOn: true, Event);

        ExplanationText.Describe(explanation, Name, RuleLanguage.En).ShouldBe(
        [
            new("The chatbot is on", true),
            new("Rule 2 is for alerts", true),
            new("Severity is Remind; the rule accepts Critical or Suspicious", false),
            new("Alert category is Webshell; the rule accepts any", true),
            new("Asset group is “Production”; the chatbot accepts “Production” or “8”", true),
        ]);
        ExplanationText.Describe(explanation, Name, RuleLanguage.Zh).ShouldBe(
        [
            new("机器人已启用", true),
            new("第 2 条规则针对安全告警", true),
            new("告警等级为提醒；规则接受紧急或可疑", false),
            new("告警类别为网站后门；规则不限", true),
            new("资产分组为“Production”；机器人接受“Production”或“8”", true),
        ]);
    }

    [Fact]
    public void Describe_AbsentFields_SaysThatTheyAreNotGiven()
    {
        var explanation = RuleEvaluator.Explain(List, [], isOn: false, Event with { ItemLevel = null, EventType = null, GroupId = null });

        ExplanationText.Describe(explanation, Name, RuleLanguage.En).ShouldBe(
        [
            new("The chatbot is off", false),
            new("Rule 2 is for alerts", true),
            new("Severity is not given; the rule accepts Critical or Suspicious", false),
            new("Alert category is not given; the rule accepts any", true),
            new("Asset group is not given; the chatbot accepts any", true),
        ]);
    }

    [Fact]
    public void Describe_NoRuleToJudge_SaysWhy()
    {
        Text(List, "sas-event-vul").ShouldBe(new ConditionText("The chatbot has no rule for vulnerabilities", false));
        Text(ConfigList.Empty, "sas-event-vul").ShouldBe(new ConditionText("The chatbot has no rules", false));
        Text(List, "scan.completed").ShouldBe(new ConditionText("The event is not a security alert; chatbots match only those", false));
    }

    [Fact]
    public void Describe_RandomCases_AllPassExactlyWhenTheChatbotHears()
    {
        var random = new Random(11);
        for (var round = 0; round < 2_000; round++)
        {
            var explanation = RuleEvaluator.Explain(RandomRules.List(random), RandomRules.GroupIds(random), random.Next(8) > 0,
                RandomRules.Facts(random));

            ExplanationText.Describe(explanation, Name, RuleLanguage.En).All(condition => condition.Passed).ShouldBe(explanation.Hears);
        }
    }

    private static string Name(string id) => id == "7" ? "Production" : id;

    private static ConditionText Text(ConfigList list, string type) =>
        ExplanationText.Describe(RuleEvaluator.Explain(list, [], isOn: true, new(type)), Name, RuleLanguage.En)[1];
}
