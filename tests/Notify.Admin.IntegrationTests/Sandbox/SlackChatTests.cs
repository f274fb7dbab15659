using System.Text.Json;
using Notify.Sandbox;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Sandbox;

public sealed class SlackChatTests : SandboxTest
{
    [Fact]
    public async Task PostMessage_InJoinedChannel_IsRecorded()
    {
        var answer = await SlackAsync("chat.postMessage", new { channel = SlackSeeds.Joined, text = "Hello <!here> &lt;you&gt;" });

        answer.GetProperty("ok").GetBoolean().ShouldBeTrue();
        answer.GetProperty("channel").GetString().ShouldBe(SlackSeeds.Joined);
        answer.GetProperty("message").GetProperty("text").GetString().ShouldBe("Hello <!here> &lt;you&gt;");
        var message = await Server.WaitForMessageAsync(message => message.WentTo(SlackSeeds.Joined), TimeSpan.FromSeconds(60), Token);
        message.Target.ShouldBe(SandboxTarget.Slack);
        message.DestinationName.ShouldBe("#alerts");
        message.Token.ShouldBe("oken");
        message.Text.ShouldBe("Hello @here <you>");
        message.Mentions.ShouldBe(["@here"]);
        message.Id.ShouldBe(answer.GetProperty("ts").GetString());
        message.RawBody.ShouldNotContain("xoxb");
    }

    [Theory]
    [InlineData(SlackSeeds.NotJoined, "not_in_channel")]
    [InlineData(SlackSeeds.PrivateNotInvited, "channel_not_found")]
    [InlineData("C0NOWHERE1", "channel_not_found")]
    [InlineData(SlackSeeds.Archived, "is_archived")]
    [InlineData(SlackSeeds.Restricted, "restricted_action")]
    [InlineData("C0LABS0001", "channel_not_found")]
    public async Task PostMessage_WhereTheBotMayNot_IsRefused(string channel, string code)
    {
        var answer = await SlackAsync("chat.postMessage", new { channel, text = "x" });

        Code(answer).ShouldBe(code);
        Server.Messages.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Update_OfAMessage_IsRecordedAsItsChange()
    {
        var ts = (await SlackAsync("chat.postMessage", new { channel = SlackSeeds.Joined, text = "x" })).GetProperty("ts").GetString();
        var answer = await SlackAsync("chat.update", new { channel = SlackSeeds.Joined, ts, text = "y" });

        answer.GetProperty("ts").GetString().ShouldBe(ts);
        var change = Server.Messages.All[^1];
        (change.Id, change.IsUpdate, change.Text).ShouldBe((ts, true, "y"));
        Server.Slack.Tokens.Put(new SandboxToken { Token = "xoxb-of-another-app", AppId = "A0FOREIGN1", Scopes = ["chat:write"] });
        Code(await SlackAsync("chat.update", new { channel = SlackSeeds.Joined, ts, text = "y" }, "xoxb-of-another-app"))
            .ShouldBe("cant_update_message");
        Code(await SlackAsync("chat.update", new { channel = SlackSeeds.PrivateInvited, ts, text = "y" })).ShouldBe("message_not_found");
        Server.Slack.Posts.Delete(ts!).ShouldBeTrue();
        Code(await SlackAsync("chat.update", new { channel = SlackSeeds.Joined, ts, text = "y" })).ShouldBe("message_not_found");
    }

    [Fact]
    public async Task PostMessage_InAThread_SaysSo_AndInADeletedOneLeavesItOut()
    {
        var ts = (await SlackAsync("chat.postMessage", new { channel = SlackSeeds.Joined, text = "x" })).GetProperty("ts").GetString();
        var reply = await SlackAsync("chat.postMessage", new { channel = SlackSeeds.Joined, thread_ts = ts, text = "y" });
        reply.GetProperty("message").GetProperty("thread_ts").GetString().ShouldBe(ts);
        Server.Messages.All[^1].Thread.ShouldBe(ts);

        Server.Slack.Posts.Delete(ts!).ShouldBeTrue();
        var alone = await SlackAsync("chat.postMessage", new { channel = SlackSeeds.Joined, thread_ts = ts, text = "z" });
        alone.GetProperty("message").TryGetProperty("thread_ts", out _).ShouldBeFalse();
        Server.Messages.All[^1].Thread.ShouldBeNull();
    }

    [Theory]
    [InlineData(SlackSeeds.PrivateInvited)]
    [InlineData("#alerts")]
    [InlineData("U0PERSON01")]
    public async Task PostMessage_WhereTheBotMay_IsAccepted(string channel)
    {
        var answer = await SlackAsync("chat.postMessage", new { channel, text = "x" });

        answer.GetProperty("ok").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task PostMessage_WithPublicScope_NeedsNoMembership()
    {
        var answer = await SlackAsync("chat.postMessage", new { channel = SlackSeeds.NotJoined, text = "x" }, SlackSeeds.PublicBotToken);

        answer.GetProperty("ok").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task PostMessage_WithoutContent_AnswersNoText()
    {
        Code(await SlackAsync("chat.postMessage", new { channel = SlackSeeds.Joined })).ShouldBe("no_text");
        Code(await SlackAsync("chat.postMessage", new { text = "x" })).ShouldBe("missing_argument");
    }

    [Fact]
    public async Task PostMessage_SectionTooLong_NamesTheBlockInSlacksWords()
    {
        var blocks = new object[] { Section(new string('x', 3000)), Section(new string('x', 3001)) };
        var answer = await SlackAsync("chat.postMessage", new { channel = SlackSeeds.Joined, text = "x", blocks });

        const string Expected = "must be less than 3001 characters [json-pointer:/blocks/1/text/text]";
        Code(answer).ShouldBe("invalid_blocks");
        answer.GetProperty("errors").EnumerateArray().Single().GetString().ShouldBe(Expected);
        answer.GetProperty("response_metadata").GetProperty("messages").EnumerateArray().Single().GetString()
            .ShouldBe("[ERROR] " + Expected);
    }

    [Fact]
    public async Task PostMessage_BlockLimits_AreKept()
    {
        var fifty = Enumerable.Range(0, 50).Select(_ => Section("x"));

        (await PostBlocksAsync(fifty)).GetProperty("ok").GetBoolean().ShouldBeTrue();
        Errors(await PostBlocksAsync(fifty.Append(Section("x")))).ShouldBe(["no more than 50 items allowed [json-pointer:/blocks]"]);
        Errors(await PostBlocksAsync([new { type = "header", text = new { type = "plain_text", text = new string('x', 151) } }]))
            .ShouldBe(["must be less than 151 characters [json-pointer:/blocks/0/text/text]"]);
        Errors(await PostBlocksAsync([Section("")])).ShouldBe(["must be more than 0 characters [json-pointer:/blocks/0/text/text]"]);
        Errors(await PostBlocksAsync([new { type = "marquee" }])).ShouldBe(["unsupported type: marquee [json-pointer:/blocks/0/type]"]);
        Errors(await PostBlocksAsync([new { type = "section" }])).ShouldBe(["missing required field: text [json-pointer:/blocks/0]"]);
        Code(await SlackAsync("chat.postMessage", new { channel = SlackSeeds.Joined, text = "x", blocks = "not json" }))
            .ShouldBe("invalid_blocks_format");
    }

    [Fact]
    public async Task PostMessage_TextBeyond40000_IsShortened()
    {
        var answer = await SlackAsync("chat.postMessage", new { channel = SlackSeeds.Joined, text = new string('x', 40_001) });

        answer.GetProperty("message").GetProperty("text").GetString()!.Length.ShouldBe(40_000);
        Server.Messages.All.Single().Text.Length.ShouldBe(40_000);
    }

    [Fact]
    public async Task PostMessage_Timestamps_AreDistinctThoughTheClockStands()
    {
        var first = await SlackAsync("chat.postMessage", new { channel = SlackSeeds.Joined, text = "1" });
        var second = await SlackAsync("chat.postMessage", new { channel = SlackSeeds.Joined, text = "2" });

        first.GetProperty("ts").GetString().ShouldBe("1735787045.000000");
        second.GetProperty("ts").GetString().ShouldBe("1735787045.000001");
    }

    private Task<JsonElement> PostBlocksAsync(IEnumerable<object> blocks) =>
        SlackAsync("chat.postMessage", new { channel = SlackSeeds.Joined, text = "x", blocks });

    private static object Section(string text) => new { type = "section", text = new { type = "mrkdwn", text } };

    private static IEnumerable<string?> Errors(JsonElement answer) => Strings(answer.GetProperty("errors"));
}
