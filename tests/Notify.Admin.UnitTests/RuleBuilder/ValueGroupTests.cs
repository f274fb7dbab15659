using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using Notify.Admin.RuleBuilder;
using Notify.Admin.Rules;
using Notify.Admin.UnitTests.Shared;

namespace Notify.Admin.UnitTests.RuleBuilder;

public sealed class ValueGroupTests : ComponentTest
{
    private static readonly AlertTypeKey Level = Vocabulary.Find("suspicious")!.FindKey(Vocabulary.ItemLevel)!;
    private static readonly AlertTypeKey Category = Vocabulary.Find("suspicious")!.FindKey(Vocabulary.EventType)!;

    private ValueChoice? _choice;

    [Fact]
    public void Render_All_IsTickedAloneAndSaysThatItExcludesTheOthers()
    {
        var group = RenderGroup(Level, new ConfigItem(Level.Name, Vocabulary.All));

        Ticked(group).ShouldBe(["All"]);
        group.Find(".values-hint").TextContent.ShouldContain("excludes the others");
        Box(group, "All").GetAttribute("aria-describedby").ShouldBe(group.Find(".values-hint").Id);
    }

    [Fact]
    public void Render_KeyThatIsNotMentioned_ReadsAsAll()
    {
        var group = RenderGroup(Level, null);

        Ticked(group).ShouldBe(["All"]);
        group.Find(".values-hint").TextContent.ShouldContain("not restricted");
    }

    [Fact]
    public void Render_InChinese_ShowsLabelsWithTheVendorsWords()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");

        var group = RenderGroup(Level, new ConfigItem(Level.Name, "serious"));

        Ticked(group).ShouldBe(["紧急"]);
        group.Find(".chip:has(input:checked) code").TextContent.ShouldBe("serious");
    }

    [Fact]
    public void Tick_AValue_SaysWhichOne()
    {
        var group = RenderGroup(Level, new ConfigItem(Level.Name, Vocabulary.All));

        group.Act(() => Box(group, "Suspicious"), e => e.Change(true));

        _choice.ShouldBe(new ValueChoice(Level, "suspicious", true));
    }

    [Fact]
    public void Render_UnknownValue_IsKeptAndMarked()
    {
        var group = RenderGroup(Category, new ConfigItem(Category.Name, "网站后门", "Unheard of"));

        Ticked(group).ShouldBe(["Webshell", "Unheard of"]);
        group.Find(".chip-unknown").TextContent.ShouldContain("Unheard of");
        group.FindAll(".values-hint")[^1].TextContent.ShouldContain("matched exactly as written");
        group.Act(() => Box(group, "Unheard of"), e => e.Change(false));
        _choice.ShouldBe(new ValueChoice(Category, "Unheard of", false));
    }

    [Fact]
    public void Search_NarrowsTheList_AndOffersWhatIsNotInIt()
    {
        var group = RenderGroup(Category, new ConfigItem(Category.Name, Vocabulary.All));

        group.Act(() => group.Find("input[type=search]"), e => e.Input("登录"));
        group.FindAll(".chip").Select(chip => chip.TextContent.Trim()).ShouldBe(["Unusual logon"]);

        group.Act(() => group.Find("input[type=search]"), e => e.Input("Brand new"));
        group.Act(() => group.Find(".values-add"), e => e.Click());
        _choice.ShouldBe(new ValueChoice(Category, "Brand new", true));
    }

    private IRenderedComponent<ValueGroup> RenderGroup(AlertTypeKey key, ConfigItem? item) =>
        Render<ValueGroup>(parameters => parameters
        .Add(group => group.Key, key)
        .Add(group => group.Item, item)
        .Add(group => group.OnChosen, choice => _choice = choice));

    private static IElement Box(IRenderedComponent<ValueGroup> group, string label) =>
        group.FindAll(".chip").Single(chip => NameOf(chip) == label).QuerySelector("input")!;

    private static IEnumerable<string> Ticked(IRenderedComponent<ValueGroup> group) =>
        group.FindAll(".chip").Where(chip => chip.QuerySelector("input")!.HasAttribute("checked")).Select(NameOf);

    private static string NameOf(IElement chip) => (chip.QuerySelector("span") ?? chip.QuerySelector("code"))!.TextContent;
}
