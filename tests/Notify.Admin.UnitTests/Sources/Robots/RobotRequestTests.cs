using System.Text;
using System.Text.Json;
using Notify.Admin.Sources;

namespace Notify.Admin.UnitTests.Sources.Robots;

public sealed class RobotRequestTests
{
    [Theory]
    [InlineData("""{"text":"hello *you*"}""", "hello *you*")]
    [InlineData("""{"text":"short","blocks":[{"type":"header","text":{"type":"plain_text","text":"A & B"}},{"type":"divider"},{"type":"section","text":{"type":"mrkdwn","text":"_it_"},"fields":[{"type":"mrkdwn","text":"*Host*"},{"type":"plain_text","text":"<db>"}]},{"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"Open"},"url":"https://example.net/1"},{"type":"button","text":{"type":"plain_text","text":"Ack"}}]}]}""",
        "*A &amp; B*\n_it_\n*Host*\n&lt;db&gt;\n<https://example.net/1|Open>")]
    [InlineData("""{"attachments":[{"pretext":"p","title":"T","title_link":"https://example.net/t","text":"x","fields":[{"title":"Host","value":"db-1"}],"fallback":"f","footer":"by"},{"fallback":"only"}]}""",
        "p\n<https://example.net/t|T>\nx\n*Host*: db-1\nby\nonly")]
    [InlineData("""{"blocks":[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"a<b "},{"type":"link","url":"https://example.net/","text":"l"}]},{"type":"rich_text_list","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"one"}]}]}]}]}""",
        "a&lt;b <https://example.net/|l>\n• one")]
    public void Slack_Message_IsOneText(string json, string mrkdwn) => Slack(json).ShouldBe((mrkdwn, null));

    [Theory]
    [InlineData("[]", "invalid_payload")]
    [InlineData("""{"text":7}""", "invalid_payload")]
    [InlineData("""{"attachments":{}}""", "invalid_payload")]
    [InlineData("{}", "no_text")]
    [InlineData("""{"text":" ","blocks":[],"attachments":[{}]}""", "no_text")]
    [InlineData("""{"text":"x","blocks":{}}""", "invalid_blocks")]
    [InlineData("""{"text":"x","blocks":[{"text":"y"}]}""", "invalid_blocks")]
    public void Slack_BadRequest_IsRefusedInSlacksWords(string json, string error) => Slack(json).ShouldBe((null, error));

    [Fact]
    public void Slack_TooManyAttachments_IsRefused() =>
        Slack($$"""{"attachments":[{{string.Join(',', Enumerable.Repeat("{\"text\":\"x\"}", 101))}}]}""").Error.ShouldBe("too_many_attachments");

    [Theory]
    [InlineData("""{"msgtype":"text","text":{"content":"a *b*\nc"}}""", null, "a *b*\nc")]
    [InlineData("""{"msgtype":"markdown","markdown":{"title":"T","text":"#### x"}}""", "T", "#### x")]
    [InlineData("""{"msgtype":"link","link":{"title":"T","text":"x","messageUrl":"https://example.net/1","picUrl":""}}""", "T", "**[T](https://example.net/1)**\n\nx")]
    [InlineData("""{"msgtype":"actionCard","actionCard":{"title":"T","text":"x","singleTitle":"Open","singleURL":"https://example.net/1","btns":[]}}""", "T", "x\n\n[Open](https://example.net/1)")]
    [InlineData("""{"msgtype":"actionCard","actionCard":{"title":"T","text":"x","btns":[{"title":"A","actionURL":"https://example.net/a"},{"title":"B","actionURL":"https://example.net/b"}]}}""", "T", "x\n\n[A](https://example.net/a) · [B](https://example.net/b)")]
    [InlineData("""{"msgtype":"feedCard","feedCard":{"links":[{"title":"A","messageURL":"https://example.net/a","picURL":"https://example.net/a.png"}]}}""", "A", "- [A](https://example.net/a)")]
    public void DingTalk_Message_IsMarkdown(string json, string? title, string markdown)
    {
        var (message, _) = DingTalk(json);

        message!.Title.ShouldBe(title);
        message.Text.ShouldBe(markdown);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("\"true\"", true)]
    [InlineData("false", false)]
    [InlineData("7", false)]
    public void DingTalk_AtAll_IsRead(string value, bool mentions) =>
        DingTalk($$$"""{"msgtype":"text","text":{"content":"x"},"at":{"isAtAll":{{{value}}}}}""").Message!.MentionsEveryone.ShouldBe(mentions);

    [Theory]
    [InlineData("not json", "40035")]
    [InlineData("[]", "40035")]
    [InlineData("{}", "40035")]
    [InlineData("""{"msgtype":"text"}""", "40035")]
    [InlineData("""{"msgtype":"text","text":{"content":""}}""", "40035")]
    [InlineData("""{"msgtype":"markdown","markdown":{"text":"x"}}""", "40035")]
    [InlineData("""{"msgtype":"actionCard","actionCard":{"title":"T","text":"x"}}""", "40035")]
    [InlineData("""{"msgtype":"feedCard","feedCard":{"links":[{}]}}""", "40035")]
    [InlineData("""{"msgtype":"image","image":{}}""", "400105")]
    public void DingTalk_BadRequest_HasDingTalksCode(string json, string code) => DingTalk(json).Refusal!.Code.ShouldBe(code);

    [Fact]
    public void DingTalk_OtherContentType_IsRefused() => DingTalk("{}", "text/plain").Refusal!.Code.ShouldBe("43004");

    [Fact]
    public void DingTalk_TooLong_IsRefused() => DingTalk(new string(' ', 20_001)).Refusal!.Code.ShouldBe("460101");

    private static (string? Mrkdwn, string? Error) Slack(string json)
    {
        using var document = JsonDocument.Parse(json);
        var (mrkdwn, refusal) = SlackWebhookRequest.Read(document.RootElement);
        return (mrkdwn, refusal?.Code);
    }

    private static (RobotMessage? Message, SourceRefusal? Refusal) DingTalk(string body, string type = "application/json; charset=utf-8")
    {
        using var document = PayloadJson.Parse(type, Encoding.UTF8.GetBytes(body));
        return DingTalkRobotRequest.Read(type, Encoding.UTF8.GetByteCount(body), document?.RootElement);
    }
}
