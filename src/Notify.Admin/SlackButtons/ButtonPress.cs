using System.Text.Json;
using Notify.Admin.Security;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackButtons;

/// <summary>That somebody has pressed a button of a message, as Slack tells of it (<c>block_actions</c>).</summary>
/// <param name="TeamId">The workspace of the person: another's, in a channel that is shared with it.</param>
/// <param name="Thread">The message that the pressed one answers; null for one in the channel itself.</param>
/// <param name="At">Slack's id of the press: the same where it is told again.</param>
internal sealed record ButtonPress(
    string UserId, string? TeamId, string ChannelId, string MessageId, string? Thread, string ActionId, string Value, string At)
{
    private const int MaxId = 64;

    /// <summary>The same for one press, however often Slack tells of it.</summary>
    public string Key => string.Join('\n', ChannelId, MessageId, UserId, ActionId, At);

    /// <summary>Null for anything but the press of a button in a message.</summary>
    public static ButtonPress? Read(JsonElement payload)
    {
        if (payload.ValueKind != JsonValueKind.Object || payload.Text("type") != "block_actions"
            || payload.Items("actions").FirstOrDefault() is not { ValueKind: JsonValueKind.Object } action)
        {
            return null;
        }

        var user = payload.Member("user") ?? default;
        var container = payload.Member("container") ?? default;
        return Id(user.Text("id")) is { } userId
            && Id(container.Text("channel_id") ?? payload.Member("channel")?.Text("id")) is { } channelId
            && Id(container.Text("message_ts")) is { } messageId && Id(action.Text("action_id")) is { } actionId
            ? new ButtonPress(
                userId, Id(user.Text("team_id")), channelId, messageId, Id(container.Text("thread_ts")), actionId,
                Id(action.Text("value")) ?? "", Id(action.Text("action_ts")) ?? "")
            : null;
    }

    private static string? Id(string? text) => ForeignText.Id(text, MaxId);
}
