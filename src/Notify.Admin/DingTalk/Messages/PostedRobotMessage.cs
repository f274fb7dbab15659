using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.DingTalk;

/// <summary>A message that a tool posted for a chat, as it was posted; ids, the chatbot's keyword and its mentions are put after
/// it.</summary>
internal static class PostedRobotMessage
{
    private const int MaxTitle = 200;

    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ComposedMessage Compose(RobotMessageSettings settings, MessageFrame frame, PostedMessage posted, MessageItem item)
    {
        var message = JsonNode.Parse(posted.DingTalk)!.AsObject();
        var type = message["msgtype"]!.GetValue<string>();
        var (holder, name) = Ending(message[type]!.AsObject(), type);
        var id = $"ID {EventText.SafeId(item.Event.Id)}";
        var mayCall = type is "text" or "markdown";
        var closing = $"{id} · {frame.Closing(item.ShortId, mentions: mayCall).TrimStart()}";
        if (mayCall)
        {
            Call(message, settings);
        }

        var body = Fit(message, holder, name, type == "feedCard" ? $" · {closing}" : $"\n\n{closing}");
        if (SizeOf(body) > RobotMarkdown.MaxBytes)
        {
            // Buttons, links or whom it calls take all the room: what it says is sent, as far as it goes.
            return AsMarkdown(frame, item, id);
        }

        return new ComposedMessage(body, $"{item.Event.Fields.Description}\n\n{closing}", [item.DeliveryId]);
    }

    // The mark goes where every reader sees it: a feed has nothing but titles.
    private static (JsonObject Holder, string Name) Ending(JsonObject said, string type) => type switch
    {
        "feedCard" => (said["links"]!.AsArray()[^1]!.AsObject(), "title"),
        "text" => (said, "content"),
        _ => (said, "text"),
    };

    private static string Fit(JsonObject message, JsonObject holder, string name, string closing)
    {
        var text = holder[name]!.GetValue<string>();
        for (var length = text.Length; ;)
        {
            holder[name] = (length < text.Length ? ForeignText.Cut(text, length) + "…" : text) + closing;
            var body = message.ToJsonString(Writing);
            var over = SizeOf(body) - RobotMarkdown.MaxBytes;
            if (over <= 0 || length == 0)
            {
                return body;
            }

            // A character takes up to three bytes of three, and of six where it is escaped.
            length -= Math.Min(length, Math.Max(over / 6, 16));
        }
    }

    private static int SizeOf(string body) => Encoding.UTF8.GetByteCount(body);

    private static ComposedMessage AsMarkdown(MessageFrame frame, MessageItem item, string id)
    {
        var closing = $"\n\n{id} · {frame.Closing(item.ShortId, mentions: true).TrimStart()}";
        var title = frame.Title(item.Event, EventMessage.Headline(frame.Words, item.Event, MaxTitle));
        var room = RobotMarkdown.MaxBytes - frame.Body(title, closing, mentions: true).Size;
        var description = item.Event.Fields.Description ?? string.Empty;
        var text = Paragraphs(description);
        for (var length = description.Length; length > 0 && RobotMarkdown.SizeOf(text) > room;)
        {
            length = length * 3 / 4;
            text = Paragraphs(ForeignText.Cut(description, length)) + "…";
        }

        return frame.Compose(frame.Body(title, text + closing, mentions: true), [item]);
    }

    private static string Paragraphs(string text) =>
        string.Join("\n\n", text.Split('\n').Select(line => EventText.Safe(line, int.MaxValue)).Where(line => line.Length > 0));

    private static void Call(JsonObject message, RobotMessageSettings settings)
    {
        if (settings.Mention == MentionMode.Nobody)
        {
            return;
        }

        var at = message["at"] as JsonObject ?? (message["at"] = new JsonObject()).AsObject();
        if (settings.Mention == MentionMode.Everyone)
        {
            at["isAtAll"] = true;
            return;
        }

        var mobiles = at["atMobiles"] as JsonArray ?? (at["atMobiles"] = new JsonArray()).AsArray();
        foreach (var mobile in settings.Mobiles)
        {
            mobiles.Add((JsonNode)mobile);
        }
    }
}
