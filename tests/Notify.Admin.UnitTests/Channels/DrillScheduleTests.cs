using System.Globalization;
using Notify.Admin.Channels;

namespace Notify.Admin.UnitTests.Channels;

public sealed class DrillScheduleTests
{
    private static readonly DrillSchedule Mondays = new() { IsOn = true, Day = DayOfWeek.Monday, At = new(10, 0),
        TimeZone = "Europe/Berlin" };
    private static readonly DrillSchedule Fortnightly = Mondays with { Rhythm = DrillRhythm.EveryDays, EveryDays = 14 };

    [Theory]
    [InlineData("2026-11-21T12:00:00Z", "2026-11-23T09:00:00Z")]
    [InlineData("2026-11-23T08:59:59Z", "2026-11-23T09:00:00Z")]
    [InlineData("2026-11-23T09:00:00Z", "2026-11-30T09:00:00Z")]
    [InlineData("2026-03-28T12:00:00Z", "2026-03-30T08:00:00Z")] // summer time begins in between
    public void NextAfter_Weekly_IsThatDayByTheClockOnTheWall(string now, string next) =>
        Mondays.NextAfter(At(now), null).ShouldBe(At(next));

    [Fact]
    public void NextAfter_EveryDays_FirstIsTheNextSuchTime_ThenCountsFromTheLast()
    {
        var first = Fortnightly.NextAfter(At("2026-11-21T12:00:00Z"), null)!.Value;
        first.ShouldBe(At("2026-11-22T09:00:00Z"));

        Fortnightly.NextAfter(At("2026-11-22T09:00:05Z"), first).ShouldBe(At("2026-12-06T09:00:00Z"));
        Fortnightly.NextAfter(At("2026-12-08T09:00:05Z"), first).ShouldBe(At("2026-12-20T09:00:00Z")); // late by a missed one
    }

    [Fact]
    public void NextAfter_OffOrUnreadable_IsNull()
    {
        (Mondays with { IsOn = false }).NextAfter(At("2026-11-21T12:00:00Z"), null).ShouldBeNull();
        (Mondays with { TimeZone = "" }).NextAfter(At("2026-11-21T12:00:00Z"), null).ShouldBeNull();
        (Fortnightly with { EveryDays = 0 }).NextAfter(At("2026-11-21T12:00:00Z"), null).ShouldBeNull();
    }

    [Fact]
    public void Policy_InItsColumn_ComesBackEqual()
    {
        var policy = DeliveryPolicy.Off with { Drills = Fortnightly,
            Fallback = new Fallback { IsOn = true, To = new ChannelKey(ChannelKind.DingTalk, 7), AfterMinutes = 3 } };

        DeliveryPolicy.FromColumn(policy.ToColumn()).ShouldBe(policy);
        DeliveryPolicy.Off.ToColumn().ShouldBeEmpty();
        DeliveryPolicy.FromColumn("").ShouldBe(DeliveryPolicy.Off);
    }

    [Fact]
    public void Check_WhatIsOff_MayBeAnything_WhatIsOnMayNot()
    {
        var own = new ChannelKey(ChannelKind.Slack, 1);
        var wrong = new DeliveryPolicy
        {
            QuietHours = new QuietHours { Days = WeekDays.None },
            Deduplication = new Deduplication { Minutes = null },
            Fallback = new Fallback { To = own },
            Drills = new DrillSchedule { TimeZone = "Nowhere" },
        };
        DeliveryPolicyCheck.Of(wrong, own).ShouldBeEmpty();

        DeliveryPolicyCheck.Of(new DeliveryPolicy
        {
            QuietHours = wrong.QuietHours with { IsOn = true },
            Deduplication = wrong.Deduplication with { IsOn = true },
            Fallback = wrong.Fallback with { IsOn = true },
            Drills = wrong.Drills with { IsOn = true },
        }, own).Select(r => (r.Field, r.TextKey)).ShouldBe(
        [
            ("QuietHours", "QuietHours.Days.Missing"), ("Deduplication", "Deduplication.Minutes.Wrong"), ("Fallback", "Fallback.To.Self"),
                ("Drills", "TimeZone.Unknown"),
        ]);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
