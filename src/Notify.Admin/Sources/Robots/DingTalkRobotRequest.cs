using System.Text.Json;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <summary>A message as a tool posts it to a DingTalk robot: checked as DingTalk does, and as one text.</summary>
/// <remarks>Source: DingTalk, "Custom robot access" and its table of error codes.</remarks>
internal static class DingTalkRobotRequest
{
    /// <summary>DingTalk's limit on a body.</summary>
    public const int MaxBytes = 20_000;

    private const string ParameterMissing = "40035";

    /// <param name="length">The body's, in bytes.</param>
    /// <param name="content">The body; null where it is no JSON.</param>
    /// <returns>The message; or DingTalk's code and words for what is wrong.</returns>
    public static (RobotMessage? Message, SourceRefusal? Refusal) Read(string? contentType, int length, JsonElement? content)
    {
        if (contentType?.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return Refuse("43004", new Reason("DingTalkContentType"));
        }

        if (length > MaxBytes)
        {
            return Refuse("460101", new Reason("DingTalkTooLong"));
        }

        if (content is not { ValueKind: JsonValueKind.Object } json)
        {
            return Refuse(ParameterMissing, new Reason("DingTalkMissing", "json"));
        }

        var type = Text(json, "msgtype");
        if (type is null)
        {
            return Refuse(ParameterMissing, new Reason("DingTalkMissing", "msgtype"));
        }

        if (!RobotMessage.Types.Contains(type))
        {
            return Refuse("400105", new Reason("DingTalkMsgType"));
        }

        if (!json.TryGetProperty(type, out var said) || said.ValueKind != JsonValueKind.Object)
        {
            return Refuse(ParameterMissing, new Reason("DingTalkMissing", type));
        }

        var (title, text, missing) = type switch
        {
            "text" => (null, Text(said, "content"), Text(said, "content") is null ? "content" : null),
            "markdown" => Required(said, "title", "text"),
            "link" => Linked(said),
            "actionCard" => Card(said),
            _ => Feed(said),
        };
        if (missing is not null)
        {
            return Refuse(ParameterMissing, new Reason("DingTalkMissing", $"{type}->{missing}"));
        }

        var at = json.TryGetProperty("at", out var called) && called.ValueKind == JsonValueKind.Object ? called : default;
        return (new RobotMessage(title, ForeignText.OnLines(text!), type == "text", IsTrue(at, "isAtAll")), null);
    }

    // DingTalk answers 200 to what it refuses.
    private static (RobotMessage? Message, SourceRefusal? Refusal) Refuse(string code, Reason why) =>
        (null, new SourceRefusal(StatusCodes.Status200OK, code, why));

    private static (string? Title, string? Text, string? Missing) Required(JsonElement content, string title, string text) =>
        Text(content, title) is not { } head ? (null, null, title)
        : Text(content, text) is { } body ? (head, body, null) : (null, null, text);

    private static (string? Title, string? Text, string? Missing) Linked(JsonElement content)
    {
        var (title, text, missing) = Required(content, "title", "text");
        missing ??= Text(content, "messageUrl") is null ? "messageUrl" : null;
        return missing is not null ? (null, null, missing)
            : (title, $"**{DingTalkMarkup.Link(Text(content, "messageUrl")!, title)}**\n\n{DingTalkMarkup.Literal(text!)}", null);
    }

    private static (string? Title, string? Text, string? Missing) Card(JsonElement content)
    {
        var (title, text, missing) = Required(content, "title", "text");
        if (missing is not null)
        {
            return (null, null, missing);
        }

        // The single button wins where both forms are there.
        List<string> buttons = Text(content, "singleTitle") is { } only
            ? Text(content, "singleURL") is { } address ? [DingTalkMarkup.Link(address, only)] : []
            : [.. Items(content, "btns").Where(button => Text(button, "title") is not null && Text(button, "actionURL") is not null)
                .Select(button => DingTalkMarkup.Link(Text(button, "actionURL")!, Text(button, "title")))];
        return buttons.Count == 0 ? (null, null, Text(content, "singleTitle") is null ? "btns" : "singleURL")
            : (title, $"{text}\n\n{string.Join(" · ", buttons)}", null);
    }

    private static (string? Title, string? Text, string? Missing) Feed(JsonElement content)
    {
        var links = Items(content, "links");
        if (links.Count == 0)
        {
            return (null, null, "links");
        }

        return Array.Find(["title", "messageURL", "picURL"], name => links.Exists(link => Text(link, name) is null)) is { } missing
            ? (null, null, $"links->{missing}")
            : (Text(links[0], "title"),
                string.Join('\n', links.Select(link => $"- {DingTalkMarkup.Link(Text(link, "messageURL")!, Text(link, "title"))}")), null);
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is var text && !string.IsNullOrWhiteSpace(text) ? text : null;

    private static List<JsonElement> Items(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array
            ? [.. items.EnumerateArray()] : [];

    private static bool IsTrue(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && (value.ValueKind == JsonValueKind.True
        || (value.ValueKind == JsonValueKind.String && bool.TryParse(value.GetString(), out var isTrue) && isTrue));
}
