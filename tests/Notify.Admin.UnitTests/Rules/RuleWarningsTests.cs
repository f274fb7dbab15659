using System.Collections.Immutable;
using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.Rules;

public sealed class RuleWarningsTests
{
    private const string Suspicious = AlertType.OnlinePrefix + "suspicious";

    [Fact]
    public void Find_Presets_HaveNothingToWarnOf()
    {
        foreach (var preset in RulePresets.All)
        {
            RuleWarnings.Find(preset.List.Rules).ShouldBeEmpty(preset.Id);
        }
    }

    [Fact]
    public void Find_NoRules_HearsNothing()
    {
        RuleWarnings.Find([]).ShouldHaveSingleItem().Kind.ShouldBe(RuleWarningKind.HearsNothing);
    }

    [Fact]
    public void Find_LiteralAndAlias_MeanTheSame()
    {
        var warning = Categories("Webshell", "Exception", "网站后门").ShouldHaveSingleItem();

        (warning.Kind, warning.Path).ShouldBe((RuleWarningKind.SameMeaning, "[0].configItemList[0].valueList[2]"));
        warning.Args.ShouldBe(["网站后门", "Webshell"]);
    }

    [Theory]
    [InlineData("webshell", "Webshell")]
    [InlineData("Webshell ", "Webshell")]
    [InlineData("恶意进程(云查杀)", "恶意进程（云查杀）")]
    [InlineData("Malicious process（cloud threat detection）", "Malicious process (cloud threat detection)")]
    public void Find_ValueThatResemblesAKnownOne_AsksWhetherItIsMeant(string written, string known)
    {
        var warning = Categories(written).ShouldHaveSingleItem();

        warning.Kind.ShouldBe(RuleWarningKind.LooksLikeKnownValue);
        warning.Args.ShouldBe([written, known]);
    }

    [Fact]
    public void Find_UnknownValue_IsMarked()
    {
        Categories("Malicious script").ShouldHaveSingleItem().Kind.ShouldBe(RuleWarningKind.UnknownValue);
    }

    [Fact]
    public void Find_EveryValueButNotAll_TellsTheDifference()
    {
        var rule = new AlertRule(Suspicious, new ConfigItem(Vocabulary.ItemLevel, "remind", "serious", "suspicious"));

        var warning = RuleWarnings.Find([rule]).ShouldHaveSingleItem();

        (warning.Kind, warning.Path).ShouldBe((RuleWarningKind.EveryValueButNotAll, "[0].configItemList[0]"));
    }

    [Fact]
    public void Find_UnusualPrefix_IsNamed()
    {
        var rules = new[] { "sas_analysis_onlin-sas-event-hc",
            "sas_analysis_pre-sas-operation-log-sas-event-vul" }.Select(type => new AlertRule(type)).ToList();

        var warning = RuleWarnings.Find(rules).ShouldHaveSingleItem();

        (warning.Kind, warning.Path, warning.Args[0])
            .ShouldBe((RuleWarningKind.UnusualPrefix, "[0].type", "sas_analysis_onlin-sas-event-"));
    }

    [Fact]
    public void Find_DraftWithNothingChosen_NeverMatches()
    {
        RuleWarnings.Find([new AlertRule(Suspicious, new ConfigItem(Vocabulary.ItemLevel))])
            .ShouldHaveSingleItem().Kind.ShouldBe(RuleWarningKind.NeverMatches);
        RuleWarnings.Find([new AlertRule("scan.completed")]).ShouldHaveSingleItem().Kind.ShouldBe(RuleWarningKind.NeverMatches);
    }

    [Fact]
    public void Describe_EachKind_HasASentenceInBothLanguages()
    {
        foreach (var kind in Enum.GetValues<RuleWarningKind>())
        {
            var warning = new RuleWarning(kind, "", ["a", "b"]);

            warning.Describe(RuleLanguage.En)[^1].ShouldBeOneOf('.', '?');
            warning.Describe(RuleLanguage.Zh)[^1].ShouldBeOneOf('。', '？');
        }
    }

    private static ImmutableArray<RuleWarning> Categories(params string[] values) =>
        RuleWarnings.Find([new AlertRule(Suspicious, new ConfigItem(Vocabulary.EventType, values))]);
}
