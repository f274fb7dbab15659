using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.Rules;

public sealed class RuleEvaluatorTests
{
    private const string Suspicious = AlertType.OnlinePrefix + "suspicious";

    private static readonly AlertFacts Webshell = new(Suspicious) { ItemLevel = "serious", EventType = "Webshell", GroupId = "7" };

    [Fact]
    public void Matches_WorkedExample_TakesCriticalAndSuspiciousMalwareOnly()
    {
        var rule = Rule("serious,suspicious", "Malicious process (cloud threat detection)");
        AlertFacts Malware(string level) => new(Suspicious) { ItemLevel = level, EventType = "Malicious process (cloud threat detection)" };

        RuleEvaluator.Matches(rule, Malware("serious")).ShouldBeTrue();
        RuleEvaluator.Matches(rule, Malware("suspicious")).ShouldBeTrue();
        RuleEvaluator.Matches(rule, Malware("remind")).ShouldBeFalse();
        RuleEvaluator.Matches(rule, Malware("serious") with { EventType = "Webshell" }).ShouldBeFalse();
        RuleEvaluator.Matches(rule, new(AlertType.OnlinePrefix + "hc") { ItemLevel = "serious" }).ShouldBeFalse();
    }

    [Theory]
    [InlineData("Webshell", "网站后门", true)]
    [InlineData("网站后门", "Webshell", true)]
    [InlineData("网站后门", "网站后门", true)]
    [InlineData("Precise defense", "精准防御", true)]
    [InlineData("Webshell", "webshell", false)]
    [InlineData("Webshell", "Webshell ", false)]
    [InlineData("Malicious script", "Malicious script", true)]
    [InlineData("Malicious script", "恶意脚本", false)]
    [InlineData("恶意进程（云查杀）", "恶意进程(云查杀)", false)]
    public void Matches_AlertCategory_AliasEqualsLiteralElseOrdinal(string accepted, string actual, bool matches)
    {
        RuleEvaluator.Matches(Rule("all", accepted), Webshell with { EventType = actual }).ShouldBe(matches);
    }

    [Theory]
    [InlineData("all", true)]
    [InlineData("serious,suspicious,remind", false)]
    [InlineData(null, true)]
    public void Matches_AbsentField_OnlyWhereUnrestricted(string? accepted, bool matches)
    {
        var rule = accepted is null ? new AlertRule(Suspicious) : Rule(accepted, "all");

        RuleEvaluator.Matches(rule, Webshell with { ItemLevel = null }).ShouldBe(matches);
        RuleEvaluator.Matches(rule, Webshell with { ItemLevel = "all" }).ShouldBe(matches);
    }

    [Fact]
    public void CountFailed_AnyRulesAndEvent_CountsTheConditionsThatAreExplained()
    {
        var random = new Random(5);
        for (var i = 0; i < 5_000; i++)
        {
            var (list, groups, isOn, facts) = (RandomRules.List(random), RandomRules.GroupIds(random), random.Next(6) > 0,
                RandomRules.Facts(random));

            var failed = RuleEvaluator.CountFailed(list, groups, isOn, facts);

            var explanation = RuleEvaluator.Explain(list, groups, isOn, facts);
            (failed == 0).ShouldBe(explanation.Hears);
            var rule = explanation.Rules.FirstOrDefault(one => one.IsOfType);
            failed.ShouldBe(rule is null ? null : rule.Conditions.Count(condition => !condition.Passed)
                + (isOn ? 0 : 1) + (explanation.Group.Passed ? 0 : 1));
            (failed - (isOn ? 0 : 1) - (explanation.Group.Passed ? 0 : 1) == 1).ShouldBe(rule is { NearlyMatches: true });
        }
    }

    [Fact]
    public void Matches_OtherPrefix_IsTheSameAlertType()
    {
        RuleEvaluator.Matches(new AlertRule("sas_analysis_pre-sas-operation-log-sas-event-suspicious"), Webshell).ShouldBeTrue();
    }

    [Fact]
    public void Matches_UnknownTypeOrKey_NeverWidens()
    {
        RuleEvaluator.Matches(new AlertRule("scan.completed"), new AlertFacts("scan.completed")).ShouldBeFalse();
        RuleEvaluator.Matches(new AlertRule(Suspicious, new ConfigItem("asset", "all")), Webshell).ShouldBeFalse();
    }

    [Theory]
    [InlineData(true, "", "7", true)]
    [InlineData(true, "", null, true)]
    [InlineData(true, "7,8", "7", true)]
    [InlineData(true, "8", "7", false)]
    [InlineData(true, "8", null, false)]
    [InlineData(false, "", "7", false)]
    public void Hears_SwitchAndGroups_DecideBesideTheRules(bool isOn, string groups, string? group, bool hears)
    {
        var list = ConfigList.Create(Rule("all", "all")).List!;
        var facts = Webshell with { GroupId = group };

        RuleEvaluator.Hears(list, Split(groups), isOn, facts).ShouldBe(hears);
        RuleEvaluator.Explain(list, Split(groups), isOn, facts).Hears.ShouldBe(hears);
    }

    [Fact]
    public void Hears_NoRules_HearsNothing()
    {
        RuleEvaluator.Hears(ConfigList.Empty, [], isOn: true, Webshell).ShouldBeFalse();
        RuleEvaluator.Explain(ConfigList.Empty, [], isOn: true, Webshell).Hears.ShouldBeFalse();
    }

    [Fact]
    public void Explain_RuleThatFailsOnce_ShowsEachConditionAndNearlyMatches()
    {
        var explanation = RuleEvaluator.Explain(Rule("suspicious,remind", "网站后门"), Webshell);

        explanation.IsOfType.ShouldBeTrue();
        explanation.Conditions.Select(condition => (condition.Key!.Name, condition.Value, condition.Passed)).ShouldBe(
        [
            (Vocabulary.ItemLevel, "serious", false),
            (Vocabulary.EventType, "Webshell", true),
        ]);
        explanation.Matches.ShouldBeFalse();
        explanation.NearlyMatches.ShouldBeTrue();
    }

    [Fact]
    public void Explain_SeveralRules_NamesTheFirstThatMatches()
    {
        var list = ConfigList.Create(new AlertRule("sas-event-hc"), new AlertRule("sas-event-suspicious")).List!;

        var explanation = RuleEvaluator.Explain(list, [], isOn: true, Webshell);

        explanation.FirstMatch.ShouldBe(1);
        explanation.Rules.Select(rule => rule.IsOfType).ShouldBe([false, true]);
    }

    private static AlertRule Rule(string levels, string categories) => new(
        Suspicious,
        new ConfigItem(Vocabulary.ItemLevel, Split(levels)),
        new ConfigItem(Vocabulary.EventType, Split(categories)));

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
