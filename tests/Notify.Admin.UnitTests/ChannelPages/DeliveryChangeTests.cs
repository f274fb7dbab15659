using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;

namespace Notify.Admin.UnitTests.ChannelPages;

public sealed class DeliveryChangeTests
{
    private static readonly ChannelKey Own = new(ChannelKind.Slack, 1);
    private static readonly QuietHours Nights = new() { IsOn = true, TimeZone = "Europe/Berlin" };

    private static readonly ChannelDelivery Current = new(5, new DeliveryPolicy
    {
        Deduplication = new Deduplication { IsOn = true, Minutes = 30 },
        Drills = new DrillSchedule { IsOn = true },
    });

    [Fact]
    public void Apply_SetsWhatIsChosen_AndKeepsTheRest_AndKnowsTheWayBack()
    {
        var verdict = new DeliveryChange { IntervalMinutes = 15, QuietHours = Nights }.Apply(Own, Current);

        verdict.Outcome.ShouldBe(DeliveryOutcome.Done);
        verdict.After.ShouldBe(new ChannelDelivery(15, Current.Policy with { QuietHours = Nights }));
        verdict.Before!.Apply(Own, verdict.After!).After.ShouldBe(Current);
    }

    [Fact]
    public void Apply_WhatItHas_ChangesNothing() =>
        new DeliveryChange { IntervalMinutes = 5 }.Apply(Own, Current).ShouldBe(new DeliveryVerdict(DeliveryOutcome.WasSo));

    [Fact]
    public void Apply_FallbackToItself_IsRefusedForIt_AndSetForOthers()
    {
        var change = new DeliveryChange { Fallback = new Fallback { IsOn = true, To = Own } };

        change.Check(null).ShouldBeEmpty();
        change.Apply(Own, Current).Refusal!.TextKey.ShouldBe("Fallback.To.Self");
        change.Apply(new ChannelKey(ChannelKind.DingTalk, 1), Current).Outcome.ShouldBe(DeliveryOutcome.Done);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(IntervalMinutes.Most + 1)]
    public void Check_IntervalOutOfRange_IsRefused(int minutes) =>
        new DeliveryChange { IntervalMinutes = minutes }.Check(null).Single().Field.ShouldBe(nameof(DeliveryChange.IntervalMinutes));

    [Fact]
    public void Check_PartsThatAreNotRightYet_AreNamed() =>
        new DeliveryChange { QuietHours = Nights with { From = null }, Deduplication = new Deduplication { IsOn = true, Minutes = 0 } }
            .Check(null).Select(refusal => refusal.Field)
            .ShouldBe([nameof(DeliveryPolicy.QuietHours), nameof(DeliveryPolicy.Deduplication)]);

    [Fact]
    public void IsEmpty_UntilSomethingIsChosen()
    {
        new DeliveryChange().IsEmpty.ShouldBeTrue();
        new DeliveryChange { IntervalMinutes = 0 }.IsEmpty.ShouldBeFalse();
    }
}
