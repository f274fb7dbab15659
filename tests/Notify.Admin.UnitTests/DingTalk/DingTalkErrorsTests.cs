using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Notify.Admin.DeliveryPolicies;
using Notify.Admin.DingTalk;

namespace Notify.Admin.UnitTests.DingTalk;

public sealed class DingTalkErrorsTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
    private readonly CultureInfo _culture = CultureInfo.CurrentUICulture;

    public static TheoryData<string, string> CodesAndLanguages =>
    [
        .. from code in DingTalkErrors.Codes.Append("0").Append("http_502").Append("http_429").Append("http_408").Append("http_404")
            .Append("123456")
           from language in new[] { "en", "zh-CN" }
           select (code, language),
    ];

    public static TheoryData<WebhookRefusal> Refusals => [.. Enum.GetValues<WebhookRefusal>()];

    public void Dispose()
    {
        CultureInfo.CurrentUICulture = _culture;
        _services.Dispose();
    }

    [Theory]
    [InlineData("keywords not in content, more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]", "310000/keyword")]
    [InlineData("sign not match, more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]", "310000/sign")]
    [InlineData("invalid timestamp, more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]", "310000/timestamp")]
    [InlineData("ip 203.0.113.7 not in whitelist, more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]", "310000/ip")]
    [InlineData("keywords not in content", "310000/keyword")]
    [InlineData("sign not match", "310000/sign")]
    [InlineData("description:关键词不匹配;solution:请联系群管理员查看此机器人的关键词，并在发送的信息中包含此关键词;", "310000/keyword")]
    [InlineData("description:机器人发送签名不匹配;solution:请确认签名和生成签名的时间戳必须都放在调用的网址中，请确认机器人的密钥加密和填写正确;link:x;", "310000/sign")]
    [InlineData("description:机器人发送签名过期;solution:签名生成时间和发送时间请保持在timestampms以内;link:x;", "310000/timestamp")]
    [InlineData("description:IP地址不在白名单内: 203.0.113.7;solution:请联系群管理员将该IP地址添加到机器人的IP地址段;link:x;", "310000/ip")]
    [InlineData("something else", "310000")]
    [InlineData("", "310000")]
    [InlineData(null, "310000")]
    public void CodeOf_SecurityCheck_TellsTheReasonInBothGenerations(string? text, string expected) =>
        DingTalkErrors.CodeOf(new RobotAnswer(310000, text)).ShouldBe(expected);

    [Fact]
    public void CodeOf_OtherCode_IgnoresTheText() =>
        DingTalkErrors.CodeOf(new RobotAnswer(400102, "keywords not in content")).ShouldBe("400102");

    [Theory]
    [MemberData(nameof(CodesAndLanguages))]
    public void Explain_EveryCode_HasMeaningAndMendInBothLanguages(string code, string language)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);

        var explanation = Explanations.Explain(code, null);

        foreach (var text in new[] { explanation.Meaning, explanation.Mend })
        {
            text.ShouldNotStartWith("Error.");
            text.EndsWith(language == "en" ? '.' : '。').ShouldBeTrue(text);
            text.Any(character => character > '\u3000').ShouldBe(language != "en", text);
        }
    }

    [Theory]
    [InlineData("en", 7260, "2 h 1 min ahead")]
    [InlineData("en", -93600, "26 h 0 min behind")]
    [InlineData("zh-CN", 7260, "快 2 小时 1 分钟")]
    [InlineData("en", 3, "at most")]
    public void Explain_ClockDifference_IsNamedWhenItIsOne(string language, int seconds, string expected)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        var theirs = new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var detail = ClockSkew.Append(new string('x', 4000), theirs.AddSeconds(seconds), theirs);

        Explanations.Explain("310000/timestamp", detail).Mend.ShouldContain(expected);
        detail.Length.ShouldBeLessThan(500);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Explain_EveryRefusal_HasWordsInBothLanguages(WebhookRefusal refusal)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        var english = Explanations.Explain(refusal);
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        var chinese = Explanations.Explain(refusal);

        english.ShouldEndWith(".");
        chinese.ShouldEndWith("。");
        if (refusal.ToString().EndsWith("NotAllowed", StringComparison.Ordinal))
        {
            english.ShouldContain(DingTalkOptions.DefaultWebhook);
            chinese.ShouldContain(DingTalkOptions.DefaultWebhook);
        }
    }

    private DingTalkExplanations Explanations => new(
        _services.GetRequiredService<IStringLocalizer<DingTalkText>>(),
        _services.GetRequiredService<IStringLocalizer<DeliveryPolicyText>>(), new WebhookAllowList([DingTalkOptions.DefaultWebhook]));
}
