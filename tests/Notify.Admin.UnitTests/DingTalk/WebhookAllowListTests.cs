using Notify.Admin.DingTalk;

namespace Notify.Admin.UnitTests.DingTalk;

public class WebhookAllowListTests
{
    private const string Token = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string Url = "https://oapi.dingtalk.com/robot/send?access_token=" + Token;

    private static readonly WebhookAllowList Default = new([DingTalkOptions.DefaultWebhook]);

    [Theory]
    [InlineData(Url)]
    [InlineData(Token)]
    [InlineData("  " + Url + "\r\n")]
    [InlineData("\"" + Url + "\"")]
    [InlineData("“" + Url + "”")]
    [InlineData("' " + Token + " '")]
    [InlineData("<" + Url + ">")]
    [InlineData("oapi.dingtalk.com/robot/send?access_token=" + Token)]
    [InlineData("HTTPS://OAPI.DingTalk.com:443/robot/send?access_token=" + Token)]
    [InlineData(Url + "&timestamp=1735787045000&sign=iiIrcMK1%2BEe%3D")]
    [InlineData("https://oapi.dingtalk.com/robot/send?timestamp=1&sign=a&access_token=" + Token)]
    [InlineData(Url + "#top")]
    [InlineData(Url + "&")]
    public void TryRead_WhatPeoplePaste_IsTheSameWebhook(string text)
    {
        Default.TryRead(text, out var webhook, out _).ShouldBeTrue();

        webhook.Value.ShouldBe(Url);
        webhook.Token.ShouldBe(Token);
    }

    [Theory]
    [InlineData(null, WebhookRefusal.Empty)]
    [InlineData("  ", WebhookRefusal.Empty)]
    [InlineData("''", WebhookRefusal.Empty)]
    [InlineData("hello world", WebhookRefusal.NotAUrl)]
    [InlineData("no-token", WebhookRefusal.NotAUrl)]
    [InlineData("javascript:alert(1)", WebhookRefusal.NotAUrl)]
    [InlineData("SEC0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", WebhookRefusal.LooksLikeSecret)]
    [InlineData("https://oapi.dingtalk.com/robot/send?access_token=****cdef", WebhookRefusal.Masked)]
    [InlineData("https://oapi.dingtalk.com@evil.example/robot/send?access_token=abc123", WebhookRefusal.UserInfo)]
    [InlineData("http://oapi.dingtalk.com/robot/send?access_token=abc123", WebhookRefusal.SchemeNotAllowed)]
    [InlineData("https://oapi.dingtalk.com.evil.example/robot/send?access_token=abc123", WebhookRefusal.HostNotAllowed)]
    [InlineData("https://oapi.dingtalk.com./robot/send?access_token=abc123", WebhookRefusal.HostNotAllowed)]
    [InlineData("https://oapi.dingtаlk.com/robot/send?access_token=abc123", WebhookRefusal.HostNotAllowed)]
    [InlineData("https://127.0.0.1/robot/send?access_token=abc123", WebhookRefusal.HostNotAllowed)]
    [InlineData("https://oapi.dingtalk.com:8443/robot/send?access_token=abc123", WebhookRefusal.PortNotAllowed)]
    [InlineData("https://oapi.dingtalk.com/robot/send/?access_token=abc123", WebhookRefusal.PathNotAllowed)]
    [InlineData("https://oapi.dingtalk.com/Robot/Send?access_token=abc123", WebhookRefusal.PathNotAllowed)]
    [InlineData("https://oapi.dingtalk.com/robot%2Fsend?access_token=abc123", WebhookRefusal.PathNotAllowed)]
    [InlineData("https://oapi.dingtalk.com/robot/send", WebhookRefusal.TokenMissing)]
    [InlineData("https://oapi.dingtalk.com/robot/send?access_token=", WebhookRefusal.TokenMissing)]
    [InlineData("https://oapi.dingtalk.com/robot/send?Access_Token=abc123", WebhookRefusal.TokenMissing)]
    [InlineData("https://oapi.dingtalk.com/robot/send?access_token=abc&access_token=def", WebhookRefusal.TokenRepeated)]
    [InlineData("https://oapi.dingtalk.com/robot/send?access_token=abc&access%5Ftoken=def", WebhookRefusal.TokenRepeated)]
    [InlineData("https://oapi.dingtalk.com/robot/send?access_token=abc-123", WebhookRefusal.TokenMalformed)]
    [InlineData("https://oapi.dingtalk.com/robot/send?access_token=abc%0d%0aX", WebhookRefusal.TokenMalformed)]
    [InlineData("https://oapi.dingtalk.com/robot/send?access_token=abc123&redirect=1", WebhookRefusal.UnknownParameter)]
    public void TryRead_AnythingElse_IsRefusedWithTheReason(string? text, WebhookRefusal expected)
    {
        Default.TryRead(text, out _, out var refusal).ShouldBeFalse();

        refusal.ShouldBe(expected);
    }

    [Fact]
    public void TryRead_TokenTooLong_IsRefused()
    {
        Default.TryRead(new string('a', 257), out _, out var bare).ShouldBeFalse();
        Default.TryRead("https://oapi.dingtalk.com/robot/send?access_token=" + new string('a', 257), out _, out var inUrl).ShouldBeFalse();
        Default.TryRead(new string('a', 3000), out _, out var huge).ShouldBeFalse();

        bare.ShouldBe(WebhookRefusal.NotAUrl);
        inUrl.ShouldBe(WebhookRefusal.TokenMalformed);
        huge.ShouldBe(WebhookRefusal.TooLong);
    }

    [Fact]
    public void TryRead_SeveralEntries_NamesTheNearestMiss()
    {
        var list = new WebhookAllowList(["http://localhost:5090/robot/send", "https://oapi.dingtalk.com/robot/send"]);

        list.TryRead("https://oapi.dingtalk.com/robot/sent?access_token=abc", out _, out var path).ShouldBeFalse();
        list.TryRead("http://localhost:5091/robot/send?access_token=abc", out _, out var port).ShouldBeFalse();

        path.ShouldBe(WebhookRefusal.PathNotAllowed);
        port.ShouldBe(WebhookRefusal.PortNotAllowed);
        list.TryRead("http://localhost:5090/robot/send?access_token=abc", out var webhook, out _).ShouldBeTrue();
        webhook.Host.ShouldBe("localhost:5090");
    }

    [Theory]
    [InlineData(Token)]
    [InlineData("oapi.dingtalk.com/robot/send?access_token=" + Token)]
    public void TryReadUrl_NotAWholeAddress_IsRefused(string text) => Default.TryReadUrl(text, out _, out _).ShouldBeFalse();

    // Of what was saved: the server may have been started with another list since.
    [Theory]
    [InlineData("https://oapi.dingtalk.com/robot/send", Token, true, WebhookRefusal.Empty)]
    [InlineData("https://OAPI.dingtalk.com:443/robot/send", Token, true, WebhookRefusal.Empty)]
    [InlineData("https://oapi.example.com/robot/send", Token, false, WebhookRefusal.HostNotAllowed)]
    [InlineData("http://oapi.dingtalk.com/robot/send", Token, false, WebhookRefusal.SchemeNotAllowed)]
    [InlineData("https://oapi.dingtalk.com:8443/robot/send", Token, false, WebhookRefusal.PortNotAllowed)]
    [InlineData("https://oapi.dingtalk.com/robot/sent", Token, false, WebhookRefusal.PathNotAllowed)]
    [InlineData("https://someone@oapi.dingtalk.com/robot/send", Token, false, WebhookRefusal.UserInfo)]
    [InlineData("https://oapi.dingtalk.com/robot/send", "no token", false, WebhookRefusal.TokenMalformed)]
    public void Allows_JudgesASavedWebhookAsOneThatIsTyped(string endpoint, string token, bool isAllowed, WebhookRefusal refusal)
    {
        Default.Allows(new WebhookUrl(new Uri(endpoint), token), out var found).ShouldBe(isAllowed);

        if (!isAllowed)
        {
            found.ShouldBe(refusal);
        }
    }

    [Fact]
    public void Webhook_Printed_ShowsTheLastFourOnly()
    {
        Default.TryRead(Token, out var webhook, out _).ShouldBeTrue();

        webhook.Masked.ShouldBe("https://oapi.dingtalk.com/robot/send?access_token=****cdef");
        webhook.ToString().ShouldBe(webhook.Masked);
        $"{new RobotCredentials(webhook, RobotSecurityMode.Signature, "SECsecret")}".ShouldNotContain("SECsecret");
    }

    [Theory]
    [InlineData("abcd", "")]
    [InlineData("abcde", "bcde")]
    public void LastFour_ShortToken_NeverShowsAllOfIt(string token, string expected)
    {
        Default.TryRead(token, out var webhook, out _).ShouldBeTrue();

        webhook.LastFour.ShouldBe(expected);
    }

    [Fact]
    public void Identity_SameTokenAtTwoAddresses_IsTheSame()
    {
        var list = new WebhookAllowList(["http://localhost:5090/robot/send", "http://127.0.0.1:5090/robot/send"]);
        list.TryRead("http://localhost:5090/robot/send?access_token=abc", out var one, out _).ShouldBeTrue();
        list.TryRead("http://127.0.0.1:5090/robot/send?access_token=abc", out var other, out _).ShouldBeTrue();

        one.Identity.ShouldBe(other.Identity);
        one.ShouldNotBe(other);
    }
}
