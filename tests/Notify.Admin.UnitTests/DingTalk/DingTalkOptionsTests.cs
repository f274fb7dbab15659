using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Notify.Admin.DingTalk;

namespace Notify.Admin.UnitTests.DingTalk;

public class DingTalkOptionsTests
{
    [Fact]
    public void EffectiveWebhooks_NothingConfigured_IsDingTalksOwn() =>
        Read([]).EffectiveWebhooks.ShouldBe(["https://oapi.dingtalk.com/robot/send"]);

    [Fact]
    public void EffectiveWebhooks_OneElementConfigured_ReplacesTheDefault() =>
        Read([new("DingTalk:AllowedWebhooks:0", "http://localhost:5090/robot/send")])
            .EffectiveWebhooks.ShouldBe(["http://localhost:5090/robot/send"]);

    [Fact]
    public void EffectiveWebhooks_EmptyList_IsDingTalksOwn() =>
        Read([new("DingTalk:AllowedWebhooks", "")]).EffectiveWebhooks.ShouldBe([DingTalkOptions.DefaultWebhook]);

    [Fact]
    public void EffectiveWebhooks_OneValueInPlaceOfAList_IsNotIgnored() =>
        Read([new("DingTalk:AllowedWebhooks", "http://localhost:5090/robot/send, https://oapi.dingtalk.com/robot/send")])
            .EffectiveWebhooks.ShouldBe(["http://localhost:5090/robot/send", "https://oapi.dingtalk.com/robot/send"]);

    [Theory]
    [InlineData("oapi.dingtalk.com/robot/send")]
    [InlineData("ftp://oapi.dingtalk.com/robot/send")]
    [InlineData("https:///robot/send")]
    [InlineData("https://*.dingtalk.com/robot/send")]
    [InlineData("https://oapi.dingtalk.com/robot/send#x")]
    [InlineData("")]
    public void Validate_NotAnAddress_NamesKeyValueAndMend(string value)
    {
        var failure = Should.Throw<OptionsValidationException>(() => Read(
            [new("DingTalk:AllowedWebhooks:0", "https://oapi.dingtalk.com/robot/send"),
            new("DingTalk:AllowedWebhooks:1", value)])).Failures.ShouldHaveSingleItem();

        failure.ShouldStartWith($"DingTalk:AllowedWebhooks:1 is '{value.Split('#')[0]}");
        failure.ShouldContain("give an absolute http or https address");
        failure.ShouldNotContain("\n");
    }

    [Theory]
    [InlineData("https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef", "0123456789abcdef")]
    [InlineData("https://me:hunter2@oapi.dingtalk.com/robot/send", "hunter2")]
    public void Validate_ValueWithSecret_DoesNotRepeatIt(string value, string secret) =>
        Should.Throw<OptionsValidationException>(() => Read([new("DingTalk:AllowedWebhooks:0", value)])).Message.ShouldNotContain(secret);

    private static DingTalkOptions Read(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        using var services = new ServiceCollection().AddLogging().AddDingTalk(configuration).BuildServiceProvider();
        return services.GetRequiredService<IOptions<DingTalkOptions>>().Value;
    }
}
