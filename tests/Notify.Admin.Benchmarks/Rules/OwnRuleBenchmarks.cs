using BenchmarkDotNet.Attributes;
using Notify.Admin.Rules;

namespace Notify.Admin.Benchmarks.Rules;

/// <summary>What does one event cost when ever more channels have own rules that do not hear it? Mixed: by kind, severity, source, group,
/// asset, label and pattern.</summary>
[MemoryDiagnoser]
public class OwnRuleBenchmarks
{
    private const int Hearing = 5;

    private OwnSubscription[] _channels = [];
    private OwnRuleIndex _index = OwnRuleIndex.Empty;

    [Params(10, 1_000, 100_000)]
    public int Channels { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _channels = [.. Enumerable.Range(1, Channels).Select(id => new OwnSubscription(id, id <= Hearing ? Heard : NotHeard(id), true))];
        _index = OwnRuleIndex.Build(_channels);
    }

    [Benchmark(Description = "index, 5 hear it")]
    public int Match() => _index.Match(Event("Storage")).Count;

    [Benchmark(Description = "index, nobody hears it")]
    public int MatchNobody() => _index.Match(Event("Nothing")).Count;

    /// <summary>For comparison: asking each channel.</summary>
    [Benchmark(Description = "channel by channel")]
    public int Evaluate()
    {
        var facts = Event("Storage");
        return _channels.Count(channel => channel.Rules.FirstMatch(facts) >= 0);
    }

    [Benchmark(Description = "building the index")]
    public OwnRuleIndex Build() => OwnRuleIndex.Build(_channels);

    private static OwnRuleList Heard => List(new OneOfCondition(OwnField.Kind, ["grafana.alert"]), new SeverityFromCondition("high"),
        new OneOfCondition(OwnField.Group, ["Storage"]));

    private static OwnFacts Event(string group) => new("grafana.alert", "grafana", EventSeverity.High)
    {
        State = "opened",
        Group = group,
        Asset = "db-01",
        Labels = new Dictionary<string, string> { ["team"] = "dba", ["alertname"] = "DiskFull", ["severity"] = "high" },
        Title = "Disk is full on db-01",
        Text = "95 percent used",
    };

    private static OwnRuleList NotHeard(int id) => (id % 5) switch
    {
        0 => List(new OneOfCondition(OwnField.Kind, ["grafana.alert"]), new SeverityFromCondition("high"),
            new OneOfCondition(OwnField.Group, [$"group {id}"])),
        1 => List(new SeverityFromCondition("medium"), new OneOfCondition(OwnField.Asset, [$"host-{id}", $"host-{id}b"])),
        2 => List(new OneOfCondition(OwnField.Source, ["grafana"]), new OneOfCondition(OwnField.Label, [$"team {id}"], "team")),
        3 => List(new OneOfCondition(OwnField.Kind, ["grafana.alert"]), new OneOfCondition(OwnField.State, ["resolved"]),
            new TextCondition("disk")),
        _ => List(new OneOfCondition(OwnField.Kind, ["scan.completed", "scan.aborted"]), new AssetLikeCondition($"shop-{id}-*")),
    };

    private static OwnRuleList List(params OwnCondition[] conditions) => new([new OwnRule(null, [.. conditions])]);
}
