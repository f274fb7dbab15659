using BenchmarkDotNet.Attributes;
using Notify.Admin.Channels;
using Notify.Admin.DingTalk;
using Notify.Admin.Rules;

namespace Notify.Admin.Benchmarks.Rules;

/// <summary>What chatbots have beside the vendor's rules.</summary>
public enum BesideDialect
{
    Nothing,

    /// <summary>Every other chatbot has own rules that do not hear the event.</summary>
    OwnRules,

    /// <summary>And every chatbot uses two of twenty rule sets, which do not either.</summary>
    OwnRulesAndSets,
}

/// <summary>What does one alert cost when ever more chatbots do not hear it, with the vendor's rules alone and with own rules and rule sets
/// beside them? As intake asks: by the snapshot.</summary>
[MemoryDiagnoser]
public class HearingBenchmarks
{
    private const int Hearing = 5;

    private IMatcherSnapshot _snapshot = null!;

    [Params(10, 1_000, 100_000)]
    public int Channels { get; set; }

    [Params(BesideDialect.Nothing, BesideDialect.OwnRules, BesideDialect.OwnRulesAndSets)]
    public BesideDialect Beside { get; set; }

    private static EventRecord Alert { get; } = new(0, "e", "/s", ManyChatbots.EventType, DateTimeOffset.UnixEpoch, Severity.Critical,
        new EventFields
        {
            ItemLevel = ManyChatbots.Event.ItemLevel, EventType = ManyChatbots.Event.EventType, GroupId = ManyChatbots.Event.GroupId,
            Asset = "db-01", Title = "Mining program started",
        });

    [GlobalSetup]
    public void SetUp()
    {
        var chatbots = ManyChatbots.Create(Channels, Hearing)
            .Select(subscription => new NamedSubscription($"{subscription.ChatbotId}", subscription, IsReadable: true)).ToList();
        var vendor = new DingTalkMatcherSnapshot(chatbots, new Dictionary<string, string>());
        var sets = Enumerable.Range(1, 20).Select(id => new SharedRules(id, $"set {id}", NotHeard(id))).ToList();
        _snapshot = Beside == BesideDialect.Nothing ? vendor : HearingSnapshot.Of(ChannelKind.DingTalk, vendor,
        [
            .. chatbots.Select(chatbot => chatbot.Subscription.ChatbotId).Select(id => new OwnRuleListener(id,
                id % 2 == 0 ? NotHeard(id) : OwnRuleList.Empty,
                Beside == BesideDialect.OwnRulesAndSets ? [1 + (id % 20), 1 + ((id + 7) % 20)] : [], IsOn: true)),
        ], sets);
    }

    [Benchmark(Description = "one alert, 5 hear it")]
    public int Match() => _snapshot.Match(Alert).Count();

    private static OwnRuleList NotHeard(int id) => new([new OwnRule(null, (id % 4) switch
    {
        0 => [new SeverityFromCondition("high"), new OneOfCondition(OwnField.Asset, [$"host-{id}"])],
        1 => [new OneOfCondition(OwnField.Kind, ["sas-event-suspicious"]), new OneOfCondition(OwnField.Group, [$"{1000 + id}"])],
        2 => [new OneOfCondition(OwnField.Kind, ["grafana.alert"]), new OneOfCondition(OwnField.Label, [$"team {id}"], "team")],
        _ => [new OneOfCondition(OwnField.Source, [$"tool {id}"]), new TextCondition("mining")],
    })]);
}
