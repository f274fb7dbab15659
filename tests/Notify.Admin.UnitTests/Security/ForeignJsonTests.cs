using System.Text;
using Notify.Admin.Security;

namespace Notify.Admin.UnitTests.Security;

public sealed class ForeignJsonTests
{
    [Theory]
    [InlineData("""{"\ud83d":"x","ok":true}""")]
    [InlineData("""{"a":"\uDE00b","ok":true}""")]
    [InlineData("""{"a":"\ud83d\ud83d\ude00","ok":true}""")]
    [InlineData("""{"a":"\\ud83d","ok":true}""")]
    public void Parse_HalfAPairAnywhere_LeavesTheRestReadable(string json)
    {
        foreach (var document in (System.Text.Json.JsonDocument[])[ForeignJson.Parse(json),
            ForeignJson.Parse(Encoding.UTF8.GetBytes(json))])
        {
            using (document)
            {
                document.RootElement.GetProperty("ok").GetBoolean().ShouldBeTrue();
                document.RootElement.EnumerateObject().ShouldAllBe(member => PlainText.Is(member.Name));
            }
        }
    }

    [Fact]
    public void Parse_WholePairsAndEscapedBackslashes_StayAsTheyAre()
    {
        using var document = ForeignJson.Parse("""{"a":"\ud83d\ude00 \\ud83d \ud83d."}""");
        document.RootElement.GetProperty("a").GetString().ShouldBe("😀 \\ud83d \uFFFD.");
    }

    [Fact]
    public void Parse_BytesThatAreNoUtf8_LeaveTheRestReadable()
    {
        using var document = ForeignJson.Parse((byte[])[.. "{\"a\":\""u8, 0xFF, .. "\",\"ok\":true}"u8]);
        document.RootElement.GetProperty("ok").GetBoolean().ShouldBeTrue();
        document.RootElement.GetProperty("a").GetString().ShouldBe("\uFFFD");
    }
}
