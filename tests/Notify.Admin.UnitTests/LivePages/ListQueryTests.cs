using Notify.Admin.ChannelPages;
using Notify.Admin.LivePages;

namespace Notify.Admin.UnitTests.LivePages;

public sealed class ListQueryTests
{
    [Theory]
    [InlineData("")]
    [InlineData("?q=&state=all&sort=name&page=1")]
    [InlineData("?q=%20&state=3&sort=9&page=0")]
    [InlineData("?q=%00&state=nonsense&sort=nonsense&page=-1")]
    public void Parse_OfNothing_OrOfWhatIsNotUnderstood_IsTheWholeListByName(string address) =>
        Read(address).ShouldBe(new ChannelListQuery());

    [Fact]
    public void Parse_OfAnAddress_IsWhatWroteIt()
    {
        var query = new ChannelListQuery("pager & co", ChannelFilter.NeedsAttention, ChannelSort.LastTest, true, 7);

        Read(ListAddress.Of("list", query)).ShouldBe(query with { Page = 1 }, "an export has no pages");
        var address = query.ToAddress();
        (address["q"], address["state"], address["sort"], address["page"]).ShouldBe(("pager & co", "needsattention", "-lasttest", 7));
    }

    [Fact]
    public void ToAddress_OfTheWholeListByName_SaysNothing() => new ChannelListQuery().ToAddress().Values.ShouldAllBe(part => part == null);

    [Fact]
    public void Parse_OfAPageFarBeyondAny_StaysANumber() => Read("?page=2147483647").Skip.ShouldBeGreaterThan(0);

    [Fact]
    public void Search_OfWhatNoDatabaseTakes_IsCleaned() => Read("?q=a%00b").Search.ShouldBe("ab");

    [Fact]
    public void ToWhole_KeepsTheOrder() =>
        new ChannelListQuery("x", ChannelFilter.Off, ChannelSort.Health, true, 3).ToWhole()
            .ShouldBe(new ChannelListQuery(Sort: ChannelSort.Health, Descending: true));

    private static ChannelListQuery Read(string address) => ListAddress.Read<ChannelListQuery>("http://localhost/" + address);
}
