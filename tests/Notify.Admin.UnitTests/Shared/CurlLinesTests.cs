using System.Text.Json;
using Notify.Admin.Channels;
using Notify.Admin.Shared;

namespace Notify.Admin.UnitTests.Shared;

public class CurlLinesTests
{
    [Theory]
    [InlineData(ChannelKind.Slack, "scan.completed")]
    [InlineData(ChannelKind.DingTalk, "sas-event-suspicious")]
    public void PostEvent_WithKey_IsAnEventThatTheKindHears(ChannelKind kind, string type)
    {
        var line = CurlLines.PostEvent("http://localhost:5080/", "nak_x", kind);

        line.ShouldContain("http://localhost:5080/api/events");
        line.ShouldContain("Authorization: Bearer nak_x");
        using var json = BodyOf(line.Replace("'\"$(date +%s)\"'", "1", StringComparison.Ordinal));
        json.RootElement.GetProperty("specversion").GetString().ShouldBe("1.0");
        json.RootElement.GetProperty("type").GetString().ShouldBe(type);
    }

    [Fact]
    public void UpdateSlack_WithKey_CarriesItInTheBody()
    {
        using var json = BodyOf(CurlLines.UpdateSlack("http://localhost:5080/", "nak_x"));

        json.RootElement.GetProperty("apiKey").GetString().ShouldBe("nak_x");
    }

    private static JsonDocument BodyOf(string line)
    {
        var start = line.IndexOf("-d '", StringComparison.Ordinal) + 4;
        return JsonDocument.Parse(line[start..line.LastIndexOf('\'')]);
    }
}
