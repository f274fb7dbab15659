using BenchmarkDotNet.Attributes;
using Notify.Admin.SlackWorkspaces;

namespace Notify.Admin.Benchmarks.SlackWorkspaces;

/// <summary>Finding people of a large workspace as somebody types.</summary>
[MemoryDiagnoser]
public class PeopleSearchBenchmarks
{
    private readonly PeopleIndex _people = new([.. Enumerable.Range(0, 20_000).Select(i => new SlackPerson
    {
        WorkspaceId = 1, UserId = $"U{i:D6}", RealName = $"Person Number{i}", Handle = $"person{i}", Email = $"person.{i}@example.test",
    })]);

    [Params("person.19999@example.test", "number1999", "nobody at all", "p")]
    public string Text { get; set; } = "";

    [Benchmark]
    public int Among20000() => _people.Search(Text, 20).Count;
}
