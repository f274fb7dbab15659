using System.Text.Json;
using System.Text.RegularExpressions;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <summary>What a tool asks to be said in a chat, ready to be sent by either vendor.</summary>
/// <param name="Title">One line: for lists, digests and what phones show.</param>
/// <param name="Text">All of it for people, without links' markup.</param>
/// <param name="Slack">See <see cref="Channels.PostedMessage.Slack"/>.</param>
/// <param name="DingTalk">See <see cref="Channels.PostedMessage.DingTalk"/>.</param>
internal sealed partial record PostedText(string Title, string Text, string Slack, string DingTalk)
{
    private const int LongestTitle = 200;

    /// <summary>What Slack and DingTalk both take, and more than either shows without a click.</summary>
    private const int LongestText = 40_000;

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static PostedText OfSlack(JsonElement message, string mrkdwn, bool letsMentions)
    {
        var plain = SlackMarkup.Plain(mrkdwn);
        var (markdown, callsEveryone) = SlackMarkup.ToDingTalk(mrkdwn, letsMentions);
        var title = TitleOf(plain);
        return new PostedText(title, Cut(plain), SlackMessage.Copy(message, letsMentions), JsonSerializer.Serialize(new
        {
            msgtype = "markdown",
            markdown = new { title, text = Cut(markdown) },
            at = new { isAtAll = callsEveryone },
        }, Json));
    }

    public static PostedText OfDingTalk(JsonElement message, RobotMessage robot, bool letsMentions)
    {
        var callsEveryone = letsMentions && robot.MentionsEveryone;
        var mrkdwn = robot.IsPlain ? SlackMarkup.Escape(robot.Text) : DingTalkMarkup.ToSlack(robot.Text, callsEveryone);
        if (callsEveryone && !mrkdwn.Contains("<!channel>", StringComparison.Ordinal))
        {
            mrkdwn += "\n<!channel>";
        }

        return new PostedText(TitleOf(robot.Title ?? robot.Text), Cut(robot.Text), JsonSerializer.Serialize(new
        {
            text = Cut(mrkdwn),
            mrkdwn = !robot.IsPlain,
            unfurl_links = false,
            unfurl_media = false,
        }, Json), RobotMessage.Copy(message, letsMentions));
    }

    // A headline is plain: no marks of emphasis, headings and quotations.
    private static string TitleOf(string text)
    {
        var line = text.Split('\n').Select(part =>
                ForeignText.Line(Emphasis().Replace(part, "${text}").Trim().Trim('*', '_', '#', '>', '`', '~').Trim(), LongestTitle))
            .FirstOrDefault(part => part.Length > 0);
        return line ?? "Message";
    }

    private static string Cut(string text) => ForeignText.Cut(text, LongestText);

    // Around words: what stands within one, as in snake_case, is a part of it.
    [GeneratedRegex(@"(?<![\p{L}\p{N}])(?<mark>[*_~`]{1,3})(?=\S)(?<text>[^\n]{0,200}?\S)\k<mark>(?![\p{L}\p{N}])")]
    private static partial Regex Emphasis();
}
