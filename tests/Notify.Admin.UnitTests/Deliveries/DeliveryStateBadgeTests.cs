using System.Globalization;
using Bunit;
using Notify.Admin.Deliveries;
using Notify.Admin.UnitTests.Shared;

namespace Notify.Admin.UnitTests.Deliveries;

public sealed class DeliveryStateBadgeTests : ComponentTest
{
    [Theory]
    [InlineData(DeliveryState.Waiting, "Waiting")]
    [InlineData(DeliveryState.Sending, "Sending")]
    [InlineData(DeliveryState.Retrying, "Retrying")]
    [InlineData(DeliveryState.Sent, "Sent")]
    [InlineData(DeliveryState.Failed, "Failed")]
    [InlineData(DeliveryState.GivenUp, "Expired")]
    [InlineData(DeliveryState.Skipped, "Skipped")]
    public void Render_State_SaysItInWordsBesideAnIcon(DeliveryState state, string word)
    {
        var badge = Render<DeliveryStateBadge>(p => p.Add(b => b.State, state));

        badge.Find(".badge").TextContent.Trim().ShouldBe(word);
        badge.FindAll("svg").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(HoldReason.Interval, "Held: interval")]
    [InlineData(HoldReason.QuietHours, "Held: quiet hours")]
    [InlineData(HoldReason.Pacing, "Held: sending limit")]
    [InlineData(HoldReason.NeedsAttention, "Held: channel needs attention")]
    public void Render_Held_SaysWhyAndUntilWhen(HoldReason reason, string words)
    {
        var badge = Render<DeliveryStateBadge>(p => p.Add(b => b.State, DeliveryState.Held).Add(b => b.HoldReason, reason)
            .Add(b => b.NextAt, Now.AddMinutes(5)));

        badge.Find(".badge").TextContent.Trim().ShouldBe(words);
        badge.Find("time").GetAttribute("datetime").ShouldBe("2026-08-21T14:10:09.000Z");
    }

    [Fact]
    public void Render_FinalState_ShowsNoTime() =>
        Render<DeliveryStateBadge>(p => p.Add(b => b.State, DeliveryState.Sent).Add(b => b.NextAt, Now)).FindAll("time").ShouldBeEmpty();

    [Fact]
    public void Render_Chinese_SaysItInChinese()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");

        Render<DeliveryStateBadge>(p => p.Add(b => b.State, DeliveryState.GivenUp)).Find(".badge").TextContent.Trim().ShouldBe("已放弃");
    }

    [Fact]
    public void Legend_ExplainsEveryState()
    {
        var legend = Render<StateLegend>();

        legend.FindAll("dt").Count.ShouldBe(DeliveryStates.All.Count);
        legend.FindAll("dd").ShouldAllBe(text => text.TextContent.Length > 20);
    }
}
