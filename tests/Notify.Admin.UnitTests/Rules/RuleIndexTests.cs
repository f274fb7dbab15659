using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.Rules;

public sealed class RuleIndexTests
{
    [Fact]
    public void Match_ThousandsOfRandomCases_EqualsTheEvaluatorAndTheExplanation()
    {
        var random = new Random(3);
        var heard = 0;
        for (var round = 0; round < 40; round++)
        {
            var chatbots = Enumerable.Range(1, 50)
                .Select(id => new RuleSubscription(id, RandomRules.List(random), RandomRules.GroupIds(random), random.Next(8) > 0))
                .ToList();
            var index = RuleIndex.Build(chatbots);

            for (var number = 0; number < 100; number++)
            {
                var facts = RandomRules.Facts(random);

                var found = Matches(index, facts);

                var expected = new List<RuleMatch>();
                foreach (var chatbot in chatbots)
                {
                    var explanation = RuleEvaluator.Explain(chatbot.Rules, chatbot.GroupIds, chatbot.IsOn, facts);
                    Assert.Equal(explanation.Hears, RuleEvaluator.Hears(chatbot.Rules, chatbot.GroupIds, chatbot.IsOn, facts));
                    if (explanation.Hears)
                    {
                        expected.Add(new(chatbot.ChatbotId, explanation.FirstMatch));
                    }
                }

                found.ShouldBe(expected);
                heard += expected.Count;
            }
        }

        heard.ShouldBeGreaterThan(7_000);
    }

    [Fact]
    public void Match_MoreGroupsThanAreEntered_ChecksThemWhenFound()
    {
        string[] groups = [.. Enumerable.Range(1, RuleIndex.MaxEntriesPerRule + 1).Select(number => $"{number}")];
        var index = RuleIndex.Build([new(5, Everything, groups, IsOn: true), new(6, Everything, [], IsOn: true)]);
        var facts = new AlertFacts("sas-event-hc") { ItemLevel = "high" };

        Matches(index, facts with { GroupId = groups[^1] }).Select(match => match.ChatbotId).ShouldBe([5, 6]);
        Matches(index, facts with { GroupId = "999999" }).Select(match => match.ChatbotId).ShouldBe([6]);
        Matches(index, facts).Select(match => match.ChatbotId).ShouldBe([6]);
    }

    [Fact]
    public void Match_AliasesAndGroupsNamedTwice_FindTheChatbotOnce()
    {
        var list = ConfigList.Create(new AlertRule("sas-event-suspicious", new ConfigItem(Vocabulary.EventType, "Webshell", "网站后门"))).List!;
        var index = RuleIndex.Build([new(1, list, ["7", "7"], IsOn: true)]);

        Matches(index, new("sas-event-suspicious") { EventType = "网站后门", GroupId = "7" }).ShouldBe([new RuleMatch(1, 0)]);
    }

    [Fact]
    public void Match_EventOfNoAlertType_FindsNothing()
    {
        Matches(RuleIndex.Build([new(1, Everything, [], IsOn: true)]), new("scan.completed")).ShouldBeEmpty();
        Matches(RuleIndex.Empty, new("sas-event-hc")).ShouldBeEmpty();
    }

    [Fact]
    public void Match_ByTenThousandOthers_AllocatesNothing()
    {
        var random = new Random(1);
        var index = RuleIndex.Build([.. Enumerable.Range(1, 10_000)
            .Select(id => new RuleSubscription(id, RandomRules.List(random), ["1"], IsOn: true))]);
        var facts = new AlertFacts("sas-event-vul") { Type = "emg", Necessity = "asap", GroupId = "7" };
        Count(index, facts);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Count(index, facts).ShouldBe(0);

        // The assertion above allocates a little itself.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1_000);
    }

    private static ConfigList Everything => RulePresets.All[0].List;

    private static List<RuleMatch> Matches(RuleIndex index, in AlertFacts facts)
    {
        var matches = new List<RuleMatch>();
        foreach (var match in index.Match(facts))
        {
            matches.Add(match);
        }

        return [.. matches.OrderBy(match => match.ChatbotId)];
    }

    private static int Count(RuleIndex index, in AlertFacts facts)
    {
        var count = 0;
        foreach (var _ in index.Match(facts))
        {
            count++;
        }

        return count;
    }
}
