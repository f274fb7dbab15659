using AngleSharp.Dom;
using Bunit;
using Notify.Admin.Sources;

namespace Notify.Admin.UnitTests.Sources.Pages;

public sealed class MappingPageTests : SourcePageTest
{
    private const string Payload = """{"alert":{"name":"Disk full","level":"bad"},"hosts":["web-01","web-02"]}""";

    [Fact]
    public async Task Field_FilledByAPickedValue_IsTriedAtOnceAndSaved()
    {
        var id = await AddAsync("generic");
        await Sources.ChangeAsync(id, new SourceDraft { Channels = BoundChannels.Read("slack:7") }, Admin, Stop);
        await ReceiveAsync(id, Payload);
        var page = Render(id);
        page.WaitForAssertion(() => page.Find("#mapping .side").TextContent.ShouldContain("has no value in this payload"));

        page.Act(() => Leaf(page, "/alert/name"), e => e.Click());

        page.WaitForAssertion(() => page.Find(".event").TextContent.ShouldContain("Disk full"));
        page.Find(".event").TextContent.ShouldContain("Goes to Security alerts.");
        Lines(page, "Title").GetAttribute("value")!.ShouldEndWith("/text\n/alert/name");

        page.Act(() => page.Find("form"), e => e.Submit());
        page.WaitForAssertion(() => page.Markup.ShouldContain("Mapping saved"));
        var stored = (await Sources.FindAsync(id, Admin, Stop))!;
        MappingReader.Read(stored.Mapping!).Mapping!.Fields["title"].Alternatives[^1].From[^1].Text.ShouldBe("/alert/name");
    }

    [Fact]
    public async Task Payload_ThatIsNotKeptWhole_IsNotSaidToBeNoJson()
    {
        var id = await AddAsync("generic");
        await ReceiveAsync(id, Payload[..20], isCut: true);

        var page = Render(id);

        page.WaitForAssertion(() => page.Find("#mapping .side").TextContent.ShouldContain("Only the beginning is kept."));
        page.FindAll("#mapping .side .field-error").ShouldBeEmpty();
    }

    [Fact]
    public async Task Severity_TableThatSaysWhatAValueStandsFor_IsInTheResult()
    {
        var id = await AddAsync("generic");
        await ReceiveAsync(id, Payload);
        var page = Render(id);
        page.Act(() => Lines(page, "Title"), e => e.Change("/alert/name"));
        page.Act(() => Lines(page, "Severity"), e => e.Change("/alert/level"));
        page.WaitForAssertion(() => page.Find("#mapping .side").TextContent.ShouldContain("is no severity"));

        page.FindAll("button").First(button => button.TextContent.Contains("Say what values stand for")
            && button.Closest(".map-field")!.TextContent.Contains("Severity")).Click();
        page.Act(() => page.Find("input[aria-label='Value of Severity in the payload']"), e => e.Change("bad"));
        page.Act(() => page.Find("input[aria-label='What “bad” stands for']"), e => e.Change("Critical"));

        page.WaitForAssertion(() => page.Find(".event .severity").TextContent.ShouldContain("Critical"));
    }

    [Fact]
    public async Task Split_OneEventForEachElement()
    {
        var id = await AddAsync("generic");
        await ReceiveAsync(id, Payload);
        var page = Render(id);
        page.Act(() => Lines(page, "One event for each element of"), e => e.Change("/hosts"));
        page.Act(() => Lines(page, "Title"), e => e.Change("{$/alert/name} on {.}"));

        page.WaitForAssertion(() => page.FindAll(".event").Count.ShouldBe(2));

        page.FindAll(".event")[1].TextContent.ShouldContain("Disk full on web-02");
    }

    [Fact]
    public async Task Mistake_IsToldWithFieldAndRule_AndCannotBeSaved()
    {
        var id = await AddAsync("generic");
        await ReceiveAsync(id, Payload);
        var page = Render(id);

        page.Act(() => Lines(page, "Link"), e => e.Change("{/url"));

        page.WaitForAssertion(() => page.Find(".message").TextContent.ShouldContain("Link, line 1: has a { that is not closed"));
        page.FindAll(".save-bar button")[^1].HasAttribute("disabled").ShouldBeTrue();
        page.Act(() => page.Find("form"), e => e.Submit());
        (await Sources.FindAsync(id, Admin, Stop))!.Mapping.ShouldBeNull();
    }

    [Fact]
    public async Task Json_AndFields_AreInStep()
    {
        var id = await AddAsync("generic");
        var page = Render(id);
        page.Act(() => Lines(page, "Title"), e => e.Change("/headline"));
        page.Act(() => Tab(page, "JSON"), e => e.Click());
        page.Find("textarea.json").GetAttribute("value")!.ShouldContain("\"title\": \"/headline\"");

        page.Act(() => page.Find("textarea.json"), e => e.Change("""{"fields":{"title":"/from-json"}}"""));
        page.Act(() => Tab(page, "Fields"), e => e.Click());

        Lines(page, "Title").GetAttribute("value").ShouldBe("/from-json");
    }

    [Fact]
    public async Task StartFrom_TheKindsOwn_IsSavedAsNoMappingOfItsOwn()
    {
        var id = await AddAsync("generic");
        await Sources.ChangeAsync(id, new SourceDraft { Mapping = """{"fields":{"title":"/t"}}""" }, Admin, Stop);
        var page = Render(id);

        page.Act(() => page.FindAll("button").First(button => button.TextContent.Trim() == "Start from this"), e => e.Click());
        page.Act(() => page.Find("form"), e => e.Submit());

        page.WaitForAssertion(() => page.Markup.ShouldContain("Mapping saved"));
        (await Sources.FindAsync(id, Admin, Stop))!.Mapping.ShouldBeNull();
    }

    [Fact]
    public async Task Save_WhereAnotherSavedMeanwhile_AsksFirst()
    {
        var id = await AddAsync("generic");
        var page = Render(id);
        page.Act(() => Lines(page, "Title"), e => e.Change("/mine"));
        await Sources.ChangeAsync(id, new SourceDraft { Mapping = """{"fields":{"title":"/theirs"}}""" }, Admin, Stop);
        page.Act(() => page.Find("form"), e => e.Submit());
        page.WaitForAssertion(() => page.Markup.ShouldContain("Somebody else has saved another mapping"));
        (await Sources.FindAsync(id, Admin, Stop))!.Mapping!.ShouldContain("/theirs");

        page.Act(() => page.FindAll("button").First(button => button.TextContent.Trim() == "Take theirs"), e => e.Click());

        page.WaitForAssertion(() => Lines(page, "Title").GetAttribute("value").ShouldBe("/theirs"));
    }

    [Fact]
    public async Task Pasted_Example_IsTriedLikeAPayload()
    {
        var id = await AddAsync("generic");
        var page = Render(id);

        page.Act(() => page.Find("textarea[aria-label='Example payload']"), e => e.Change("""{"title":"Disk full","severity":"high"}"""));

        page.WaitForAssertion(() => page.Find(".event").TextContent.ShouldContain("Disk full"));
    }

    [Fact]
    public async Task Version_ComparedAndLoaded_IsAnUnsavedChangeUntilItIsSaved()
    {
        var id = await AddAsync("generic");
        await Sources.ChangeAsync(id, new SourceDraft { Mapping = """{"fields":{"title":"/alert/name","asset":"/hosts/0"}}""",
            MappingNote = "The first host" }, Admin, Stop);
        await Sources.ChangeAsync(id, new SourceDraft { Mapping = """{"fields":{"title":"/alert/name","text":"/alert/level"}}""" },
            Admin, Stop);
        await ReceiveAsync(id, Payload);
        var page = Render(id);
        page.WaitForAssertion(() => page.FindAll(".versions > li").Count.ShouldBe(3));
        var first = page.FindAll(".versions > li")[1];
        first.TextContent.ShouldContain("The first host");
        first.TextContent.ShouldContain("admin@example.test");

        Pressed(first, "Compare with current").Click();

        page.WaitForAssertion(() => page.FindAll(".change").Select(change => change.GetAttribute("aria-label"))
            .ShouldBe(["Text", "Asset"]));
        page.FindAll(".change")[1].TextContent.ShouldContain("\"/hosts/0\"");
        page.Find(".comparison").TextContent.ShouldContain("Of the last 1 payloads, 1 would give other events by it.");

        page.Act(() => Pressed(page.FindAll(".versions > li")[1], "Load"), e => e.Click());

        page.WaitForAssertion(() => Lines(page, "Asset").GetAttribute("value").ShouldBe("/hosts/0"));
        (await Sources.FindAsync(id, Admin, Stop))!.Mapping!.ShouldNotContain("/hosts/0");
        page.Act(() => Lines(page, "Note"), e => e.Input("Back to the first host"));
        page.Act(() => page.Find("form"), e => e.Submit());
        page.WaitForAssertion(() => page.FindAll(".versions > li").Count.ShouldBe(4));
        page.FindAll(".versions > li")[0].TextContent.ShouldContain("Back to the first host");
        (await Sources.FindAsync(id, Admin, Stop))!.Mapping!.ShouldContain("/hosts/0");
    }

    [Fact]
    public async Task Page_OfAnotherSource_ShowsNothingOfTheFirst()
    {
        var (first, second) = (await AddAsync("generic"), await AddAsync("generic"));
        var page = Render<MappingPage>(parameters => parameters.Add(page => page.Id, first));
        page.WaitForAssertion(() => page.FindComponent<MappingView>().Instance.Id.ShouldBe(first));
        var shown = page.FindComponent<MappingView>().Instance;

        page.Render(parameters => parameters.Add(page => page.Id, second));

        page.WaitForAssertion(() => page.FindComponent<MappingView>().Instance.Id.ShouldBe(second));
        page.FindComponent<MappingView>().Instance.ShouldNotBeSameAs(shown);
    }

    private static IElement Pressed(IElement part, string name) =>
        part.QuerySelectorAll("button").First(button => button.TextContent.Trim() == name);

    private static IElement Leaf(IRenderedComponent<MappingView> page, string path) =>
        page.Find($"button.leaf[title='{path}']");

    private static IElement Tab(IRenderedComponent<MappingView> page, string name) =>
        page.FindAll("[role=tab]").First(tab => tab.TextContent.Trim() == name);

    private static IElement Lines(IRenderedComponent<MappingView> page, string label) =>
        page.Find($"#{page.FindAll("label").First(l => l.TextContent == label).GetAttribute("for")}");

    private IRenderedComponent<MappingView> Render(int id) => Render<MappingView>(parameters => parameters.Add(page => page.Id, id));
}
