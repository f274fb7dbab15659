using System.Text.Json;

namespace Notify.Admin.Sources;

/// <summary>What a robot is asked to say.</summary>
/// <param name="Title">What the chat list shows; null for plain text.</param>
/// <param name="Text">Markdown, unless <paramref name="IsPlain"/>.</param>
internal sealed record RobotMessage(string? Title, string Text, bool IsPlain, bool MentionsEveryone)
{
    public static readonly string[] Types = ["text", "markdown", "link", "actionCard", "feedCard"];

    /// <summary>The message as any robot can be sent it: what is said and, where mentions are let through, who is called.</summary>
    /// <param name="message">Checked by <see cref="DingTalkRobotRequest"/>.</param>
    public static string Copy(JsonElement message, bool letsMentions) => MessageCopy.Of(json =>
    {
        var type = message.GetProperty("msgtype").GetString()!;
        json.WriteString("msgtype", type);
        foreach (var name in letsMentions ? (string[])[type, "at"] : [type])
        {
            if (message.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object)
            {
                json.WritePropertyName(name);
                MessageCopy.Write(json, value, MessageCopy.AsItIs);
            }
        }
    });
}
