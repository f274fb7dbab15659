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

    public static ComposedMessage Compose(SlackMessageSettings settings, PostedMessage posted, MessageItem item)
    {
        var words = SlackWords.In(settings.Language);
        var small = $"{words["Delivery", item.ShortId]} · {words["EventId", SlackEventText.Id(item.Event.Id)]} · Notify.Admin";
        var mentions = settings.MentionsFor([item]);
        var body = JsonNode.Parse(posted.Slack)!.AsObject();
        body.Insert(0, "channel", settings.ChannelId);
        Append(body, mentions, small);
        var shown = mentions.Length > 0 ? $"{SlackMentionText.Shown(mentions)}\n{small}" : small;
        return new ComposedMessage(body.ToJsonString(Writing), $"{item.Event.Fields.Description}\n\n{shown}", [item.DeliveryId]);
    }

    private static void Append(JsonObject body, string mentions, string small)
    {
        var blocks = body["blocks"] as JsonArray;
        var attachments = body["attachments"] as JsonArray;
        var ending = Ending(mentions, small);
        if (blocks is { Count: > 0 } && blocks.Count + ending.Count <= SlackLayout.MaxBlocks)
        {
            ending.ForEach(block => blocks.Add((JsonNode)block));
        }
        else if (attachments is { Count: > 0 and < MostAttachments } || (blocks is { Count: > 0 } && attachments is null or { Count: 0 }))
        {
            attachments ??= (body["attachments"] = new JsonArray()).AsArray();
            attachments.Add((JsonNode)new JsonObject
            {
                ["fallback"] = SlackEventText.Escape(small),
                ["blocks"] = new JsonArray([.. ending]),
            });
        }
        else
        {
            var text = body["text"] is JsonValue value && value.TryGetValue<string>(out var said) ? said : "";
            var called = mentions.Length > 0 ? $"\n{mentions}" : "";
            body["text"] = $"{ForeignText.Cut(text, MaxText)}{called}\n{SlackEventText.Escape(small)}";
        }
    }

    private static List<JsonObject> Ending(string mentions, string small)
    {
        List<JsonObject> blocks = [];
        if (mentions.Length > 0)
        {
            blocks.Add(new JsonObject
            {
                ["type"] = "section",
                ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = mentions, ["verbatim"] = true },
            });
        }

        blocks.Add(new JsonObject
        {
            ["type"] = "context",
            ["elements"] = new JsonArray(new JsonObject
            {
                ["type"] = "plain_text",
                ["text"] = SlackEventText.Escape(small),
                ["emoji"] = false,
            }),
        });
        return blocks;
    }
}
