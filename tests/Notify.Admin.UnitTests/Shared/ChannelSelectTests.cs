using Bunit;
using Notify.Admin.Channels;
using Notify.Admin.Shared;

namespace Notify.Admin.UnitTests.Shared;

public sealed class ChannelSelectTests : ComponentTest
{
    private static readonly ChannelKey Last = new(ChannelKind.DingTalk, 100_000);

    private readonly List<ChannelKey?> _chosen = [];

    [Fact]
    public void FewChannels_AreAllThere_ByKind_WithoutASearch()
    {
        var select = Show([Named(ChannelKind.Slack, 1, "ops"), Named(ChannelKind.DingTalk, 1, "soc")], null);

        select.FindAll("input").ShouldBeEmpty();
        select.FindAll("optgroup").Select(group => group.GetAttribute("label")).ShouldBe(["Slack integration", "DingTalk chatbot"]);
        select.FindAll("option").Select(option => option.TextContent).ShouldBe(["Any", "ops", "soc"]);
    }

    [Fact]
    public void ManyChannels_AreFoundByTheirName_AndThePageHoldsNoMoreThanAHundred()
    {
        var select = Show(Many(), null);
        select.FindAll("optgroup option").Count.ShouldBe(ChannelSearch.MostShown);
        select.FindAll("option")[^1].TextContent.ShouldStartWith("99900 more");

        select.Act(() => select.Find("input"), e => e.Input("ROBOT-100000"));
        select.FindAll("optgroup option").ShouldHaveSingleItem().TextContent.ShouldBe("robot-100000");
        select.Act(() => select.Find("select"), e => e.Change("DingTalk/100000"));

        _chosen.ShouldBe([Last]);
    }

    [Fact]
    public void Chosen_ThatIsNotAmongThoseShown_IsStillThere()
    {
        var select = Show(Many(), Last);

        select.FindAll("option")[1].TextContent.ShouldBe("robot-100000");
        select.Find("select").GetAttribute("value").ShouldBe("DingTalk/100000");
    }

    [Fact]
    public void Chosen_ThatWasDeleted_IsSaidToBe() =>
        Show([Named(ChannelKind.Slack, 1, "ops")], Last).FindAll("option")[1].TextContent.ShouldBe("Deleted");

    [Fact]
    public void Search_FindsEveryWord_WhateverCaseAndAccents()
    {
        ChannelName[] channels = [Named(ChannelKind.Slack, 1, "Zoë’s pager"), Named(ChannelKind.Slack, 2, "Zoe")];

        ChannelSearch.Of(channels, "PAGER zoe").Shown.ShouldHaveSingleItem().Key.Id.ShouldBe(1);
        ChannelSearch.Of(channels, " ").Shown.Count.ShouldBe(2);
        ChannelSearch.Of(channels, "nobody").ShouldSatisfyAllConditions(
            none => none.Shown.ShouldBeEmpty(), none => none.More.ShouldBe(0));
    }

    private static ChannelName Named(ChannelKind kind, int id, string name) => new(new ChannelKey(kind, id), name, true);

    private static List<ChannelName> Many() =>
        [.. Enumerable.Range(1, 100_000).Select(id => Named(ChannelKind.DingTalk, id, $"robot-{id:d6}"))];

    private IRenderedComponent<ChannelSelect> Show(IReadOnlyList<ChannelName> channels, ChannelKey? value) =>
        Render<ChannelSelect>(select => select.Add(s => s.Channels, channels).Add(s => s.Value, value).Add(s => s.Empty, "Any")
            .Add(s => s.Gone, "Deleted").Add(s => s.ValueChanged, _chosen.Add));
}
