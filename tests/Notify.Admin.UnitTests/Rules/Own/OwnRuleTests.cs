using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.Rules.Own;

/// <summary>Own rules asked alone, without an index.</summary>
public sealed class OwnRuleTests
{
    private static readonly OneOfCondition Scans = new(OwnField.Kind, ["scan.stopped"]);
    private static readonly OneOfCondition Shop = new(OwnField.Asset, ["shop"]);

    private static readonly OwnFacts Alert = new("grafana.alert", "grafana", EventSeverity.Low)
    {
        Asset = "mail", Title = "Disk", Text = "full",
    };

    [Fact]
    public void Nearest_EveryRuleIsForAnotherKind_IsNone() =>
        new OwnRuleList([new(null, [Scans]), new(null, [Scans, Shop])]).Nearest(Alert).ShouldBeNull();

    [Fact]
    public void Nearest_RuleForAnotherKindFailsLess_IsPassedOver() =>
        new OwnRuleList([new(null, [Scans]), new(null, [Shop, new TextCondition("login")])]).Nearest(Alert).ShouldBe((1, 2));

    [Fact]
    public void Nearest_SeveralFailAlike_IsTheFirst() =>
        new OwnRuleList([new(null, [Shop, new TextCondition("login")]), new(null, [Shop]), new(null, [new TextCondition("login")])])
            .Nearest(Alert).ShouldBe((1, 1));

    [Fact]
    public void NewDays_IsTheLongestThatAnyConditionLooksBack()
    {
        var rule = new OwnRule(null, [new NewCondition(7), new NewCondition(3), Shop]);

        rule.NewDays.ShouldBe(7);
        new OwnRuleList([rule, new(null, [new NewCondition(30)]), new(null, [Shop])]).NewDays.ShouldBe(30);
        new OwnRuleList([new(null, [Shop])]).NewDays.ShouldBe(0);
        OwnRuleList.Empty.NewDays.ShouldBe(0);
    }

    [Theory]
    [InlineData("disk", true)]
    [InlineData("full", true)]
    [InlineData("login", false)]
    [InlineData("disk full", false)]
    [InlineData("\u0301\u00AD", false)]
    public void Text_IsFoundInTitleOrText_AndNothingIsFoundNowhere(string contains, bool holds) =>
        new TextCondition(contains).Holds(Alert).ShouldBe(holds);

    [Fact]
    public void Text_OfAnEventWithoutAny_HoldsNever() =>
        new TextCondition("e").Holds(new OwnFacts("grafana.alert", "grafana", EventSeverity.Low)).ShouldBeFalse();
}
