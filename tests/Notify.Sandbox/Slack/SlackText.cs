using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Notify.Sandbox.Slack;

/// <summary>Reads Slack's <c>text</c>, <c>blocks</c> and <c>attachments</c> as a person would.</summary>
internal static partial class SlackText
{
    public static string Render(JsonElement body)
    {
        var parts = Sources(body).Select(Plain).Where(text => text.Length > 0).ToList();
        return string.Join('\n', parts);
    }

    /// <summary><c>@channel</c>, <c>@here</c>, <c>@everyone</c>, user and group ids, each once.</summary>
    public static IReadOnlyList<string> Mentions(JsonElement body) =>
        [.. Sources(body).SelectMany(text => MentionPattern().Matches(text)).Select(match => "@" + match.Groups["who"].Value).Distinct()];

    private static string Plain(string source) => WebUtility.HtmlDecode(TokenPattern().Replace(source, match =>
    {
        var label = match.Groups["label"];
        return match.Groups["kind"].Value switch
        {
            "@" => "@" + (label.Success ? label.Value : match.Groups["what"].Value),
            "#" => "#" + (label.Success ? label.Value : match.Groups["what"].Value),
            "!" => "@" + match.Groups["what"].Value,
            _ => label.Success ? $"{label.Value} ({match.Groups["what"].Value})" : match.Groups["what"].Value,
        };
    }));

    /// <summary>With blocks, <c>text</c> is only the notification's fallback: it is read when there are none.</summary>
    private static IEnumerable<string> Sources(JsonElement body)
    {
        var fromBlocks = body.TryGetProperty("blocks", out var blocks) ? TextsOf(blocks).ToList() : [];
        var own = fromBlocks.Count > 0 ? [] : new[] { "text", "markdown_text" }.Select(name => Text(body, name)).OfType<string>();
        var attached = body.TryGetProperty("attachments", out var attachments) ? TextsOf(attachments) : [];
        return [.. own, .. fromBlocks, .. attached];
    }

    private static IEnumerable<string> TextsOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().SelectMany(TextsOf),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => member switch
        {
            { Value.ValueKind: JsonValueKind.String, Name: "text" or "title" or "pretext" or "alt_text" or "value" or "fallback" }
                when member.Name != "value" || !element.TryGetProperty("action_id", out _) =>
                [member.Value.GetString() ?? ""],
            { Value.ValueKind: JsonValueKind.Object or JsonValueKind.Array } => TextsOf(member.Value),
            _ => [],
        }),
        _ => [],
    };

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex("<(?<kind>[@#!]?)(?<what>[^<>|]+)(\\|(?<label>[^<>]*))?>")]
    private static partial Regex TokenPattern();

    [GeneratedRegex("<(!(?:subteam\\^)?|@)(?<who>[A-Za-z0-9]+)(\\|[^<>]*)?>")]
    private static partial Regex MentionPattern();
}
