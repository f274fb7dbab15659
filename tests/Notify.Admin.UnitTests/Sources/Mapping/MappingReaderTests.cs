using Notify.Admin.Sources;

namespace Notify.Admin.UnitTests.Sources.Mapping;

public sealed class MappingReaderTests
{
    [Theory]
    [InlineData("", "", "is not valid JSON near line 1, byte 1")]
    [InlineData("[]", "", "must be an object")]
    [InlineData("""{"fields":{}}""", "/fields/title", "is required: every event has a title")]
    [InlineData("""{"fields":{"titel":"/a","title":"/a"}}""", "/fields/titel",
        "is not known here: id, occurrence, kind, state, severity, title, text, asset, group, link, time")]
    [InlineData("""{"fields":{"title":"/a~2"}}""", "/fields/title", "“/a~2” is no path: ~ is written ~0, and / inside a name ~1")]
    [InlineData("""{"fields":{"title":"{/a"}}""", "/fields/title", "has a { that is not closed: a brace in a text is written twice")]
    [InlineData("""{"fields":{"title":"a}b"}}""", "/fields/title", "has a } that closes nothing: a brace in a text is written twice")]
    [InlineData("""{"fields":{"title":"{name}"}}""", "/fields/title", "has {name}, which is no path: a path begins with /")]
    [InlineData("""{"fields":{"title":7}}""", "/fields/title", "must be a path, a template, or an object with from")]
    [InlineData("""{"fields":{"title":["/a",{"table":{}}]}}""", "/fields/title/1/from", "is required")]
    [InlineData("""{"fields":{"title":{"from":"/a","table":{"x":1}}}}""", "/fields/title/table/x",
        "must be a string, or null for a value that is as good as none")]
    [InlineData("""{"fields":{"title":{"from":"/a","table":{"x":"1","X":"2"}}}}""", "/fields/title/table/X",
        "is there twice: case makes no difference")]
    [InlineData("""{"split":"alerts","fields":{"title":"/a"}}""", "/split", "“alerts” is no path: a path begins with /")]
    [InlineData("""{"drop":{"path":"/a"},"fields":{"title":"/a"}}""", "/drop", "needs exactly one of in, notIn and present")]
    [InlineData("""{"drop":{"path":"/a","in":[1]},"fields":{"title":"/a"}}""", "/drop/in/0",
        "must be a string: numbers, true and false are compared as they are written")]
    [InlineData("""{"labels":["just text"],"fields":{"title":"/a"}}""", "/labels/0",
        "must be the path of an object, or an object with name and from")]
    [InlineData("""{"fields":{"title":"header:"}}""", "/fields/title", "“header:” names no header: header:X-GitHub-Event")]
    public void Read_Mistake_IsToldWithItsPlace(string text, string path, string reason)
    {
        var (mapping, problems) = MappingReader.Read(text);

        mapping.ShouldBeNull();
        problems.Select(problem => (problem.Path, problem.Reason.English)).ShouldContain((path, reason));
    }

    [Theory]
    [InlineData("""{"\ud800":1,"\ud801":2}""")]
    [InlineData("""{"fields":{"title":"\ud800"}}""")]
    public void Read_HalfSurrogatePair_IsRefused(string text) =>
        MappingReader.Read(text).Problems.ShouldHaveSingleItem().Reason.English.ShouldContain("surrogate");

    [Fact]
    public void Read_LargerThanAMappingIs_IsRefused() =>
        MappingReader.Read(new string(' ',
            MappingLimits.MappingCharacters + 1)).Problems.ShouldHaveSingleItem().Reason.English.ShouldContain("longer");

    [Fact]
    public void Write_BuiltInMapping_ReadsBackAsTheSame()
    {
        foreach (var kind in BuiltInMappings.Kinds)
        {
            var written = MappingWriter.Write(BuiltInMappings.Of(kind));

            var (again, problems) = MappingReader.Read(written);

            problems.ShouldBeEmpty(kind);
            MappingWriter.Write(again!).ShouldBe(written, kind);
        }
    }

    [Fact]
    public void Write_EveryForm_KeepsWhatItSays()
    {
        const string Text = """
            {
              "split": [
                "/new",
                "/old"
              ],
              "drop": [
                {
                  "path": "$/test",
                  "present": true
                },
                {
                  "path": "header:X-Event",
                  "notIn": [
                    "alert",
                    "end"
                  ]
                }
              ],
              "fields": {
                "state": {
                  "from": "@split",
                  "table": {
                    "/new": "open",
                    "/gone": null
                  },
                  "else": "none"
                },
                "title": [
                  "{/host}: {/what?}",
                  {
                    "from": [
                      "/a~1b",
                      "."
                    ],
                    "else": null
                  }
                ]
              },
              "labels": [
                "/labels",
                {
                  "name": "rule",
                  "from": "/rule"
                },
                {
                  "from": "$/common",
                  "prefix": "common."
                }
              ]
            }
            """;

        var (mapping, problems) = MappingReader.Read(Text);

        problems.ShouldBeEmpty();
        MappingReader.Read(MappingWriter.Write(mapping!)).Problems.ShouldBeEmpty();
        MappingWriter.Write(mapping!).ShouldBe(Text.Replace("""
                    "else": null
            """, """
                    "table": {},
                    "else": null
            """, StringComparison.Ordinal).ReplaceLineEndings("\n"));
    }
}
