using System.Globalization;
using System.Text;
using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.UnitTests.Security;

public sealed class ForeignTextTests
{
    private const string Half = "\uD83D";

    // Not as cases of a theory: a test's name cannot hold them.
    [Fact]
    public void Storable_ReplacesWhatNoStoreCanHold()
    {
        ForeignText.Storable("a\0b").ShouldBe("a\uFFFDb");
        ForeignText.Storable($"a{Half}b").ShouldBe("a\uFFFDb");
        ForeignText.Storable("\uDE00").ShouldBe("\uFFFD");
        ForeignText.Storable("a\uFFFEb\uFFFF\uFDD0\U0010FFFF").ShouldBe("a\uFFFDb\uFFFD\uFFFD\uFFFD");
        ForeignText.Storable("😀\r\n\t漢字").ShouldBe("😀\r\n\t漢字");
        ForeignText.Storable(null).ShouldBeNull();
    }

    [Fact]
    public void Line_IsOneLineThatHidesNothing()
    {
        ForeignText.Line(" bad\r\n\u202Etoken\u202C\0 \u2066x\u2069\u200Bé ", 100).ShouldBe("bad token xé");
        ForeignText.Line("👩‍👩‍👧", 100).ShouldBe("👩‍👩‍👧");
    }

    [Fact]
    public void OnLines_KeepsLinesTabsAndBlanks_AndHidesNothing() =>
        ForeignText.OnLines(" a\r\n\tb  c\u202Ed\0\uFFFE\n ").ShouldBe("a\n\tb  cd\uFFFD");

    [Theory]
    [InlineData("abcdef", 3, "abc")]
    [InlineData("ab😀", 3, "ab")]
    [InlineData("ae\u0301x", 2, "a")]
    [InlineData("🇨🇳🇨🇳", 6, "🇨🇳")]
    [InlineData("a\r\nb", 2, "a")]
    [InlineData("abc", 0, "")]
    public void Cut_EndsBetweenCharacters(string text, int most, string expected) => ForeignText.Cut(text, most).ShouldBe(expected);

    [Fact]
    public void Id_ThatWouldHaveToBeChanged_IsNone()
    {
        ForeignText.Id("1700000000.000100", 64).ShouldBe("1700000000.000100");
        ForeignText.Id(new string('1', 65), 64).ShouldBeNull();
        ForeignText.Id("17\0", 64).ShouldBeNull();
        ForeignText.Id("\u202e17", 64).ShouldBeNull("it looks like another");
        ForeignText.Id(null, 64).ShouldBeNull();
    }

    [Fact]
    public void AnyText_FitsItsColumn()
    {
        var random = new Random(4711);
        for (var i = 0; i < 5_000; i++)
        {
            var text = Hostile(random);
            var most = random.Next(0, 70);
            foreach (var fit in (string[])[ForeignText.Fit(text, most), ForeignText.Line(text, most)])
            {
                fit.Length.ShouldBeLessThanOrEqualTo(most);
                PlainText.Is(fit).ShouldBeTrue();
                Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(fit)).ShouldBe(fit);
            }

            ForeignText.Line(text, most).Any(c => char.IsControl(c) || c is >= '\u202A' and <= '\u202E').ShouldBeFalse();
            var result = new SendResult { Code = text, Detail = text, RawAnswer = text, VendorMessageId = text, VendorChannelId = text };
            result.Code.Length.ShouldBeInRange(1, SendResult.MaxCode);
            PlainText.Is(result.Code + result.Detail + result.RawAnswer + result.VendorMessageId + result.VendorChannelId).ShouldBeTrue();
        }
    }

    [Fact]
    public void RedactedText_IsCutBetweenCharacters() =>
        StringInfo.GetTextElementEnumerator(Redactor.RedactAndCut("ae\u0301e\u0301e\u0301", 4)).MoveNext().ShouldBeTrue();

    private static string Hostile(Random random)
    {
        string[] parts = ["\0", Half, "\uDE00", "\uFFFE", "\uFDD0", "\u202E", "\u2066", "\u200B", "\r\n", "\u2028", "\u001B[31m", "é",
            "e\u0301",
            "😀", "👩‍👩‍👧", "🇨🇳", "a", "<!channel>", new string('\u0301', 80), new string('x', 70)];
        return string.Concat(Enumerable.Range(0, random.Next(0, 12)).Select(_ => parts[random.Next(parts.Length)]));
    }
}
