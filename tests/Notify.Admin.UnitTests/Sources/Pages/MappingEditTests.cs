using System.Text.Json;
using Notify.Admin.Sources;

namespace Notify.Admin.UnitTests.Sources.Pages;

public sealed class MappingEditTests
{
    public static TheoryData<string> Kinds => new(BuiltInMappings.Kinds);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Draft_OfABuiltInMapping_MeansTheSame(string kind)
    {
        var edit = new MappingEdit(BuiltInMappings.Text(kind)!);

        edit.TakeDraft();

        edit.Problems.ShouldBeEmpty();
        edit.Valid.ShouldBe(MappingWriter.Write(BuiltInMappings.Of(kind)));
        edit.IsChanged.ShouldBeFalse();
    }

    [Fact]
    public void TakeDraft_Mistakes_AreToldWhereTheyWereTyped()
    {
        var edit = new MappingEdit("""{"fields":{"title":"/title"}}""");
        edit.Draft.Fields["title"][0].From = "/title\n{/open";
        edit.Draft.Labels.Add(new LabelDraft { From = "no path" });
        edit.Draft.Drop.Add(new DropDraft { Path = "x" });

        edit.TakeDraft();

        edit.Valid.ShouldBeNull();
        edit.ProblemsAt("/fields/title").ShouldHaveSingleItem().Path.ShouldBe("/fields/title/1");
        edit.ProblemsAt("/labels/0").ShouldNotBeEmpty();
        edit.ProblemsAt("/drop/0").ShouldNotBeEmpty();
        edit.ProblemsAt("/fields/text").ShouldBeEmpty();
    }

    [Fact]
    public void TakeJson_WithAMistake_KeepsTheFieldsThatReadLast()
    {
        var edit = new MappingEdit("""{"fields":{"title":"/title"}}""");

        edit.TakeJson("""{"fields":{"title":"/name"}}""");
        edit.TakeJson("""{"fields":{""");

        edit.Draft.Fields["title"][0].From.ShouldBe("/name");
        edit.Problems.ShouldHaveSingleItem();
        edit.IsChanged.ShouldBeTrue();
    }

    [Fact]
    public void IsChanged_BackAtWhatIsSaved_IsFalse()
    {
        var edit = new MappingEdit("""{ "fields": { "title": ["/title"] } }""");
        edit.IsChanged.ShouldBeFalse();

        edit.Draft.Fields["asset"].Add(new AlternativeDraft { From = "/host" });
        edit.TakeDraft();
        edit.IsChanged.ShouldBeTrue();
        edit.Draft.Fields["asset"].Clear();
        edit.TakeDraft();

        edit.IsChanged.ShouldBeFalse();
    }

    [Fact]
    public void Lines_WithBreaksAndBackslashes_ReadBackAsTheyWere()
    {
        var edit = new MappingEdit("""{"fields":{"title":"/title","text":["{/a}\n{/b}","C:\\new"]}}""");
        edit.Draft.Fields["text"][0].From.ShouldBe("{/a}\\n{/b}\nC:\\\\new");
        var before = edit.Valid;

        edit.TakeDraft();

        edit.Valid.ShouldBe(before);
    }

    [Fact]
    public void TableRows_EmptyMeaning_IsNone()
    {
        var edit = new MappingEdit("""{"fields":{"title":"/t","severity":{"from":"/s","table":{"x":null,"y":"High"},"else":null}}}""");
        var before = edit.Valid;
        edit.Draft.Fields["severity"][0].Rows.Select(row => (row.Value, row.Meaning)).ShouldBe([("x", ""), ("y", "High")]);

        edit.TakeDraft();

        edit.Valid.ShouldBe(before);
    }

    [Theory]
    [InlineData("", "/alerts/0/host", "/alerts/0/host")]
    [InlineData("", "", ".")]
    [InlineData("/alerts", "/alerts/0/labels/host", "/labels/host")]
    [InlineData("/alerts", "/alerts/0", ".")]
    [InlineData("/alerts", "/receiver", "$/receiver")]
    [InlineData("/alerts", "/alertsOf/0", "$/alertsOf/0")]
    [InlineData("$", "/0/host", "/host")]
    public void PickedPath_IsInTheElementWhereItIsSplit(string split, string path, string expected) =>
        PickedPath.In(MappingLines.Split(split).Select(MappingLines.ArrayPath), path).ShouldBe(expected);

    [Fact]
    public void Tree_OfALargePayload_IsBounded()
    {
        using var payload = JsonDocument.Parse($$"""{"list":[{{string.Join(',', Enumerable.Range(0, 5000))}}],"a/b":{"~":1} }""");

        var tree = PayloadNode.Read(payload.RootElement);

        tree.Children[0].Children.Count.ShouldBe(20);
        tree.Children[0].Left.ShouldBe(4980);
        tree.Children[1].Children[0].Path.Text.ShouldBe("/a~1b/~0");
    }
}
