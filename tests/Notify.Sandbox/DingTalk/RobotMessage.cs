using System.Text.Json;

namespace Notify.Sandbox.DingTalk;

/// <summary>The message types: what each must have, and what of it a reader sees.</summary>
internal static class RobotMessage
{
    /// <returns>The path of the first required field that is absent or empty; null when all are there.</returns>
    /// <param name="message">The body.</param>
    /// <param name="type">Its msgtype.</param>
    /// <param name="known">Whether there is such a type.</param>
    public static string? FindMissing(JsonElement message, string type, out bool known)
    {
        known = type is "text" or "link" or "markdown" or "actionCard" or "feedCard";
        if (!known)
        {
            return null;
        }

        if (!message.TryGetProperty(type, out var content) || content.ValueKind != JsonValueKind.Object)
        {
            return type;
        }

        var missing = type switch
        {
            "text" => FirstMissing(content, "content"),
            "link" => FirstMissing(content, "title", "text", "messageUrl"),
            "markdown" => FirstMissing(content, "title", "text"),
            "actionCard" => FirstMissing(content, "title", "text") ?? FindMissingButton(content),
            _ => FindMissingInList(content, "links", "title", "messageURL", "picURL"),
        };
        return missing is null ? null : $"{type}->{missing}";
    }

    /// <summary>Everything a keyword may be in: text, titles and button labels.</summary>
    public static string VisibleText(JsonElement message, string type)
    {
        if (!message.TryGetProperty(type, out var content) || content.ValueKind != JsonValueKind.Object)
        {
            return "";
        }

        IEnumerable<string?> parts = [Text(content, "title"), Text(content, "content"), Text(content, "text"),
            Text(content, "singleTitle")];
        return string.Join('\n', parts.Concat(Titles(content, "btns")).Concat(Titles(content, "links"))
            .Where(part => !string.IsNullOrEmpty(part)));
    }

    public static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;

    private static string? FindMissingButton(JsonElement card) =>
        card.TryGetProperty("btns", out _) && Text(card, "singleTitle") is null
            ? FindMissingInList(card, "btns", "title", "actionURL")
            : FirstMissing(card, "singleTitle", "singleURL");

    private static string? FindMissingInList(JsonElement content, string list, params string[] names)
    {
        if (!content.TryGetProperty(list, out var items) || items.ValueKind != JsonValueKind.Array || items.GetArrayLength() == 0)
        {
            return list;
        }

        return items.EnumerateArray().Select(item => FirstMissing(item, names)).FirstOrDefault(missing => missing is not null) is { } name
            ? $"{list}->{name}" : null;
    }

    private static string? FirstMissing(JsonElement content, params string[] names) =>
        names.FirstOrDefault(name => string.IsNullOrEmpty(Text(content, name)));

    private static IEnumerable<string?> Titles(JsonElement content, string list) =>
        content.TryGetProperty(list, out var items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray().Select(item => Text(item, "title")) : [];
}
