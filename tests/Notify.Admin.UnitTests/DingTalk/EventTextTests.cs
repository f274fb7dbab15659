using Notify.Admin.DingTalk;

namespace Notify.Admin.UnitTests.DingTalk;

public class EventTextTests
{
    [Theory]
    [InlineData("plain text, CVE-2024-1234: ok.", "plain text, CVE-2024-1234: ok.")]
    [InlineData("**bold** `code` # h", "＊＊bold＊＊ ｀code｀ ＃ h")]
    [InlineData("[click](http://evil.example)", "［click］（http:\u200B//evil.example）")]
    [InlineData("![x](https://evil.example/a.png)", "！［x］（https:\u200B//evil.example/a.png）")]
    [InlineData("<a href=x>&#64;all", "＜a href=x＞＆＃64;all")]
    [InlineData("@13800000000 @all", "@\u200B13800000000 @\u200Ball")]
    [InlineData("www.evil.example WWW.evil.example", "www\u200B.evil.example WWW\u200B.evil.example")]
    [InlineData("mailto:a@b JavaScript:x dingtalk:y", "mailto:\u200Ba@\u200Bb JavaScript:\u200Bx dingtalk:\u200By")]
    [InlineData("ht\u00ADtp://x", "http:\u200B//x")]
    [InlineData("snake_case __init__ _it_", "snake_case ＿＿init＿＿ ＿it＿")]
    [InlineData("a__b", "a＿＿b")]
    [InlineData("awww.evil.example metadata: x", "awww\u200B.evil.example metadata: x")]
    [InlineData("line\r\none\n\n# two\u2028three\tend ", "line one ＃ two three end")]
    [InlineData("\u202Eevil\u202C \u200Bx\u0000y", "evil xy")]
    [InlineData("👩‍👩‍👧 中文 العربية", "👩‍👩‍👧 中文 العربية")]
    [InlineData("C:\\temp | a~b", "C:＼temp ｜ a～b")]
    [InlineData(null, "")]
    public void Safe_Text_CanForgeNothing(string? text, string expected) => EventText.Safe(text, 1000).ShouldBe(expected);

    [Fact]
    public void Safe_HalfSurrogatePair_IsReplaced() => EventText.Safe("half \uD83D pair \uDE00", 100).ShouldBe("half \uFFFD pair \uFFFD");

    [Theory]
    [InlineData("abcdef", 3, "abc…")]
    [InlineData("abc", 3, "abc")]
    [InlineData("ab👍cd", 3, "ab…")]
    [InlineData("ab👍cd", 4, "ab👍…")]
    [InlineData("ae\u0301x", 2, "a…")]
    [InlineData("🇨🇳🇨🇳", 5, "🇨🇳…")]
    public void Safe_TooLong_IsCutBetweenCharacters(string text, int length, string expected) =>
        EventText.Safe(text, length).ShouldBe(expected);

    [Fact]
    public void Safe_OneCharacterUnderManyAccents_IsCutAllTheSame() =>
        EventText.Safe("a" + new string('\u0301', 500), 100).Length.ShouldBe(101);

    [Theory]
    [InlineData("evt-1_a.b/c+d=e", "evt-1_a.b/c+d=e")]
    [InlineData("urn:uuid:0f3a", "urn:uuid:0f3a")]
    [InlineData("a b", "a b")]
    [InlineData("a\u200Bb", "a＼u200Bb")]
    [InlineData("a\nb", "a＼u000Ab")]
    [InlineData("https://h/1", "https:\u200B//h/1")]
    public void SafeId_Id_KeepsEveryCharacterVisible(string id, string expected) => EventText.SafeId(id).ShouldBe(expected);
}
