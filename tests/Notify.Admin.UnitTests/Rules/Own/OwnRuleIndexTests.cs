using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.Rules.Own;

public sealed class OwnRuleIndexTests
{
    [Fact]
    public void Match_ThousandsOfRandomCases_EqualsEachRuleAskedAlone()
    {
        var random = new Random(7);
        var heard = 0;
        for (var round = 0; round < 30; round++)
        {
            var channels = Enumerable.Range(1, 120)
                .Select(id => new OwnSubscription(id, RandomOwnRules.List(random), random.Next(8) > 0)).ToList();
            var index = OwnRuleIndex.Build(channels);

            for (var number = 0; number < 100; number++)
            {
                var facts = RandomOwnRules.Facts(random);

                var found = index.Match(facts);

                var expected = channels.Where(channel => channel.IsOn)
                    .Select(channel => (channel.ChannelId, First: channel.Rules.FirstMatch(facts)))
                    .Where(match => match.First >= 0).ToDictionary(match => match.ChannelId, match => match.First);
                found.OrderBy(match => match.Key).ShouldBe(expected.OrderBy(match => match.Key));
                heard += expected.Count;
            }
        }

        heard.ShouldBeGreaterThan(10_000);
    }

    [Fact]
    public void Nearest_AnyEvent_HasNoFailureExactlyWhereARuleMatches_AndTheExplanationSaysTheSame()
    {
        var random = new Random(11);
        for (var number = 0; number < 5_000; number++)
        {
            var (list, facts) = (RandomOwnRules.List(random), RandomOwnRules.Facts(random));

            var matches = list.FirstMatch(facts);

            (list.Nearest(facts) is { Failed: 0, At: var at } ? at : -1).ShouldBe(matches);
            OwnRuleText.Explain(list, facts, RuleLanguage.En).All(condition => condition.Passed).ShouldBe(matches >= 0);
        }
    }

    [Fact]
    public void Match_RulesThatShareAllButTheLastCondition_MeetsFewOfThem()
    {
        // Each shares kind, severity and source with all others, and has its own asset.
        var index = OwnRuleIndex.Build(Enumerable.Range(1, 5_000).Select(id => new OwnSubscription(id, new OwnRuleList([new OwnRule(null,
        [
            new OneOfCondition(OwnField.Kind, ["grafana.alert"]), new SeverityFromCondition("low"),
            new OneOfCondition(OwnField.Source, ["grafana"]), new OneOfCondition(OwnField.Asset, [$"host-{id}"]),
        ])]), IsOn: true)));

        index.Match(new OwnFacts("grafana.alert", "grafana", 4) { Asset = "HOST-77" }).ShouldBe([new(77, 0)]);
        index.Match(new OwnFacts("grafana.alert", "grafana", 4)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("web-*", "web-01", true)]
    [InlineData("web-*", "Web-", true)]
    [InlineData("web-?", "web-", false)]
    [InlineData("*.example.com", "a.b.example.com", true)]
    [InlineData("*a*b*", "xxaxxbxx", true)]
    [InlineData("*a*b", "xxaxxbxx", false)]
    [InlineData("[ab].+", "a", false)]
    [InlineData("ab", "xb", false)]
    [InlineData("", "", true)]
    [InlineData("**", "anything", true)]
    public void AssetLike_Patterns_KnowTwoSignsOnly(string pattern, string asset, bool holds) =>
        new AssetLikeCondition(pattern).Holds(new OwnFacts("x", "s", 0) { Asset = asset }).ShouldBe(holds);

    [Fact]
    public void AssetLike_ManyStars_CostNoMoreThanPatternTimesText() =>
        new AssetLikeCondition(string.Concat(Enumerable.Repeat("a*", 120)) + "b")
            .Holds(new OwnFacts("x", "s", 0) { Asset = new string('a', 20_000) }).ShouldBeFalse();

    [Fact]
    public void Severity_NotStated_IsNotLow()
    {
        new SeverityFromCondition("informative").Holds(new OwnFacts("x", "s", EventSeverity.NotStated)).ShouldBeFalse();
        new OneOfCondition(OwnField.Severity, ["notStated"]).Holds(new OwnFacts("x", "s", EventSeverity.NotStated)).ShouldBeTrue();
    }

    [Fact]
    public void Text_CaseAccentsAndWidth_MakeNoDifference() =>
        new TextCondition("cafe full").Holds(new OwnFacts("x", "s", 0) { Text = "le Café ＦＵＬＬ" }).ShouldBeTrue();
}
