using System.Text.Json;
using Notify.Admin.Sources;

namespace Notify.Admin.UnitTests.Sources.Robots;

public sealed class PostedTextTests
{
    [Theory]
    [InlineData("*shop-web* build 418 _failed_ in `main`", "shop-web build 418 failed in main")]
    [InlineData("\n*Build failed*\nmore", "Build failed")]
    [InlineData("> a_snake_case_name and 2*3*4 stay", "a_snake_case_name and 2*3*4 stay")]
    [InlineData("***", "Message")]
    [InlineData("~gone~ <https://example.net/|link>", "gone link (https://example.net/)")]
    public void Headline_OfSlacksText_IsPlain(string mrkdwn, string headline) =>
        PostedText.OfSlack(Message(), mrkdwn, false).Title.ShouldBe(headline);

    [Theory]
    [InlineData("## **shop-web** build", "shop-web build")]
    [InlineData("#### Disk *full* on **db-1**", "Disk full on db-1")]
    public void Headline_OfDingTalksText_IsPlain(string text, string headline) =>
        PostedText.OfDingTalk(Message(), new RobotMessage(null, text, false, false), false).Title.ShouldBe(headline);

    private static JsonElement Message() => JsonDocument.Parse("""{"msgtype":"text","text":{"content":"x"}}""").RootElement.Clone();
}
