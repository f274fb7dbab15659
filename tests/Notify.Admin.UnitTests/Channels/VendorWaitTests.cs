using Notify.Admin.Channels;
using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Channels;

public sealed class VendorWaitTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Theory]
    [InlineData(null, null)]
    [InlineData(-3600.0, null)]
    [InlineData(0.0, null)]
    [InlineData(0.01, 1.0)]
    [InlineData(1.0, 1.0)]
    [InlineData(30.5, 30.5)]
    [InlineData(900.0, 900.0)]
    [InlineData(900.1, 900.0)]
    [InlineData(86_400.0, 900.0)]
    public void Bound_KeepsWithinASecondAndAQuarterHour(double? asked, double? expected) =>
        VendorWait.Bound(Seconds(asked)).ShouldBe(Seconds(expected));

    [Theory]
    [InlineData("30", 30.0)]
    [InlineData(" 2 ", 2.0)]
    [InlineData("1.5", 1.5)]
    [InlineData("0.2", 1.0)]
    [InlineData("0", null)]
    [InlineData("-5", null)]
    [InlineData("86400", 900.0)]
    [InlineData("99999999999999999999999999999999999999", 900.0)]
    [InlineData("Wed, 04 Mar 2026 05:08:07 GMT", 120.0)]
    [InlineData("Wed, 04 Mar 2026 05:00:00 GMT", null)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 900.0)]
    [InlineData("Fri, 31 Dec 99999 23:59:59 GMT", null)]
    [InlineData("soon", null)]
    [InlineData("NaN", null)]
    [InlineData("1e5", null)]
    [InlineData("1,5", null)]
    [InlineData("", null)]
    public void Read_IsSecondsOrADateWithinTheBounds(string header, double? expected)
    {
        using var answer = new HttpResponseMessage();
        answer.Headers.TryAddWithoutValidation("Retry-After", header);

        VendorWait.Read(answer.Headers, Now).ShouldBe(Seconds(expected));
    }

    [Fact]
    public void Read_WithoutTheHeader_IsNotGiven()
    {
        using var answer = new HttpResponseMessage();

        VendorWait.Read(answer.Headers, Now).ShouldBeNull();
    }

    [Fact]
    public void Verdicts_CannotHoldAWaitBeyondTheBounds()
    {
        new SendResult { Code = "busy", RetryAfter = TimeSpan.FromDays(1) }.RetryAfter.ShouldBe(VendorWait.Longest);
        new SendResult { Code = "busy", RetryAfter = TimeSpan.FromSeconds(-1) }.RetryAfter.ShouldBeNull();
        new SlackAnswer<string> { Code = "busy", RetryAfter = TimeSpan.MaxValue }.RetryAfter.ShouldBe(VendorWait.Longest);
        new SlackAnswer<string> { Code = "busy", RetryAfter = TimeSpan.Zero }.RetryAfter.ShouldBeNull();
    }

    private static TimeSpan? Seconds(double? seconds) => seconds is { } some ? TimeSpan.FromSeconds(some) : null;
}
