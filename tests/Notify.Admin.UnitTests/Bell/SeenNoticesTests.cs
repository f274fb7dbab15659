using System.Globalization;
using Notify.Admin.Bell;
using Notify.Admin.LivePages;

namespace Notify.Admin.UnitTests.Bell;

public class SeenNoticesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void IsNew_NeverLooked_Everything() => SeenNotices.None.IsNew(Cause("a", Now.AddDays(-9))).ShouldBeTrue();

    [Fact]
    public void IsNew_WasThereAtTheLastLook_No() =>
        SeenNotices.Of([Cause("a", Now.AddDays(-1)), Cause("b")], Now).IsNew(Cause("b")).ShouldBeFalse();

    // A channel that had failed for five minutes at the look is shown only after ten.
    [Fact]
    public void IsNew_BeganBeforeTheLastLookButIsShownOnlySince_Yes() =>
        SeenNotices.Of([Cause("a")], Now).IsNew(Cause("b", Now.AddMinutes(-5))).ShouldBeTrue();

    [Fact]
    public void IsNew_OneMoreChannelOfAKnownCause_Yes() =>
        SeenNotices.Of([Cause("a", Now.AddMinutes(-5))], Now).IsNew(Cause("a", Now.AddMinutes(1))).ShouldBeTrue();

    [Fact]
    public void IsNew_OneChannelLessOfAKnownCause_No() =>
        SeenNotices.Of([Cause("a", Now.AddMinutes(-5))], Now).IsNew(Cause("a", Now.AddMinutes(-9))).ShouldBeFalse();

    [Fact]
    public void Text_IsReadBack_AndAHundredCausesFitIntoAChoice()
    {
        var notices = Enumerable.Range(0, BellReader.Most + 5).Select(i => Cause(i.ToString(CultureInfo.InvariantCulture))).ToList();

        var text = SeenNotices.Of(notices, Now).ToText();

        text.Length.ShouldBeLessThanOrEqualTo(PersonChoiceService.LongestValue);
        var again = SeenNotices.Parse(text);
        again.At.ShouldBe(Now);
        notices.Count(again.IsNew).ShouldBe(5);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("yesterday AAAA")]
    public void Parse_NotUnderstood_HasSeenNothing(string? text) => SeenNotices.Parse(text).IsNew(Cause("a")).ShouldBeTrue();

    private static Notice Cause(string key, DateTimeOffset? since = null) => new(key, key, null, null, "", since, IsUrgent: true);
}
