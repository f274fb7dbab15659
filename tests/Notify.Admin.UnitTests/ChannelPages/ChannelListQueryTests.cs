using Notify.Admin.ChannelPages;

namespace Notify.Admin.UnitTests.ChannelPages;

public sealed class ChannelListQueryTests
{
    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData("", "all", "name", "1")]
    [InlineData(" ", "3", "9", "0")]
    [InlineData(null, "nonsense", "nonsense", "-1")]
    public void Parse_OfNothing_OrOfWhatIsNotUnderstood_IsTheWholeListByName(string? search, string? filter, string? sort, string? page) =>
        ChannelListQuery.Parse(search, filter, sort, page).ShouldBe(new ChannelListQuery());

    [Fact]
    public void Parse_OfAnAddress_IsWhatWroteIt()
    {
        var query = new ChannelListQuery("pager", ChannelFilter.NeedsAttention, ChannelSort.LastTest, true, 7);
        var address = query.ToAddress();

        ChannelListQuery.Parse((string?)address["q"], (string?)address["state"], (string?)address["sort"], $"{address["page"]}")
            .ShouldBe(query);
        (address["state"], address["sort"]).ShouldBe(("needsattention", "-lasttest"));
    }

    [Fact]
    public void ToAddress_OfTheWholeListByName_SaysNothing() => new ChannelListQuery().ToAddress().Values.ShouldAllBe(part => part == null);

    [Fact]
    public void Parse_OfAPageFarBeyondAny_StaysANumber() =>
        ChannelListQuery.Parse(null, null, null, "2147483647").Skip.ShouldBeGreaterThan(0);

    [Fact]
    public void SortedBy_TheSameHead_TurnsAbout_AndBeginsAtTheFirstPage()
    {
        var once = new ChannelListQuery(Page: 4).SortedBy(ChannelSort.Health);

        (once.Sort, once.Descending, once.Page).ShouldBe((ChannelSort.Health, true, 1), "what is wrong comes first");
        once.SortedBy(ChannelSort.Health).Descending.ShouldBeFalse();
        once.SortedBy(ChannelSort.Name).Descending.ShouldBeFalse();
    }
}
