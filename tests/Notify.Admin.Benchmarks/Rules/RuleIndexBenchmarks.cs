using BenchmarkDotNet.Attributes;
using Notify.Admin.Rules;

namespace Notify.Admin.Benchmarks.Rules;

/// <summary>What does one event cost when ever more chatbots do not hear it?</summary>
[MemoryDiagnoser]
public class RuleIndexBenchmarks
{
    private const int Hearing = 5;

    private IReadOnlyList<RuleSubscription> _chatbots = [];
    private RuleIndex _index = RuleIndex.Empty;

    [Params(10, 1_000, 100_000)]
    public int Chatbots { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _chatbots = ManyChatbots.Create(Chatbots, Hearing);
        _index = RuleIndex.Build(_chatbots);
    }

    [Benchmark(Description = "index, 5 hear it")]
    public int Match() => ManyChatbots.Count(_index);

    [Benchmark(Description = "index, nobody hears it")]
    public int MatchNobody()
    {
        var count = 0;
        foreach (var _ in _index.Match(new AlertFacts(ManyChatbots.EventType) { ItemLevel = "suspicious", EventType = "Exception",
            GroupId = "1" }))
        {
            count++;
        }

        return count;
    }

    /// <summary>For comparison: asking each chatbot.</summary>
    [Benchmark(Description = "evaluator, chatbot by chatbot")]
    public int Evaluate()
    {
        var facts = ManyChatbots.Event;
        var count = 0;
        foreach (var chatbot in _chatbots)
        {
            if (RuleEvaluator.Hears(chatbot.Rules, chatbot.GroupIds, chatbot.IsOn, facts))
            {
                count++;
            }
        }

        return count;
    }

    [Benchmark(Description = "building the index")]
    public RuleIndex Build() => RuleIndex.Build(_chatbots);
}

/// <summary>What does one event cost when ever more of 100,000 chatbots hear it?</summary>
[MemoryDiagnoser]
public class RuleMatchesBenchmarks
{
    private RuleIndex _index = RuleIndex.Empty;

    [Params(1, 10, 100, 1_000, 10_000)]
    public int Hearing { get; set; }

    [GlobalSetup]
    public void SetUp() => _index = RuleIndex.Build(ManyChatbots.Create(100_000, Hearing));

    [Benchmark(Description = "index of 100,000")]
    public int Match() => ManyChatbots.Count(_index);
}

/// <summary>Chatbots of which a fixed number hears <see cref="Event"/>; each of the others differs from it in one thing only: level,
/// category, group or alert type.</summary>
internal static class ManyChatbots
{
    public const string EventType = AlertType.OnlinePrefix + "suspicious";

    private const string Category = "Webshell";

    // Made anew for each event, as intake does: reading the alert type is part of the cost.
    public static AlertFacts Event => new(EventType) { ItemLevel = "serious", EventType = Category, GroupId = "1" };

    public static IReadOnlyList<RuleSubscription> Create(int count, int hearing)
    {
        var hears = Alerts(["serious"], [Category, "Exception"]);
        var otherLevel = Alerts(["suspicious", "remind"], [Category]);
        var otherCategory = Alerts(["serious", "suspicious"], ["Unusual logon", "Abnormal account"]);
        var otherType = ConfigList.Create(new AlertRule("sas-event-hc", new ConfigItem(Vocabulary.ItemLevel, "high"))).List!;
        return
        [
            .. Enumerable.Range(0, count).Select(at => at < hearing
                ? new RuleSubscription(at, hears, at % 2 == 0 ? [] : ["1", "2"], IsOn: true)
                : (at % 4) switch
                {
                    0 => new(at, otherLevel, [], IsOn: true),
                    1 => new(at, otherCategory, ["1"], IsOn: true),
                    2 => new(at, hears, [$"{2 + (at % 5_000)}", $"{3 + (at % 7_000)}"], IsOn: true),
                    _ => new(at, otherType, [], IsOn: true),
                }),
        ];
    }

    public static int Count(RuleIndex index)
    {
        var count = 0;
        foreach (var _ in index.Match(Event))
        {
            count++;
        }

        return count;
    }

    private static ConfigList Alerts(string[] levels, string[] categories) =>
        ConfigList.Create(new AlertRule(EventType, new ConfigItem(Vocabulary.ItemLevel, levels),
            new ConfigItem(Vocabulary.EventType, categories))).List!;
}
