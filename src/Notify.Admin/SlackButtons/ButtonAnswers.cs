using System.Globalization;
using System.Resources;
using System.Text.Json;
using System.Text.Json.Nodes;
using Notify.Admin.Channels;
using Notify.Admin.Slack;
using Notify.Admin.SlackWorkspaces;

namespace Notify.Admin.SlackButtons;

/// <summary>What is told to whoever has pressed, and to nobody else.</summary>
/// <param name="Reason">The text <c>Message.Button.{Reason}</c>.</param>
/// <param name="Argument">Of the text: a person or a code.</param>
internal sealed record ButtonAnswer(string Reason, string? Argument = null);

/// <summary>Answers people in Slack, by the Web API with the workspace's bot token: the address that comes with a press is not
/// called.</summary>
internal sealed class ButtonAnswers(SlackClient slack, WorkspaceTokens tokens, ILogger<ButtonAnswers> logger)
{
    private const int MaxArgument = 200;

    private static readonly ResourceManager Resources = new(typeof(SlackButtonsText));
    private static readonly MessageTexts English = new(Resources, CultureInfo.InvariantCulture);
    private static readonly MessageTexts Chinese = new(Resources, CultureInfo.GetCultureInfo("zh-CN"));

    public async Task TellAsync(
        int workspaceId, ButtonPress press, SlackLanguage language, ButtonAnswer answer, CancellationToken cancellationToken)
    {
        var texts = language == SlackLanguage.Zh ? Chinese : English;
        var body = new JsonObject
        {
            ["channel"] = press.ChannelId,
            ["user"] = press.UserId,
            ["text"] = SlackEventText.Escape(texts[$"Button.{answer.Reason}", SlackEventText.Line(answer.Argument, MaxArgument)]),
        };
        if (press.Thread is not null)
        {
            body["thread_ts"] = press.Thread;
        }

        var token = await tokens.BotTokenAsync(workspaceId, cancellationToken);
        var code = token.Ok
            ? (await slack.PostEphemeralAsync(token.Value, body.ToJsonString(JsonSerializerOptions.Web), cancellationToken)).Code
            : SlackErrors.TokenUnreadable;
        if (code != SlackErrors.Accepted)
        {
            logger.LogWarning("Slack did not show {User} of workspace {Workspace} what came of a press: {Code}", press.UserId, workspaceId,
                code);
        }
    }
}
