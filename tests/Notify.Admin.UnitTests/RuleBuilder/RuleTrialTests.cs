using Notify.Admin.RuleBuilder;
using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.RuleBuilder;

public sealed class RuleTrialTests
{
    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly PastEvents Events = new(DateOnly.FromDateTime(From.Date), From.AddDays(7),
    [
        Shape("serious", "Webshell", "7", day: 6, count: 3, newest: 30),
        Shape("serious", "Webshell", "8", day: 5, count: 4, newest: 20),
        Shape("remind", "Webshell", "7", day: 6, count: 10, newest: 40),
        Shape("remind", "Exception", "8", day: 0, count: 5, newest: 1),
        new("hc", "high", null, null, null, "7", 6, 8, 50),
    ]);

    [Fact]
    public void Run_CountsPerDay_AndComparesWithWhatIsSaved()
    {
        var critical = Rule(Vocabulary.ItemLevel, "serious");
        var webshells = Rule(Vocabulary.EventType, "Webshell");

        var trial = RuleTrial.Run(Events, new TriedRules(critical, []), new TriedRules(webshells, ["7"]), id => id, RuleLanguage.En);

        trial.Count.ShouldBe(7);
        trial.PerDay.ShouldBe([0, 0, 0, 0, 0, 4, 3]);
        trial.Added.ShouldBe(4);
        trial.Lost.ShouldBe(10);
        trial.NewestIds.ShouldBe([30, 20]);
    }

    [Fact]
    public void Run_NamesTheOneConditionThatFailed()
    {
        var rules = new TriedRules(Rule(Vocabulary.ItemLevel, "serious"), ["7"]);

        var trial = RuleTrial.Run(Events, rules, null, id => id == "7" ? "Production" : id, RuleLanguage.En);

        trial.Count.ShouldBe(3);
        trial.Added.ShouldBeNull();
        trial.NearMisses.Select(miss => (miss.Condition, miss.Count, miss.NewestId)).ShouldBe(
        [
            ("Severity is Remind; the rule accepts Critical", 10, 40),
            ("Asset group is “8”; the chatbot accepts “Production”", 4, 20),
        ]);
    }

    [Fact]
    public void Run_AHundredThousandKindsOfEvents_LooksAtEach()
    {
        var many = new PastEvents(DateOnly.FromDateTime(From.Date), From,
            [.. Enumerable.Range(0, 100_000).Select(at => Shape("remind", $"Category {at}", "7", at % 7, 1, at))]);
        var rules = new TriedRules(RulePresets.All[1].List, ["7"]);

        RuleTrial.Run(many, rules, rules, id => id, RuleLanguage.En).Count.ShouldBe(0);
    }

    private static EventShape Shape(string level, string category, string group, int day, int count, long newest) =>
        new("suspicious", level, category, null, null, group, day, count, newest);

    private static ConfigList Rule(string key, string value) =>
        ConfigList.Create(AlertRule.ForAll(Vocabulary.Find("suspicious")!).With(key, value)).List!;
}
