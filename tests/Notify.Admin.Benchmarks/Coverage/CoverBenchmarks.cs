using BenchmarkDotNet.Attributes;
using Notify.Admin.Benchmarks.Rules;
using Notify.Admin.Rules;

namespace Notify.Admin.Benchmarks.Coverage;

/// <summary>What does the whole map of coverage cost of ever more chatbots?</summary>
[MemoryDiagnoser]
public class CoverBenchmarks
{
    private static readonly AlertClass[] Cells =
    [
        .. from type in Vocabulary.AlertTypes
           from severity in Enumerable.Range(EventSeverity.NotStated, EventSeverity.Critical + 1)
           from subType in (string?[])[null, .. AlertClass.SubKeyOf(type) is { } key
               ? key.ConcreteValues.Select(value => value.Literal).Append(AlertClass.Other) : []]
           select new AlertClass(type, severity, subType),
    ];

    private IReadOnlyList<RuleSubscription> _chatbots = [];
    private RuleExtents _extents = RuleExtents.Build([]);

    [Params(1_000, 100_000)]
    public int Chatbots { get; set; }

    /// <summary>Each hears everything, the most there is to count; otherwise they are narrowed in many ways.</summary>
    [Params(true, false)]
    public bool Everything { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var everything = ConfigList.Create(Vocabulary.AlertTypes.Select(AlertRule.ForAll)).List!;
        _chatbots = Everything
            ? [.. Enumerable.Range(0, Chatbots).Select(at => new RuleSubscription(at, everything, [], IsOn: true))]
            : ManyChatbots.Create(Chatbots, 5);
        _extents = RuleExtents.Build(_chatbots);
    }

    [Benchmark(Description = "every cell")]
    public int Map() => Count(null);

    [Benchmark(Description = "every cell of one group")]
    public int MapOfGroup() => Count("7");

    [Benchmark(Description = "compiling, once a change")]
    public RuleExtents Build() => RuleExtents.Build(_chatbots);

    private int Count(string? groupId)
    {
        var count = 0;
        foreach (var cell in Cells)
        {
            foreach (var _ in _extents.Find(cell, groupId))
            {
                count++;
            }
        }

        return count;
    }
}
