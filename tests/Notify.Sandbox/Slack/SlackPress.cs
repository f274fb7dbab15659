using System.Text.Json;
using System.Text.Json.Nodes;

namespace Notify.Sandbox.Slack;

/// <summary>Presses a button of a message, as a person in Slack would: the app is told by Socket Mode.</summary>
internal static class SlackPress
{
    /// <summary>Whether there is a button in it that the app is told of: one with an address only leads there.</summary>
    public static bool IsInteractive(JsonElement? blocks) => blocks is { ValueKind: JsonValueKind.Array } list
        && list.EnumerateArray().Any(block => block.ValueKind == JsonValueKind.Object
            && block.TryGetProperty("elements", out var elements) && elements.ValueKind == JsonValueKind.Array
            && elements.EnumerateArray().Any(element => element.ValueKind == JsonValueKind.Object
                && element.TryGetProperty("action_id", out _)));

    /// <param name="times">How often the app is told of the one press: more than once where it did not acknowledge in time.</param>
    /// <returns>How many of these were acknowledged within three seconds; null where nobody is connected.</returns>
    /// <exception cref="ArgumentException">There is no such button, or nobody of that id.</exception>
    public static async Task<int?> RunAsync(SandboxState state, string ts, string actionId, string userId, int times)
    {
        var slack = state.Slack;
        if (slack.Posts.Find(ts) is not { Interactive: { } message } post)
        {
            throw new ArgumentException($"ts: there is no message {ts} with buttons.");
        }

        if (slack.Users.Find(userId) is not { } user)
        {
            throw new ArgumentException($"userId: there is nobody with the id {userId}.");
        }

        if (Find(message, actionId) is not var (block, button))
        {
            throw new ArgumentException($"actionId: the message has no button {actionId}.");
        }

        var team = slack.Teams.Find(user.TeamId);
        var payload = new JsonObject
        {
            ["type"] = "block_actions",
            ["user"] = new JsonObject
            {
                ["id"] = user.Id, ["username"] = user.Name, ["name"] = user.Name, ["team_id"] = user.TeamId,
            },
            ["api_app_id"] = post.AppId,
            ["token"] = "sandbox-verification-token",
            ["container"] = new JsonObject
            {
                ["type"] = "message", ["message_ts"] = ts, ["channel_id"] = post.ChannelId, ["is_ephemeral"] = false,
            },
            ["trigger_id"] = Guid.NewGuid().ToString("N"),
            ["team"] = new JsonObject { ["id"] = user.TeamId, ["domain"] = team?.Domain },
            ["enterprise"] = null,
            ["is_enterprise_install"] = false,
            ["channel"] = new JsonObject { ["id"] = post.ChannelId, ["name"] = slack.Channels.Find(post.ChannelId)?.Name },
            ["message"] = message.DeepClone(),
            ["state"] = new JsonObject { ["values"] = new JsonObject() },
            ["response_url"] = $"https://hooks.slack.com/actions/{user.TeamId}/1/sandbox",
            ["actions"] = new JsonArray(new JsonObject
            {
                ["action_id"] = actionId,
                ["block_id"] = (string?)block["block_id"] ?? "b1",
                ["text"] = button["text"]?.DeepClone(),
                ["value"] = (string?)button["value"],
                ["type"] = "button",
                ["action_ts"] = slack.NextTimestamp(),
            }),
        };
        var acknowledged = 0;
        for (var time = 0; time < times; time++)
        {
            if (slack.Sockets.Next(post.AppId) is not { } socket)
            {
                return time == 0 ? null : acknowledged;
            }

            acknowledged += await socket.PressAsync(payload.DeepClone().AsObject()) ? 1 : 0;
        }

        return acknowledged;
    }

    private static (JsonObject Block, JsonObject Button)? Find(JsonObject message, string actionId)
    {
        foreach (var block in (message["blocks"] as JsonArray ?? []).OfType<JsonObject>())
        {
            foreach (var element in (block["elements"] as JsonArray ?? []).OfType<JsonObject>())
            {
                if (element["action_id"] is JsonValue id && id.TryGetValue<string>(out var text) && text == actionId)
                {
                    return (block, element);
                }
            }
        }

        return null;
    }
}
