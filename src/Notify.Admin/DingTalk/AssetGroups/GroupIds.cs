using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Notify.Admin.Rules;

namespace Notify.Admin.DingTalk;

/// <summary><c>GroupIdList</c>: the asset groups a chatbot is restricted to. The vendor documents a JSON array of strings on write and
/// shows <c>123,456</c> on read, so both are read, and numbers as well; it is written as an array of strings.</summary>
internal static class GroupIds
{
    /// <summary>As many as can be known.</summary>
    public const int Max = 10_000;

    /// <summary>Reads a list; an empty text is the empty list. An id given twice counts once.</summary>
    public static bool TryRead(string text, out IReadOnlyList<string> ids, [NotNullWhen(false)] out GroupIdsMistake? mistake)
    {
        var entries = text.AsSpan().TrimStart().StartsWith("[") ? ReadJson(text, out mistake) : ReadCommas(text, out mistake);
        ids = [];
        if (mistake is not null)
        {
            return false;
        }

        var read = new List<string>();
        for (var index = 0; index < entries.Count; index++)
        {
            if (!AssetGroupId.TryParse(entries[index], out var id))
            {
                mistake = new GroupIdsMistake($"[{index}]", $"it {AssetGroupId.Rule}");
                return false;
            }

            read.Add(id);
        }

        ids = [.. read.Distinct(StringComparer.Ordinal)];
        mistake = ids.Count > Max ? new GroupIdsMistake(string.Empty, $"it may have {Max} ids") : null;
        return mistake is null;
    }

    /// <summary>A stored list. One that cannot be read hears every group's events rather than none.</summary>
    public static IReadOnlyList<string> Read(string stored) => TryRead(stored, out var ids, out _) ? ids : [];

    /// <summary>A minified JSON array of strings.</summary>
    public static string Write(IEnumerable<string> ids) => JsonSerializer.Serialize(ids);

    private static List<string?> ReadJson(string text, out GroupIdsMistake? mistake)
    {
        mistake = null;
        try
        {
            using var document = JsonDocument.Parse(text);
            return [.. document.RootElement.EnumerateArray().Select(Text)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperation: a string with half a surrogate pair, which has no text.
            mistake = new GroupIdsMistake(string.Empty, "it must be a JSON array of group ids");
            return [];
        }
    }

    private static List<string?> ReadCommas(string text, out GroupIdsMistake? mistake)
    {
        mistake = null;
        return string.IsNullOrWhiteSpace(text) ? [] : [.. text.Split(',', StringSplitOptions.TrimEntries)];
    }

    private static string? Text(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.GetRawText(),
        _ => null,
    };
}

/// <param name="Path">The place in the list, such as <c>[2]</c>; empty for the whole.</param>
/// <param name="Rule">What it must be, in English, without the final stop.</param>
internal sealed record GroupIdsMistake(string Path, string Rule);
