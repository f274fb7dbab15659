using Notify.Admin.Rules;
using Notify.Admin.WhereTo;

namespace Notify.Admin.UnitTests.WhereTo;

public sealed class TypedEventTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Samples_AreOfEveryKind_AndEachIsAnEvent()
    {
        var samples = EventSample.All(Now);

        samples.ShouldAllBe(sample => TypedEvent.Read(sample.Json).Event != null);
        samples.Select(sample => sample.Key).ShouldBe(
            [.. Vocabulary.AlertTypes.Select(type => type.Suffix), "scan.started", "scan.completed", "scan.aborted", "scan.stopped",
                "scan.paused", "scan.resumed", "scan.deleted", "other"], ignoreOrder: true);
        samples.Where(sample => sample.Name is null).ShouldHaveSingleItem().Key.ShouldBe("other");
        foreach (var type in Vocabulary.AlertTypes)
        {
            var parsed = TypedEvent.Read(samples.Single(sample => sample.Key == type.Suffix).Json).Event!;
            Vocabulary.FindByType(parsed.Type).ShouldBe(type);
        }
    }

    [Theory]
    [InlineData("{\n  \"specversion\": \"1.0\",\n  \"id\": 5,\n  \"source\": \"s\", \"type\": \"t\"\n}", "id", 3)]
    [InlineData("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"scan.completed\",\n\"data\":{\n\"avgThreat\":\"Huge\"}}",
        "data.avgThreat", 3)]
    [InlineData("{\"specversion\":\"1.0\",\"source\":\"s\",\"type\":\"t\"}", "id", null)]
    [InlineData("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\n\"type\":\"notify.drill\"}", "type", 2)]
    [InlineData("{\"a\":{\"type\":1},\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\n\"type\":7}", "type", 2)]
    [InlineData("[{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\n\"type\":7}]", "type", 2)]
    [InlineData("{\n\n\"id\": oops}", "body", 3)]
    [InlineData("", "body", 1)]
    [InlineData("\"text\"", "body", null)]
    public void Read_WhatIntakeWouldRefuse_NamesFieldAndLine(string typed, string field, int? line)
    {
        var (parsed, problems) = TypedEvent.Read(typed);

        parsed.ShouldBeNull();
        problems.ShouldContain(problem => problem.Field == field && problem.Line == line,
            string.Join("; ", problems.Select(problem => $"{problem.Field} at {problem.Line}: {problem.Reason}")));
        problems.ShouldAllBe(problem => problem.Reason.Length > 0);
    }

    [Fact]
    public void Read_SeveralEvents_AsksForOne()
    {
        var json = EventSample.All(Now)[0].Json;

        TypedEvent.Read($"[{json},{json.Replace("example-1", "example-2", StringComparison.Ordinal)}]").Problems
            .ShouldHaveSingleItem().Reason.ShouldBe("holds 2 events: ask about one");
        TypedEvent.Read($"[{json}]").Event.ShouldNotBeNull();
    }
}
