using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Shared;

namespace Notify.Admin.UnitTests.Deliveries;

public class DeliveryAddressTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 21, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Parse_WhatToQueryWrote_IsTheSame()
    {
        var address = new DeliveryAddress
        {
            States = "failed,given_up", Channel = new ChannelKey(ChannelKind.DingTalk, 3),
            Period = new TimePeriod(null, Now.AddDays(-1), Now), Text = "log4j 弱口令", Cursor = new PageCursor(77, null),
        };

        DeliveryAddress.Parse(name => address.ToQuery()[name]?.ToString()).ShouldBe(address);
        address.ActiveCount.ShouldBe(4);
    }

    [Theory]
    [InlineData("lost", "slack", "x")]
    [InlineData("10", "1-1", "-5")]
    [InlineData(",,", "slack-", "99999999999999999999")]
    [InlineData("Sent", "teams-1", "")]
    public void Parse_Nonsense_CountsAsNotGiven(string states, string channel, string before) =>
        DeliveryAddress.Parse(name => name switch
        {
            "state" => states,
            "channel" => channel,
            "time" => "2y",
            "from" => "yesterday",
            "q" => "\0 ",
            "before" => before,
            _ => null,
        }).ShouldBe(DeliveryAddress.Empty);

    [Fact]
    public void Toggle_TurnsAStateOverAndBeginsAtTheNewest()
    {
        var address = DeliveryAddress.Empty with { Cursor = new PageCursor(5, null) };

        var on = address.Toggle(DeliveryState.Failed);
        on.States.ShouldBe("failed");
        on.IsNewest.ShouldBeTrue();
        on.Toggle(DeliveryState.Failed).States.ShouldBe("");
    }

    [Fact]
    public void ToFilter_NamedPeriod_EndsNow()
    {
        var filter = (DeliveryAddress.Empty with { Period = new TimePeriod("24h") }).ToFilter(Now);

        filter.From.ShouldBe(Now.AddHours(-24));
        filter.To.ShouldBeNull();
    }
}
