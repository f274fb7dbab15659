using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.Rules;

public sealed class RuleCoverageTests
{
    [Theory]
    [InlineData("all", "high", true)]
    [InlineData("high,low", "low", true)]
    [InlineData("high", "high,low", false)]
    [InlineData("high,medium,low", "all", false)]
    [InlineData(null, "all", true)]
    [InlineData("all", null, true)]
    [InlineData("high", null, false)]
    public void Covers_OneKey_IsInclusion(string? wide, string? narrow, bool covers)
    {
        RuleCoverage.Covers(Baseline(wide), Baseline(narrow)).ShouldBe(covers);
    }

    [Fact]
    public void Covers_Alias_CountsAsItsLiteral()
    {
        AlertRule Category(string value) => new("sas-event-suspicious", new ConfigItem(Vocabulary.EventType, value));

        RuleCoverage.Covers(Category("Webshell"), Category("网站后门")).ShouldBeTrue();
        RuleCoverage.Covers(Category("Webshell"), Category("webshell")).ShouldBeFalse();
        RuleCoverage.Covers(new AlertRule("sas-event-hc"), Category("Webshell")).ShouldBeFalse();
    }

    [Fact]
    public void Covered_GroupsAndSwitch_DecideToo()
    {
        var list = ConfigList.Create(Baseline("high")).List!;
        RuleSubscription Chatbot(string[] groups, bool isOn = true) => new(1, list, groups, isOn);

        RuleCoverage.Covered(Chatbot(["7"]), Chatbot([])).ShouldBe([0]);
        RuleCoverage.Covered(Chatbot(["7"]), Chatbot(["8", "7"])).ShouldBe([0]);
        RuleCoverage.Covered(Chatbot([]), Chatbot(["7"])).ShouldBeEmpty();
        RuleCoverage.Covered(Chatbot(["7"]), Chatbot([], isOn: false)).ShouldBeEmpty();
    }

    [Fact]
    public void Covered_RandomPairs_NeverClaimsMoreThanTheEvaluator()
    {
        var random = new Random(5);
        var covered = 0;
        for (var round = 0; round < 1_000; round++)
        {
            var narrow = new RuleSubscription(1, RandomRules.List(random), RandomRules.GroupIds(random), IsOn: true);
            var wide = new RuleSubscription(2, RandomRules.List(random), RandomRules.GroupIds(random), IsOn: true);
            foreach (var at in RuleCoverage.Covered(narrow, wide))
            {
                covered++;
                var only = ConfigList.Create(narrow.Rules.Rules[at]).List!;
                for (var number = 0; number < 20; number++)
                {
                    var facts = RandomRules.Facts(random);
                    if (RuleEvaluator.Hears(only, narrow.GroupIds, isOn: true, facts))
                    {
                        RuleEvaluator.Hears(wide.Rules, wide.GroupIds, isOn: true, facts).ShouldBeTrue();
                    }
                }
            }
        }

        covered.ShouldBeGreaterThan(250);
    }

    private static AlertRule Baseline(string? levels) =>
        levels is null ? new("sas-event-hc") : new("sas-event-hc", new ConfigItem(Vocabulary.ItemLevel, levels.Split(',')));
}
