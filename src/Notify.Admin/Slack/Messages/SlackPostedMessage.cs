using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.Slack;

/// <summary>A message that a tool posted for a chat, as it was posted; the small print is put after it.</summary>
internal static class SlackPostedMessage
{
    private const int MostAttachments = 100;

    // Slack cuts a longer text, and with it the small print.
    private const int MaxText = 39_000;

    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ComposedMessage Compose(string channelId, PostedMessage posted, MessageItem item)
    {
        var small = $"Delivery {item.ShortId} · Event ID: {SlackEventText.Id(item.Event.Id)} · Notify.Admin";
        var body = JsonNode.Parse(posted.Slack)!.AsObject();
        body.Insert(0, "channel", channelId);
        Append(body, small);
        return new ComposedMessage(body.ToJsonString(Writing), $"{item.Event.Fields.Description}\n\n{small}", [item.DeliveryId]);
    }

    private static void Append(JsonObject body, string small)
    {
        var blocks = body["blocks"] as JsonArray;
        var attachments = body["attachments"] as JsonArray;
        if (blocks is { Count: > 0 and < SlackLayout.MaxBlocks })
        {
            blocks.Add((JsonNode)Context(small));
        }
        else if (attachments is { Count: > 0 and < MostAttachments } || (blocks is { Count: > 0 } && attachments is null or { Count: 0 }))
        {
            attachments ??= (body["attachments"] = new JsonArray()).AsArray();
            attachments.Add((JsonNode)new JsonObject
            {
                ["fallback"] = SlackEventText.Escape(small),
                ["blocks"] = new JsonArray(Context(small)),
            });
        }
        else
        {
            var text = body["text"] is JsonValue value && value.TryGetValue<string>(out var said) ? said : "";
            body["text"] = $"{ForeignText.Cut(text, MaxText)}\n{SlackEventText.Escape(small)}";
        }
    }

    private static JsonObject Context(string text) => new()
    {
        ["type"] = "context",
        ["elements"] = new JsonArray(new JsonObject
        {
            ["type"] = "plain_text",
            ["text"] = SlackEventText.Escape(text),
            ["emoji"] = false,
        }),
    };
}
