using Notify.Admin.Security;

namespace Notify.Admin.UnitTests.Security;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("plain, with\ttabs\nand lines", true)]
    [InlineData("漢字 😀 é", true)]
    [InlineData("\uFFFD", true)]
    [InlineData("a\0b", false)]
    [InlineData("a\uFFFEb", false)]
    [InlineData("\uFFFF", false)]
    [InlineData("\uFDD0", false)]
    [InlineData("\uFDEF", false)]
    [InlineData("\uFDF0", true)]
    [InlineData("\U0001FFFE", false)]
    [InlineData("\U0010FFFF", false)]
    public void Is_OfTextOnly(string text, bool isText) => PlainText.Is(text).ShouldBe(isText);

    // Not among the cases above: a test's name cannot hold them either.
    [Fact]
    public void Is_OfHalfASurrogatePair_IsFalse()
    {
        PlainText.Is("a\uD83D").ShouldBeFalse();
        PlainText.Is("\uDE00a").ShouldBeFalse();
    }

    [Theory]
    [InlineData("sourc", 60, "sourc")]
    [InlineData("漢字", 60, "漢字")]
    [InlineData("abcdef", 3, "abc")]
    [InlineData("a\0b\n", 60, "a?b?")]
    [InlineData("ab😀", 3, "ab")]
    public void Shorten_IsShortAndVisible(string text, int most, string shown) => PlainText.Shorten(text, most).ShouldBe(shown);
}
