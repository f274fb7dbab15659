using System.Text.Json;
using Notify.Admin.Channels;
using Notify.Admin.Sources;

namespace Notify.Admin.UnitTests.Sources.Mapping;

public sealed class MappingRunTests
{
    [Fact]
    public void Apply_Fallbacks_TakesTheFirstThatIsThere()
    {
        var mapped = One("""{"title":["/missing","/empty","/null","{/host}: {/missing}","{/host}: {/n}"]}""",
            """{"empty":" ","null":null,"host":"db-1","n":5}""");

        mapped.Title.ShouldBe("db-1: 5");
    }

    [Fact]
    public void Apply_Template_OptionalPlaceMayBeEmpty_AndBracesAreWrittenTwice() =>
        One("""{"title":"{{{/a}}} {/b?}!"}""", """{"a":"x"}""").Title.ShouldBe("{x} !");

    [Theory]
    [InlineData("CRIT", Severity.Critical)]
    [InlineData("odd", Severity.Low)]
    [InlineData("skip", Severity.High)]
    [InlineData("medium", Severity.Low)]
    public void Apply_Table_SaysWhatAValueStandsFor(string word, Severity severity) =>
        One("""{"title":"t","severity":[{"from":"/level","table":{"crit":"Critical","skip":null},"else":"Low"},"High"]}""",
            $$"""{"level":"{{word}}"}""").Severity.ShouldBe(severity);

    [Fact]
    public void Apply_ValueInNoRow_StaysWhatItIs() =>
        One("""{"title":"t","severity":{"from":"/level","table":{"crit":"Critical"}}}""", """{"level":"warning"}""").Severity
            .ShouldBe(Severity.Medium);

    [Fact]
    public void Apply_Split_MakesAnEventOfEachElement_AndReadsTheWholeToo()
    {
        var mapped = Apply("""{"title":"{/n} of {$/all}","id":"{/n}"}""", """{"all":3,"items":[{"n":1},{"n":2},{"n":3}]}""",
            "\"split\":\"/items\"");

        mapped.Events.Select(e => (e.Title, e.Id)).ShouldBe([("1 of 3", "1"), ("2 of 3", "2"), ("3 of 3", "3")]);
    }

    [Fact]
    public void Apply_SplitElementWithoutTitle_IsToldByItsIndex_AndTheOthersAreMapped()
    {
        var mapped = Apply("""{"title":"/n"}""", """[{"n":1},{"m":2},7,{"n":{}}]""", "\"split\":\"\"");

        mapped.Events.Select(e => e.Title).ShouldBe(["1"]);
        mapped.Problems.ShouldBe(
        [
            new MappingProblem(1, "title", new Reason("NoValue")),
            new MappingProblem(2, "title", new Reason("NoValue")),
            new MappingProblem(3, "title", new Reason("IsObject") { Place = "/n" }),
        ]);
    }

    [Fact]
    public void Apply_Drop_LeavesOutWhatItNames()
    {
        var mapped = Apply("""{"title":"/n"}""", """[{"n":1,"s":"OK"},{"n":2,"s":"bad"},{"n":3,"test":false},{"n":4,"s":"x"}]""",
            "\"split\":\"\",\"drop\":[{\"path\":\"/s\",\"in\":[\"ok\"]},{\"path\":\"/test\",\"present\":true},{\"path\":\"/s\",\"notIn\":[\"bad\"]}]");

        mapped.Events.Select(e => e.Title).ShouldBe(["2"]);
        mapped.Dropped.ShouldBe(3);
        mapped.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:secret@example.net/")]
    [InlineData("/relative")]
    public void Apply_LinkThatIsNoAddress_IsLeftOutAndTold(string link)
    {
        var mapped = Apply("""{"title":"t","link":"/l"}""", $$"""{"l":"{{link}}"}""");

        mapped.Events.ShouldHaveSingleItem().Link.ShouldBeNull();
        mapped.Problems.ShouldBe([new MappingProblem(null, "link", new Reason("NoLink") { Place = "/l" })]);
    }

    [Theory]
    [InlineData("\"2026-11-28T09:51:03.157076123Z\"", "2026-11-28T09:51:03.1570761Z")]
    [InlineData("\"2026-11-28T09:51:03+02:00\"", "2026-11-28T07:51:03Z")]
    [InlineData("\"2026-11-28 09:13:47.123\"", "2026-11-28T09:13:47.123Z")]
    [InlineData("1795855200", "2026-11-28T08:40:00Z")]
    [InlineData("\"1795855200000\"", "2026-11-28T08:40:00Z")]
    [InlineData("1795855200.5", "2026-11-28T08:40:00.5Z")]
    [InlineData("\"0001-01-01T00:00:00Z\"", null)]
    [InlineData("0", null)]
    public void Apply_Time_ReadsWhatSendersWrite(string written, string? time)
    {
        var mapped = Apply("""{"title":"t","time":"/t"}""", $$"""{"t":{{written}}}""");

        mapped.Problems.ShouldBeEmpty();
        mapped.Events.ShouldHaveSingleItem().Time.ShouldBe(time is null ? null : DateTimeOffset.Parse(time, null));
    }

    [Fact]
    public void Apply_WithoutId_TheSamePayloadIsTheSameEvent()
    {
        const string Fields = """{"title":"/t","state":"/s"}""";

        var first = One(Fields, """{"t":"a"}""");

        One(Fields, """{"t":"a"}""").Id.ShouldBe(first.Id);
        One(Fields, """{"t":"b"}""").Id.ShouldNotBe(first.Id);
    }

    [Fact]
    public void Apply_Resolved_KeepsTheProblemAndIsAnEventOfItsOwn()
    {
        const string Fields = """{"title":"t","id":"/id","state":"/s","occurrence":"/at"}""";

        var open = One(Fields, """{"id":"7","s":"open","at":1}""");
        var resolved = One(Fields, """{"id":"7","s":"resolved","at":2}""");

        open.Id.ShouldBe("7#open@1");
        resolved.Id.ShouldBe("7#resolved@2");
        resolved.Identity.ShouldBe(open.Identity);
    }

    [Fact]
    public void Apply_LongIds_StayDifferent()
    {
        var long1 = new string('a', 3000) + "1";
        var long2 = new string('a', 3000) + "2";

        var one = One("""{"title":"t","id":"/id"}""", $$"""{"id":"{{long1}}"}""");

        one.Id.Length.ShouldBeLessThanOrEqualTo(MappingLimits.Id);
        One("""{"title":"t","id":"/id"}""", $$"""{"id":"{{long2}}"}""").Id.ShouldNotBe(one.Id);
    }

    [Fact]
    public void Apply_Labels_AreBounded_AndTheFirstRuleWins()
    {
        var many = string.Join(',', Enumerable.Range(0, 200).Select(n => $"\"l{n}\":{n}"));

        var mapped = One("""{"title":"t"}""", $$"""{"own":"x","labels":{"rule":"other","nested":{"a":1},"list":["a","b"],{{many}} } }""",
            "\"labels\":[{\"name\":\"rule\",\"from\":\"/own\"},\"/labels\",{\"from\":\"/labels\",\"prefix\":\"p.\"}]");

        mapped.Labels.Count.ShouldBe(MappingLimits.Labels);
        mapped.Labels["rule"].ShouldBe("x");
        mapped.Labels["list"].ShouldBe("a, b");
        mapped.Labels.ContainsKey("nested").ShouldBeFalse();
    }

    [Fact]
    public void Apply_TextOfAnySize_IsCutAndCleaned()
    {
        var title = new string('x', 100_000);

        var mapped = One("""{"title":"/t","text":"/x"}""", JsonSerializer.Serialize(new { t = title, x = "a\0b\u202e\r\nc\u0007\uffff" }));

        mapped.Title.Length.ShouldBe(MappingLimits.Title);
        mapped.Title.ShouldEndWith("…");
        mapped.Text.ShouldBe("ab\nc\uFFFD");
    }

    [Theory]
    [InlineData("notify.drift")]
    [InlineData("source.unmapped")]
    [InlineData("has blank")]
    [InlineData("bell\u0007")]
    public void Apply_KindThatCannotBe_LeavesTheEventUnmapped(string kind)
    {
        var mapped = Apply("""{"title":"t","kind":"/k"}""", JsonSerializer.Serialize(new { k = kind }));

        mapped.Events.ShouldBeEmpty();
        mapped.Problems.ShouldHaveSingleItem().Field.ShouldBe("kind");
    }

    [Fact]
    public void Apply_MoreElementsThanAPayloadMayHave_IsUnmappedAsAWhole()
    {
        var mapped = Apply("""{"title":"t"}""", $"[{string.Join(',', Enumerable.Repeat("{}", MappingLimits.Elements + 1))}]",
            "\"split\":\"\"");

        mapped.Events.ShouldBeEmpty();
        mapped.Problems.ShouldHaveSingleItem().Field.ShouldBe("split");
    }

    // Each of a thousand elements repeats what the whole payload says.
    [Fact]
    public void Apply_PayloadThatMultipliesItself_IsUnmapped()
    {
        var labels = string.Join(',', Enumerable.Range(0, 64).Select(n => $"\"l{n}\":\"{new string('x', 1024)}\""));

        var mapped = Apply("""{"title":"t"}""",
            $$$"""{"all":{ {{{labels}}} },"e":[{{{string.Join(',', Enumerable.Repeat("{}", 1000))}}}]}""",
            "\"split\":\"/e\",\"labels\":\"$/all\"");

        mapped.Events.ShouldBeEmpty();
        mapped.Problems.ShouldHaveSingleItem().Reason.English.ShouldContain("characters");
    }

    [Fact]
    public void Apply_HalfSurrogatePair_IsAProblem() =>
        Apply("""{"title":"/t"}""", """{"t":"\ud800"}""").Problems.ShouldHaveSingleItem().Field.ShouldBe("payload");

    private static MappedEvent One(string fields, string payload, string? rest = null)
    {
        var mapped = Apply(fields, payload, rest);

        mapped.Problems.ShouldBeEmpty();
        return mapped.Events.ShouldHaveSingleItem();
    }

    private static MappedPayload Apply(string fields, string payload, string? rest = null)
    {
        var (mapping, problems) = MappingReader.Read($$"""{"fields":{{fields}}{{(rest is null ? "" : "," + rest)}} }""");
        problems.ShouldBeEmpty();
        using var document = JsonDocument.Parse(payload);
        return MappingRun.Apply(mapping!, document.RootElement, _ => null);
    }
}
