using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.Rules;

public sealed class RulePresetsTests
{
    [Fact]
    public void All_Everything_AcceptsEveryEventOfEveryType()
    {
        var everything = Preset("everything");

        everything.Rules.Length.ShouldBe(6);
        everything.Rules.ShouldAllBe(rule => rule.Items.All(item => item.AcceptsAll));
        everything.Json.ShouldStartWith("""[{"type":"sas_analysis_online-sas-operation-log-sas-event-vul","configItemList":[{"key":"type","valueList":["all"]},{"key":"necessity","valueList":["all"]}]}""");
    }

    [Theory]
    [InlineData("critical-and-high", EventSeverity.High)]
    [InlineData("medium-and-above", EventSeverity.Medium)]
    public void All_BySeverity_HearsExactlyWhatRanksSo(string id, int least)
    {
        var random = new Random(7);
        var list = Preset(id);
        for (var round = 0; round < 5_000; round++)
        {
            var facts = RandomRules.Facts(random);

            RuleEvaluator.Hears(list, [], isOn: true, facts).ShouldBe(EventSeverity.Of(facts) >= least);
        }
    }

    [Fact]
    public void All_IntrusionsAndExposures_TogetherAreEverything()
    {
        var types = Preset("intrusions").Rules.Concat(Preset("exposures").Rules).Select(rule => rule.AlertType!.Suffix);

        types.ShouldBe(Vocabulary.AlertTypes.Select(type => type.Suffix), ignoreOrder: true);
    }

    private static ConfigList Preset(string id) => RulePresets.All.Single(preset => preset.Id == id).List;
}
