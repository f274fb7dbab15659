using System.Text.Json;

namespace Notify.Admin.Slack;

/// <summary>The kinds of block that our messages are made of.</summary>
public enum SlackBlockKind
{
    Header,
    Section,
    Fields,
    Context,
}

/// <summary>One block of a composed message as plain text, for drawing it on our own page as Slack would.</summary>
/// <param name="Texts">One text; for <see cref="SlackBlockKind.Fields"/> labels and values in turn.</param>
public sealed record SlackPreviewBlock(SlackBlockKind Kind, IReadOnlyList<string> Texts)
{
    /// <param name="body">A body that <see cref="SlackMessageComposer"/> made.</param>
    internal static IReadOnlyList<SlackPreviewBlock> ReadAll(string body)
    {
        using var document = JsonDocument.Parse(body);
        return [.. document.RootElement.Items("blocks").Select(Read)];
    }

    private static SlackPreviewBlock Read(JsonElement block) => block.Text("type") switch
    {
        "header" => new(SlackBlockKind.Header, [TextOf(block.Member("text") ?? default)]),
        "actions" => new(SlackBlockKind.Section,
            [string.Join(" · ", block.Items("elements").Select(button => $"[ {TextOf(button.Member("text") ?? default)} ]"))]),
        "context" => new(SlackBlockKind.Context, [.. block.Items("elements").Select(TextOf)]),
        _ when block.Member("fields") is not null => new(SlackBlockKind.Fields, [.. block.Items("fields").Select(TextOf)]),
        _ => new(SlackBlockKind.Section, [TextOf(block.Member("text") ?? default)]),
    };

    private static string TextOf(JsonElement text)
    {
        var value = text.Text("text") ?? "";
        // Labels ("*Severity*") and mentions are the only text with markup.
        return text.Text("type") != "mrkdwn" ? Unescape(value) : Unescape(SlackMentionText.Shown(value.Trim('*')));
    }

    // The reverse of the three escapes that Slack asks for; the page escapes again in its own way.
    private static string Unescape(string text) => text
        .Replace("&lt;", "<", StringComparison.Ordinal)
        .Replace("&gt;", ">", StringComparison.Ordinal)
        .Replace("&amp;", "&", StringComparison.Ordinal);
}
