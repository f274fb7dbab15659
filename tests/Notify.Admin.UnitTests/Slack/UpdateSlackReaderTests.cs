using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Slack;

public class UpdateSlackReaderTests
{
    private const string Canonical =
        """
        {"apiKey":"key-canary","channelId":"C0123456789","slackToken":"xoxb-canary","slackAvgThreat":"Medium","slackNotify":false,
         "slackStartFromSchedule":true,"slackStartFromQueue":false,"slackCompleteAborted":true,"slackDelete":false,"slackStop":true,"slackAborted":true}
        """;

    private static readonly string[] Flags =
    [
        "slackNotify", "slackStartFromSchedule", "slackStartFromQueue", "slackCompleteAborted", "slackDelete", "slackStop", "slackAborted",
            "slackPause", "slackUnpause",
    ];

    public static TheoryData<string> TextFields => ["apiKey", "channelId", "slackToken", "slackAvgThreat"];

    public static TheoryData<string> FlagFields => [.. Flags];

    private static UpdateSlackReading Read(string json) => UpdateSlackReader.Read(Encoding.UTF8.GetBytes(json));

    private static UpdateSlackReading ReadWith(string field, JsonNode? value)
    {
        var body = JsonNode.Parse(Canonical)!.AsObject();
        body[field] = value;
        return Read(body.ToJsonString());
    }

    private static void ShouldBeRefused(UpdateSlackReading reading, int error, string data, int status = 400)
    {
        reading.Request.ShouldBeNull();
        reading.Error.ShouldNotBeNull();
        reading.Error.Error.ShouldBe(error);
        reading.Error.Data.ShouldBe(data);
        reading.Error.Function.ShouldBe("UpdateSlack");
        reading.Error.Status.ShouldBe(status);
    }

    [Fact]
    public void Read_CanonicalBody_GivesEveryField() =>
        Read(Canonical).ShouldBe(new UpdateSlackReading(
            new UpdateSlackRequest
            {
                ApiKey = "key-canary",
                ChannelId = "C0123456789",
                SlackToken = "xoxb-canary",
                SlackAvgThreat = SlackAvgThreat.Medium,
                SlackNotify = false,
                SlackStartFromSchedule = true,
                SlackStartFromQueue = false,
                SlackCompleteAborted = true,
                SlackDelete = false,
                SlackStop = true,
                SlackAborted = true,
            },
            null));

    [Fact]
    public void Read_OnlyRequiredFields_LeavesTheRestOmitted() =>
        Read("""{"apiKey":"k","channelId":"C1","slackToken":"t"}""").Request.ShouldBe(
            new UpdateSlackRequest { ApiKey = "k", ChannelId = "C1", SlackToken = "t" });

    [Fact]
    public void Read_NewerFields_AreRead()
    {
        var request = Read("""{"apiKey":"k","channelId":"C1","slackToken":"t","slackPause":true,"slackUnpause":false}""").Request!;

        request.SlackPause.ShouldBe(true);
        request.SlackUnpause.ShouldBe(false);
    }

    [Fact]
    public void Read_ByteOrderMarkAndWhiteSpace_AreTolerated() => Read("\uFEFF \r\n\t" + Canonical + "\n ").Request.ShouldNotBeNull();

    [Theory]
    [InlineData("extra", "\"anything\"")]
    [InlineData("apikey", "5")]
    [InlineData("nested", "{\"slackNotify\":\"yes\"}")]
    public void Read_UnknownField_IsIgnored(string field, string value) =>
        ReadWith(field, JsonNode.Parse(value)).Request.ShouldBe(Read(Canonical).Request);

    [Theory]
    [InlineData("SlackNotify")]
    [InlineData("slackNotfy")]
    [InlineData("slackResume")]
    [InlineData("on_critical")]
    [InlineData("On_high")]
    public void Read_UnknownSwitch_IsRefusedByName(string field) => ShouldBeRefused(ReadWith(field, true), 1, $"Not valid {field}");

    [Theory]
    [InlineData("1000", SlackAvgThreat.High)]
    [InlineData("1100", SlackAvgThreat.Medium)]
    [InlineData("1110", SlackAvgThreat.Low)]
    [InlineData("1111", SlackAvgThreat.Informative)]
    public void Read_NewerSeverities_AreTheThreshold(string switches, SlackAvgThreat threshold) =>
        Read(Newer(switches)).Request!.SlackAvgThreat.ShouldBe(threshold);

    [Theory]
    [InlineData("0000", 1, "Not valid on_high")]
    [InlineData("0100", 1, "Not valid on_high")]
    [InlineData("1010", 1, "Not valid on_medium")]
    [InlineData("1001", 1, "Not valid on_medium")]
    [InlineData("11-1", 2, "Missing on_low")]
    [InlineData("111x", 3, "Wrong type on_informative")]
    public void Read_NewerSeveritiesThatAreNoThreshold_AreRefused(string switches, int error, string data) =>
        ShouldBeRefused(Read(Newer(switches)), error, data);

    private static string Newer(string switches)
    {
        var body = new JsonObject { ["apiKey"] = "k", ["channelId"] = "C1", ["slackToken"] = "t" };
        foreach (var (name, value) in new[] { "on_high", "on_medium", "on_low", "on_informative" }.Zip(switches))
        {
            if (value != '-')
            {
                body[name] = value == 'x' ? "true" : value == '1';
            }
        }

        return body.ToJsonString();
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("\"text\"")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("[{}]")]
    [InlineData("{")]
    [InlineData("{\"apiKey\":\"k\"")]
    [InlineData("{} {}")]
    [InlineData("{}x")]
    [InlineData("{\"apiKey\":\"k\",}")]
    [InlineData("{'apiKey':'k'}")]
    [InlineData("{\"slackStop\": ,true \"slackAborted\": true}")]
    [InlineData("{/* comment */}")]
    [InlineData("apiKey=k&channelId=C1&slackToken=t")]
    [InlineData("{\"apiKey\":\"\\ud800\",\"channelId\":\"C1\",\"slackToken\":\"t\"}")]
    public void Read_NotAJsonObject_IsNotValidJson(string body) => ShouldBeRefused(Read(body), 4, "Not valid JSON");

    [Fact]
    public void Read_BytesThatAreNotUtf8_AreNotValidJson()
    {
        ShouldBeRefused(UpdateSlackReader.Read(Encoding.Unicode.GetBytes(Canonical)), 4, "Not valid JSON");
        ShouldBeRefused(UpdateSlackReader.Read((byte[])[.. "{\"apiKey\":\""u8, 0xFF, .. "\"}"u8]), 4, "Not valid JSON");
    }

    [Fact]
    public void Read_TooDeep_IsNotValidJson() =>
        ShouldBeRefused(Read("{\"x\":" + new string('[', 200_000) + new string(']', 200_000) + "}"), 4, "Not valid JSON");

    [Fact]
    public void Read_LargerThanAMebibyte_IsTooLarge()
    {
        var largest = Canonical + new string(' ', UpdateSlackReader.MaxBytes - Canonical.Length);

        Read(largest).Request.ShouldNotBeNull();
        ShouldBeRefused(Read(largest + " "), 4, "Not valid JSON", status: 413);
    }

    [Theory]
    [MemberData(nameof(TextFields))]
    public void Read_TextFieldOfAnotherType_IsAWrongType(string field)
    {
        foreach (var value in (string[])["5", "true", "[]", "{}", "[\"C1\"]"])
        {
            ShouldBeRefused(ReadWith(field, JsonNode.Parse(value)), 3, $"Wrong type {field}");
        }
    }

    [Theory]
    [MemberData(nameof(FlagFields))]
    public void Read_FlagOfAnotherType_IsAWrongType(string field)
    {
        foreach (var value in (string[])["\"true\"", "1", "0", "[true]", "{}", "\"\""])
        {
            ShouldBeRefused(ReadWith(field, JsonNode.Parse(value)), 3, $"Wrong type {field}");
        }
    }

    [Theory]
    [InlineData("apiKey")]
    [InlineData("channelId")]
    [InlineData("slackToken")]
    public void Read_RequiredFieldAbsentOrNull_IsMissing(string field)
    {
        var body = JsonNode.Parse(Canonical)!.AsObject();
        body.Remove(field);

        ShouldBeRefused(Read(body.ToJsonString()), 2, $"Missing {field}");
        ShouldBeRefused(ReadWith(field, null), 2, $"Missing {field}");
    }

    [Theory]
    [InlineData("slackAvgThreat")]
    [MemberData(nameof(FlagFields))]
    public void Read_OptionalFieldNull_IsAnOmittedField(string field)
    {
        var body = JsonNode.Parse(Canonical)!.AsObject();
        body.Remove(field);

        ReadWith(field, null).Request.ShouldBe(Read(body.ToJsonString()).Request);
    }

    [Theory]
    [InlineData("apiKey", "")]
    [InlineData("channelId", "")]
    [InlineData("channelId", "C")]
    [InlineData("channelId", "general")]
    [InlineData("channelId", "#general")]
    [InlineData("channelId", "c0123456789")]
    [InlineData("channelId", "U0123456789")]
    [InlineData("channelId", "C01234 56789")]
    [InlineData("channelId", " C0123456789")]
    [InlineData("channelId", "C0123456789\n")]
    [InlineData("channelId", "C\u0000123")]
    [InlineData("channelId", "C0123é")]
    [InlineData("channelId", "C0123456789012345678901234567890123456789012345678901234567890123")]
    [InlineData("slackToken", "")]
    [InlineData("slackToken", "   ")]
    [InlineData("slackToken", "xoxb 1")]
    [InlineData("slackToken", "xoxb-1\r\nX-Evil: 1")]
    [InlineData("slackToken", "xoxb-é")]
    [InlineData("slackAvgThreat", "")]
    [InlineData("slackAvgThreat", "medium")]
    [InlineData("slackAvgThreat", "MEDIUM")]
    [InlineData("slackAvgThreat", "Critical")]
    [InlineData("slackAvgThreat", "2")]
    [InlineData("slackAvgThreat", "Medium ")]
    [InlineData("slackAvgThreat", "Informative/Low/Medium/High")]
    public void Read_ValueOutsideTheAllowed_IsNotValid(string field, string value) =>
        ShouldBeRefused(ReadWith(field, value), 1, $"Not valid {field}");

    [Fact]
    public void Read_TokenTooLong_IsNotValid()
    {
        ReadWith("slackToken", new string('x', 512)).Request.ShouldNotBeNull();
        ShouldBeRefused(ReadWith("slackToken", new string('x', 513)), 1, "Not valid slackToken");
    }

    [Theory]
    [InlineData("C0123456789")]
    [InlineData("G0123456789")]
    [InlineData("D0123456789")]
    [InlineData("C1")]
    [InlineData("C01abcXYZ")]
    public void Read_ChannelIds_AreOpaque(string id) => ReadWith("channelId", id).Request!.ChannelId.ShouldBe(id);

    [Theory]
    [InlineData("Informative")]
    [InlineData("Low")]
    [InlineData("Medium")]
    [InlineData("High")]
    public void Read_EachThreat_IsRead(string threat) =>
        ReadWith("slackAvgThreat", threat).Request!.SlackAvgThreat.ShouldBe(Enum.Parse<SlackAvgThreat>(threat));

    [Theory]
    [InlineData("""{"apiKey":"k","channelId":"C1","slackToken":"t","slackNotify":true,"slackNotify":false}""", 1, "Not valid slackNotify")]
    [InlineData("""{"apiKey":"k","channelId":"C1","slackToken":"t","slackToken":"t"}""", 1, "Not valid slackToken")]
    [InlineData("""{"apiKey":"k","channelId":"C1","channelId":null,"slackToken":"t"}""", 1, "Not valid channelId")]
    [InlineData("""{"apiKey":"k","channelId":"C1","channelId":5,"slackToken":"t"}""", 3, "Wrong type channelId")]
    [InlineData("""{"apiKey":null,"apiKey":null,"channelId":"C1","slackToken":"t"}""", 2, "Missing apiKey")]
    public void Read_FieldGivenTwice_IsRefused(string body, int error, string data) => ShouldBeRefused(Read(body), error, data);

    [Fact]
    public void Read_UnknownFieldGivenTwice_IsIgnored() =>
        Read("""{"x":1,"x":2,"apiKey":"k","channelId":"C1","slackToken":"t"}""").Request.ShouldNotBeNull();

    [Theory]
    [InlineData("""{"slackUnpause":"x","channelId":""}""", 3, "Wrong type slackUnpause")]
    [InlineData("""{"slackNotify":1,"apiKey":1}""", 3, "Wrong type apiKey")]
    [InlineData("""{"slackAvgThreat":"no","channelId":""}""", 2, "Missing apiKey")]
    [InlineData("""{"slackToken":"t","channelId":null,"apiKey":""}""", 2, "Missing channelId")]
    [InlineData("""{"apiKey":"","channelId":"","slackToken":""}""", 1, "Not valid apiKey")]
    [InlineData("""{"slackAvgThreat":"no","apiKey":"k","slackToken":"","channelId":"C1"}""", 1, "Not valid slackToken")]
    [InlineData("{}", 2, "Missing apiKey")]
    public void Read_SeveralMistakes_ChecksTypesThenRequiredThenValues(string body, int error, string data) =>
        ShouldBeRefused(Read(body), error, data);

    [Fact]
    public void Read_Request_PrintsNoSecret() => Read(Canonical).ToString().ShouldNotContain("canary");

    [Theory]
    [InlineData(0, 200)]
    [InlineData(1, 400)]
    [InlineData(2, 400)]
    [InlineData(3, 400)]
    [InlineData(4, 400)]
    [InlineData(10, 401)]
    [InlineData(11, 403)]
    [InlineData(12, 403)]
    [InlineData(30, 429)]
    [InlineData(50, 500)]
    public void Answer_EachCode_HasItsStatus(int error, int status)
    {
        UpdateSlackAnswer[] all =
        [
            UpdateSlackAnswer.Success, UpdateSlackAnswer.NotValid("x"), UpdateSlackAnswer.Missing("x"), UpdateSlackAnswer.WrongType("x"),
                UpdateSlackAnswer.NotValidJson,
            UpdateSlackAnswer.NotValidApiKey, UpdateSlackAnswer.ApiDisabled, UpdateSlackAnswer.NotAuthorized,
            UpdateSlackAnswer.TooManyRequests, UpdateSlackAnswer.InternalError,
        ];

        all.Single(answer => answer.Error == error).Status.ShouldBe(status);
    }

    [Fact]
    public void Answer_AsJson_IsTheVendorsEnvelopeWhateverTheNamingPolicy() =>
        JsonSerializer.Serialize(UpdateSlackAnswer.Success, JsonSerializerOptions.Web)
            .ShouldBe("""{"Error":0,"Function":"UpdateSlack","Data":"Success"}""");
}
