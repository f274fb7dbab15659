using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Notify.Admin.Security;
using Notify.Admin.Sources;

namespace Notify.Admin.UnitTests.Security;

public class RedactorTests
{
    // Put together at run time, so that no scanner takes this file for a leak.
    private static readonly string Digits = "1234567890-0987654321-AbCdEfGhIjKlMnOp";
    private static readonly string Hex = string.Concat(Enumerable.Repeat("0123456789abcdef", 4));

    [Theory]
    [InlineData("xoxb-")]
    [InlineData("xoxp-")]
    [InlineData("xoxa-")]
    [InlineData("xoxs-")]
    [InlineData("xoxe-")]
    [InlineData("xoxe.xoxp-")]
    [InlineData("xoxe.xoxb-")]
    [InlineData("xapp-")]
    public void Redact_SlackToken_KeepsOnlyItsPrefix(string prefix)
    {
        var token = prefix + Digits;

        Redactor.Redact($"posting with {token}, then done").ShouldBe($"posting with {prefix}***, then done");
        Redactor.Redact($"({token})").ShouldBe($"({prefix}***)");
        Redactor.Redact(token).ShouldBe($"{prefix}***");
    }

    [Fact]
    public void Redact_DingTalkSecret_IsMasked() =>
        Redactor.Redact($"signed with SEC{Hex}.").ShouldBe("signed with SEC***.");

    [Theory]
    [InlineData("SECTION")]
    [InlineData("the SEC filing")]
    [InlineData("signal lost, design unchanged")]
    [InlineData("tokens: three of them")]
    [InlineData("{\"ok\":false,\"error\":\"invalid_auth\",\"token_type\":\"bot\"}")]
    [InlineData("not_in_channel")]
    [InlineData("Not valid slackToken")]
    [InlineData("{\"next_cursor\":\"dXNlcjpVMDYxTkZUVDI=\"}")]
    [InlineData("{\"design\":\"blue\"}")]
    [InlineData("")]
    public void Redact_OrdinaryText_StaysAsItIs(string text) => Redactor.Redact(text).ShouldBe(text);

    [Fact]
    public void Redact_Null_StaysNull() => Redactor.Redact(null).ShouldBeNull();

    [Theory]
    [InlineData("https://oapi.dingtalk.com/robot/send?access_token={0}", "https://oapi.dingtalk.com/robot/send?access_token=***")]
    [InlineData("/robot/send?access_token={0}&timestamp=17&sign=a%2Bb%3D", "/robot/send?access_token=***&timestamp=17&sign=***")]
    [InlineData("?timestamp=17&sign={0}", "?timestamp=17&sign=***")]
    [InlineData("SendUrl=https%3A%2F%2Foapi.dingtalk.com%2Frobot%2Fsend%3Faccess_token%3D{0}&Id=3",
        "SendUrl=https%3A%2F%2Foapi.dingtalk.com%2Frobot%2Fsend%3Faccess_token%3D***&Id=3")]
    [InlineData("token={0}&channel=C1", "token=***&channel=C1")]
    [InlineData("Host=db;Username=notify;Password={0};Timeout=5", "Host=db;Username=notify;Password=***;Timeout=5")]
    [InlineData("Password='{0} with a blank';Timeout=5", "Password='***';Timeout=5")]
    [InlineData("Signature={0}", "Signature=***")]
    [InlineData("refresh_token={0}", "refresh_token=***")]
    public void Redact_Parameter_MasksItsValue(string format, string expected)
    {
        var text = format.Replace("{0}", Hex, StringComparison.Ordinal);

        Redactor.Redact(text).ShouldBe(expected);
    }

    [Theory]
    [InlineData("Authorization: Bearer {0}", "Authorization: ***")]
    [InlineData("Authorization: ACS3-HMAC-SHA256 Credential=id,SignedHeaders=host,Signature={0}", "Authorization: ***")]
    [InlineData("curl -H 'Authorization: Bearer {0}' -d @body", "curl -H 'Authorization: ***' -d @body")]
    [InlineData("bearer {0} refused", "bearer *** refused")]
    [InlineData("Bearer was not authenticated", "Bearer was not authenticated")]
    public void Redact_Header_MasksItsValue(string format, string expected) =>
        Redactor.Redact(format.Replace("{0}", Hex, StringComparison.Ordinal)).ShouldBe(expected);

    [Theory]
    [InlineData("apiKey")]
    [InlineData("slackToken")]
    [InlineData("token")]
    [InlineData("refresh_token")]
    [InlineData("secret")]
    [InlineData("AccessKeySecret")]
    [InlineData("password")]
    [InlineData("Password")]
    [InlineData("x-api-key")]
    [InlineData("sign")]
    [InlineData("authorization")]
    public void Redact_JsonMember_MasksItsValueAtAnyDepth(string name)
    {
        const string Value = "plain\"quote\\back+slash, and more}";
        var json = JsonSerializer.Serialize(new Dictionary<string, object> { [name] = Value, ["channel"] = "C1", ["n"] = 1 });
        var nested = JsonSerializer.Serialize(new { body = json });
        var escapedByHand = "\"" + json.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

        var redacted = JsonNode.Parse(Redactor.Redact(json))!;

        redacted[name]!.GetValue<string>().ShouldBe("***");
        redacted["channel"]!.GetValue<string>().ShouldBe("C1");
        Redactor.Redact(nested).ShouldNotContain("plain");
        Redactor.Redact(escapedByHand).ShouldNotContain("plain");
        Redactor.Redact(escapedByHand).ShouldContain("C1");
    }

    [Fact]
    public void Redact_JsonMemberThatIsANumber_IsMasked() =>
        Redactor.Redact("{\"token\": 12345, \"n\": 6}").ShouldBe("{\"token\": ***, \"n\": 6}");

    [Fact]
    public void Redact_JsonMemberWithoutAValue_StaysAsItIs() =>
        Redactor.Redact("{\"token\":\"\",\"secret\":null}").ShouldBe("{\"token\":\"\",\"secret\":null}");

    [Fact]
    public void Redact_JsonCutInsideASecret_MasksWhatIsLeft() =>
        Redactor.Redact("{\"ok\":true,\"slackToken\":\"abcdef").ShouldBe("{\"ok\":true,\"slackToken\":\"***");

    [Fact]
    public void Redact_OwnKeys_AreMasked()
    {
        Redactor.Redact($"key nak_{Hex} refused").ShouldBe("key nak_*** refused");
        Redactor.Redact($"pair nas_{Hex}").ShouldBe("pair nas_***");
    }

    [Theory]
    [InlineData("Refused POST /in/{0} from a page", "Refused POST /in/*** from a page")]
    [InlineData("https://notify.example/base/in/{0}?x=1", "https://notify.example/base/in/***?x=1")]
    [InlineData("url=https%3A%2F%2Fnotify.example%2Fin%2F{0}&x=1", "url=https%3A%2F%2Fnotify.example%2Fin%2F***&x=1")]
    [InlineData("""{"url":"https:\/\/notify.example\/in\/{0}"}""", """{"url":"https:\/\/notify.example\/in\/***"}""")]
    [InlineData("/services/T0A1B2C3D4/B0A1B2C3D4/{0} failed", "/services/*** failed")]
    [InlineData("https://hooks.slack.com/services/T00000000/B00000000/{0}", "https://hooks.slack.com/services/***")]
    [InlineData("u=%2Fservices%2FT0A1B2C3D4%2FB0A1B2C3D4%2F{0}&v=1", "u=%2Fservices%2F***&v=1")]
    [InlineData("/in/****abcd, /in/configuration, /services/Team/Blue/green", "/in/****abcd, /in/configuration, /services/Team/Blue/green")]
    public void Redact_AddressOfASource_MasksItsKey(string format, string expected) =>
        Redactor.Redact(format.Replace("{0}", Hex[..40], StringComparison.Ordinal)).ShouldBe(expected);

    [Theory]
    [InlineData("generic")]
    [InlineData("slack-webhook")]
    [InlineData("dingtalk-robot")]
    public void Redact_AddressAsItIsMade_MasksItsKey(string kind)
    {
        var key = SourceAddress.NewKeyOf(kind);

        var text = Redactor.Redact($"posted to {SourceAddress.Whole("https://notify.example/", kind, key)}.");

        text.ShouldNotContain(key[^16..]);
        text.ShouldContain("***");
    }

    [Theory]
    [InlineData("p@ss w/rd+&<'\"é密")]
    [InlineData("abcd")]
    [InlineData("a%2Fb/c?d=e")]
    public void Redact_KnownSecret_IsMaskedHoweverItIsWritten(string secret)
    {
        string[] written =
        [
            secret,
            Uri.EscapeDataString(secret),
            WebUtility.UrlEncode(secret),
            WebUtility.HtmlEncode(secret),
            JsonSerializer.Serialize(secret).Trim('"'),
        ];

        foreach (var form in written)
        {
            Redactor.Redact($"before {form} after", secret).ShouldBe("before *** after");
        }

        Redactor.Redact($"q={Uri.EscapeDataString(secret).Replace("%2F", "%2f", StringComparison.Ordinal)}.", secret).ShouldBe("q=***.");
    }

    [Fact]
    public void Redact_SeveralKnownSecrets_MasksEach() =>
        Redactor.Redact("one first, two second", "first", "second", null, "").ShouldBe("one ***, two ***");

    [Fact]
    public void Redact_KnownSecretCutOffAtTheEnd_MasksTheRest() =>
        Redactor.Redact("the answer was a-long-canary-se", "a-long-canary-secret").ShouldBe("the answer was ***");

    [Fact]
    public void Redact_ShortKnownSecret_DoesNotMaskEveryLetter() => Redactor.Redact("a banana", "a").ShouldBe("a banana");

    [Fact]
    public void Redact_Twice_ChangesNothingMore()
    {
        var text = $"xoxb-{Digits} SEC{Hex} access_token={Hex}&sign=x Bearer {Hex} {{\"token\":\"{Hex}\"}} nak_{Hex}";
        var once = Redactor.Redact(text);

        Redactor.Redact(once).ShouldBe(once);
        once.ShouldNotContain("0123456789");
    }

    [Fact]
    public void RedactAndCut_SecretAcrossTheCut_LeavesNoPartOfIt()
    {
        var text = "12345 xoxb-" + Digits;

        var cut = Redactor.RedactAndCut(text, 14);

        cut.ShouldBe("12345 xoxb-***");
        Redactor.RedactAndCut("12345 a-canary-secret", 10, "a-canary-secret").ShouldBe("12345 ***");
    }

    [Fact]
    public void RedactAndCut_SurrogatePairAtTheCut_IsNotSplit()
    {
        var cut = Redactor.RedactAndCut("ab😀cdef", 4);

        cut.ShouldBe("ab…");
    }

    public static TheoryData<string> HostileTexts =>
    [
        string.Concat(Enumerable.Repeat("token", 200_000)),
        string.Concat(Enumerable.Repeat("\"token\":\"", 100_000)),
        "\"token\":\"" + new string('\\', 1_000_000),
        new string('\\', 1_000_000) + "\"token",
        string.Concat(Enumerable.Repeat("bearer ", 150_000)),
        "token" + new string(' ', 1_000_000) + "x",
        string.Concat(Enumerable.Repeat("xoxe.xoxb", 100_000)),
        "SEC" + new string('-', 1_000_000),
        new string('a', 1_000_000) + "secret",
        string.Concat(Enumerable.Repeat("authorization:", 80_000)),
        string.Concat(Enumerable.Repeat("\\\"sign\\\"", 120_000)),
    ];

    // Quadratic time would take hours for a million characters.
    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void Redact_HostileMegabyte_ComesToAnEnd(string text)
    {
        Redactor.Redact(text + " a-known-secret", "a-known-secret").ShouldNotContain("a-known-secret");
    }
}
