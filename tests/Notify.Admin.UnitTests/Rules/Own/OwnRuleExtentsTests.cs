using System.Collections.Immutable;
using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.Rules;

public class OwnRuleExtentsTests
{
    private static readonly OneOfCondition Vulnerabilities = new(OwnField.Kind, ["sas-event-vul", "scan.stopped"]);
    private static readonly SeverityFromCondition FromHigh = new("high");

    [Fact]
    public void Find_RulesOfKindAndSeverity_HearTheWholeClass_OthersNothing()
    {
        var extents = Of(Vulnerabilities, FromHigh);

        extents.Find("sas_analysis_online-sas-operation-log-sas-event-vul", EventSeverity.Critical, null)[1].ShouldBe(Extent.Whole);
        extents.Find("sas-event-vul", EventSeverity.Medium, null).ShouldBeEmpty();
        extents.Find("sas-event-hc", EventSeverity.High, null).ShouldBeEmpty();
        Of().Find("tool.alarm", EventSeverity.NotStated, null)[1].ShouldBe(Extent.Whole);
        Of(Vulnerabilities, new OneOfCondition(OwnField.Kind, ["scan.stopped"])).Find("sas-event-vul", 0, null).ShouldBeEmpty();
    }

    [Fact]
    public void Find_WhatNarrows_HearsPart_AndAGroupDecidesWhereItIsAskedFor()
    {
        Of(new TextCondition("web")).Find("any", 0, null)[1].ShouldBe(Extent.Part);
        var grouped = Of(new OneOfCondition(OwnField.Group, ["7"]));
        grouped.Find("any", 0, null)[1].ShouldBe(Extent.Part);
        grouped.Find("any", 0, "7")[1].ShouldBe(Extent.Whole);
        grouped.Find("any", 0, "8").ShouldBeEmpty();
        Of(new OneOfCondition(OwnField.Group, ["7"]), new TextCondition("web")).Find("any", 0, "7")[1].ShouldBe(Extent.Part);
    }

    [Fact]
    public void Find_SeveralRules_AnswersTheWidest_AndNothingOfAChannelThatIsOff()
    {
        OwnRule part = new(null, [new TextCondition("web")]), whole = new(null, [FromHigh]);

        foreach (var rules in (OwnRuleList[])[new([part, whole]), new([whole, part])])
        {
            OwnRuleExtents.Build([new(1, rules, IsOn: true), new(2, rules, IsOn: false)]).Find("any", EventSeverity.High, null)
                .ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create(1, Extent.Whole));
        }
    }

    private static OwnRuleExtents Of(params ImmutableArray<OwnCondition> conditions) =>
        OwnRuleExtents.Build([new(1, new OwnRuleList([new(null, conditions)]), IsOn: true)]);
}
