using Notify.Admin.ChannelPages;

namespace Notify.Admin.UnitTests.ChannelPages;

public sealed class SnoozePresetTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    // Half past midnight on Monday in Berlin, while it is still Sunday in UTC.
    private static readonly DateTimeOffset Night = new(2026, 11, 29, 23, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(SnoozePreset.Hour, "2026-11-30T00:30:00Z")]
    [InlineData(SnoozePreset.FourHours, "2026-11-30T03:30:00Z")]
    [InlineData(SnoozePreset.Tomorrow, "2026-12-01T07:00:00Z")]
    [InlineData(SnoozePreset.Monday, "2026-12-07T07:00:00Z")]
    public void EndOf_IsByTheClocksOfThePersonsZone(SnoozePreset preset, string expected) =>
        SnoozePresets.EndOf(preset, Night, Berlin)!.Value.ShouldBe(DateTimeOffset.Parse(expected, null));

    [Fact]
    public void EndOf_Monday_OnASunday_IsTheNextDay() => SnoozePresets.EndOf(SnoozePreset.Monday, Night, TimeZoneInfo.Utc)!.Value
        .ShouldBe(new DateTimeOffset(2026, 11, 30, 8, 0, 0, TimeSpan.Zero));
}
