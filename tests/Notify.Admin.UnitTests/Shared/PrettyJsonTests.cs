using Notify.Admin.Shared;

namespace Notify.Admin.UnitTests.Shared;

public class PrettyJsonTests
{
    [Fact]
    public void Of_Json_IsIndentedAndReadable() => PrettyJson.Of("""{"a":"弱口令 <b>","b":[1]}""").Text.ShouldBe(
        """
        {
          "a": "弱口令 <b>",
          "b": [
            1
          ]
        }
        """, StringCompareShould.IgnoreLineEndings);

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{\"a\":")]
    public void Of_NoJson_IsReturnedAsItIs(string text) => PrettyJson.Of(text).Text.ShouldBe(text);

    [Fact]
    public void Of_DeepJson_IsReturned() => PrettyJson.Of(new string('[', 900) + new string(']', 900)).FullLength.ShouldBeGreaterThan(1800);

    [Fact]
    public void Of_TextThatTurnsItsDirection_IsShownEscaped() => PrettyJson.Of("{\"a\":\"x\u202Ey\"}").Text.ShouldContain("x\\u202ey");

    [Fact]
    public void Of_LongJson_IsCutAndSaysHowLongItIs()
    {
        var (text, full) = PrettyJson.Of($"\"{new string('a', 50_000)}\"");

        text.Length.ShouldBe(PrettyJson.Longest);
        full.ShouldBe(50_002);
    }
}
