using AngleSharp.Dom;
using Bunit;
using Notify.Admin.Events;
using Notify.Admin.UnitTests.Shared;

namespace Notify.Admin.UnitTests.Events;

public sealed class EventFiltersTests : ComponentTest
{
    [Theory]
    [InlineData("source.unmapped")]
    [InlineData("com.example.backup.failed")]
    [InlineData("alert:of-tomorrow")]
    [InlineData("scan.completed")]
    [InlineData("alert:vul")]
    [InlineData(EventFilter.AnyAlert)]
    [InlineData(EventFilter.Other)]
    public void Type_ThatTheAddressNames_IsThereOnce(string type)
    {
        var select = TypesOf(new EventAddress { Type = type });

        select.GetAttribute("value").ShouldBe(type);
        select.QuerySelectorAll("option").Count(option => option.GetAttribute("value") == type).ShouldBe(1);
    }

    [Fact]
    public void NoType_AddsNone() => TypesOf(EventAddress.Empty).QuerySelectorAll("option")[^1].GetAttribute("value")
        .ShouldBe(EventFilter.Other);

    private IElement TypesOf(EventAddress address) =>
        Render<EventFilters>(filters => filters.Add(f => f.Address, address)).Find("select");
}
