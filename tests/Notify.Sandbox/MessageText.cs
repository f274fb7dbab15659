using System.Text.Json;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Slack;

namespace Notify.Sandbox;

/// <summary>What a person would read of a message, and whom it calls by name.</summary>
internal static class MessageText
{
    public static string Render(SandboxTarget target, JsonElement body) => target switch
    {
        SandboxTarget.Slack => SlackText.Render(body),
        SandboxTarget.DingTalk => RobotMessage.VisibleText(body, RobotMessage.Text(body, "msgtype") ?? ""),
        SandboxTarget.SecurityCenter => "",
    };

    public static IReadOnlyList<string> Mentions(SandboxTarget target, JsonElement body) => target switch
    {
        SandboxTarget.Slack => SlackText.Mentions(body),
        SandboxTarget.DingTalk => RobotMentions(body),
        SandboxTarget.SecurityCenter => [],
    };

    private static IReadOnlyList<string> RobotMentions(JsonElement body)
    {
        if (!body.TryGetProperty("at", out var at) || at.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var all = at.TryGetProperty("isAtAll", out var flag) && flag.ValueKind == JsonValueKind.True;
        return [.. all ? ["@all"] : Array.Empty<string>(), .. Names(at, "atMobiles"), .. Names(at, "atUserIds")];
    }

    private static IEnumerable<string> Names(JsonElement at, string list) =>
        at.TryGetProperty(list, out var names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Select(name => "@" + name) : [];
}
