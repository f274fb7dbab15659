using System.Text;
using System.Text.Json;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <summary>A message as a tool posts it to a Slack incoming webhook: checked as Slack does, and as one mrkdwn text.</summary>
/// <remarks>Source: docs.slack.dev, "Sending messages using incoming webhooks", "Block Kit" and "Secondary attachments".</remarks>
internal static class SlackWebhookRequest
{
    private const int MostAttachments = 100;
    private const int MostBlocks = 50;
    private const int MaxDepth = 8;

    /// <summary>Slack cuts a text after this many characters.</summary>
    private const int MaxText = 40_000;

    /// <param name="json">The body, or the form's <c>payload</c>; null where it is no JSON.</param>
    /// <returns>The message; or the words that Slack answers, with 400.</returns>
    public static (string? Mrkdwn, SourceRefusal? Refusal) Read(JsonElement? json)
    {
        if (json is not { ValueKind: JsonValueKind.Object } message)
        {
            return Refuse("invalid_payload", new Reason("SlackNoJson"));
        }

        if (message.TryGetProperty("text", out var text) && text.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
        {
            return Refuse("invalid_payload", new Reason("SlackText"));
        }

        var blocks = Items(message, "blocks");
        var attachments = Items(message, "attachments");
        if (attachments is null)
        {
            return Refuse("invalid_payload", new Reason("SlackAttachments"));
        }

        if (attachments.Count > MostAttachments)
        {
            return Refuse("too_many_attachments", new Reason("SlackTooManyAttachments", $"{MostAttachments}"));
        }

        if (blocks is null || blocks.Count > MostBlocks || blocks.Exists(block => Text(block, "type") is null))
        {
            return Refuse("invalid_blocks", new Reason("SlackBlocks", $"{MostBlocks}"));
        }

        var mrkdwn = new StringBuilder();
        AppendBlocks(mrkdwn, blocks, 0);

        // With blocks the text is only what a notification shows.
        if (mrkdwn.Length == 0 || blocks.Count == 0)
        {
            Append(mrkdwn, Text(message, "text"));
        }

        foreach (var attachment in attachments)
        {
            AppendAttachment(mrkdwn, attachment);
        }

        var whole = ForeignText.OnLines(ForeignText.Cut(mrkdwn.ToString(), MaxText));
        return whole.Length == 0 ? Refuse("no_text", new Reason("SlackNoText")) : (whole, null);
    }

    private static (string? Mrkdwn, SourceRefusal? Refusal) Refuse(string word, Reason why) =>
        (null, new SourceRefusal(StatusCodes.Status400BadRequest, word, why));

    private static void AppendAttachment(StringBuilder mrkdwn, JsonElement attachment)
    {
        var before = mrkdwn.Length;
        Append(mrkdwn, Text(attachment, "pretext"));
        if (Text(attachment, "title") is { } title)
        {
            Append(mrkdwn, Text(attachment, "title_link") is { } link
                ? DingTalkMarkup.SlackLink(link, SlackMarkup.Unescape(title)) : $"*{title}*");
        }

        Append(mrkdwn, Text(attachment, "text"));
        foreach (var field in Items(attachment, "fields") ?? [])
        {
            var name = Text(field, "title");
            var value = Text(field, "value");
            Append(mrkdwn, name is null ? value : value is null ? $"*{name}*" : $"*{name}*: {value}");
        }

        AppendBlocks(mrkdwn, Items(attachment, "blocks") ?? [], 0);
        if (mrkdwn.Length == before)
        {
            Append(mrkdwn, Text(attachment, "fallback"));
        }

        Append(mrkdwn, Text(attachment, "footer"));
    }

    private static void AppendBlocks(StringBuilder mrkdwn, List<JsonElement> blocks, int depth)
    {
        foreach (var block in blocks.TakeWhile(_ => mrkdwn.Length < MaxText && depth < MaxDepth))
        {
            switch (Text(block, "type"))
            {
                case "header":
                    Append(mrkdwn, TextObject(block, "text") is { } title ? $"*{title}*" : null);
                    break;
                case "section":
                    Append(mrkdwn, TextObject(block, "text"));
                    foreach (var field in Items(block, "fields") ?? [])
                    {
                        Append(mrkdwn, TextOf(field));
                    }

                    Append(mrkdwn, block.TryGetProperty("accessory", out var accessory) ? Button(accessory) : null);
                    break;
                case "context":
                    Append(mrkdwn, string.Join(' ', (Items(block, "elements") ?? []).Select(TextOf).OfType<string>()));
                    break;
                case "actions":
                    Append(mrkdwn, string.Join(" · ", (Items(block, "elements") ?? []).Select(Button).OfType<string>()));
                    break;
                case "image":
                    Append(mrkdwn, Text(block, "image_url") is { } picture
                        ? DingTalkMarkup.SlackLink(picture, Text(block, "alt_text") ?? "image") : null);
                    break;
                case "rich_text":
                    Append(mrkdwn, RichText(block, 0));
                    break;
            }
        }
    }

    // A button that only calls back to Slack can do nothing elsewhere.
    private static string? Button(JsonElement element) => Text(element, "type") == "button" && Text(element, "url") is { } address
        ? DingTalkMarkup.SlackLink(address, SlackMarkup.Unescape(TextObject(element, "text") ?? "")) : null;

    private static string RichText(JsonElement element, int depth)
    {
        var own = Text(element, "type") switch
        {
            "text" => Text(element, "text") is { } text ? SlackMarkup.Escape(text) : "",
            "link" => Text(element, "url") is { } address ? DingTalkMarkup.SlackLink(address, Text(element, "text") ?? address) : "",
            "user" => Text(element, "user_id") is { } user ? $"<@{SlackMarkup.Escape(user)}>" : "",
            "broadcast" => Text(element, "range") is "channel" or "here" or "everyone" ? $"<!{Text(element, "range")}>" : "",
            "emoji" => Text(element, "name") is { } name ? $":{SlackMarkup.Escape(name)}:" : "",
            _ => "",
        };
        if (depth >= MaxDepth)
        {
            return own;
        }

        var separator = Text(element, "type") is "rich_text" or "rich_text_list" ? "\n" : "";
        var mark = Text(element, "type") == "rich_text_list" ? "• " : "";
        return own + string.Join(separator, (Items(element, "elements") ?? []).Select(item => mark + RichText(item, depth + 1)));
    }

    private static string? TextObject(JsonElement block, string name) =>
        block.ValueKind == JsonValueKind.Object && block.TryGetProperty(name, out var text) ? TextOf(text) : null;

    // Plain text knows no markup, but the same escapes.
    private static string? TextOf(JsonElement text) => Text(text, "text") is not { } content ? null
        : Text(text, "type") == "plain_text" ? SlackMarkup.Escape(SlackMarkup.Unescape(content)) : content;

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is var text && !string.IsNullOrWhiteSpace(text) ? text : null;

    /// <returns>Null for what is there and no array.</returns>
    private static List<JsonElement>? Items(JsonElement parent, string name) =>
        parent.ValueKind != JsonValueKind.Object || !parent.TryGetProperty(name, out var items)
        || items.ValueKind == JsonValueKind.Null ? []
        : items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray()] : null;

    private static void Append(StringBuilder mrkdwn, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            mrkdwn.Append(mrkdwn.Length == 0 ? "" : "\n").Append(text);
        }
    }
}
