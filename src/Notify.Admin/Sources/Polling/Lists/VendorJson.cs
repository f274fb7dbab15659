using System.Globalization;
using System.Text.Json;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <summary>Reads the vendor's answers: numbers and texts as they come, texts cleaned and cut.</summary>
internal static class VendorJson
{
    /// <summary>As many as are asked for; the vendor may give fewer.</summary>
    public const int PageSize = 50;

    /// <exception cref="JsonException">There is no such list.</exception>
    public static IEnumerable<JsonElement> List(JsonElement answer, string name) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
            : throw new JsonException($"{name} is no list");

    /// <summary>On one line; null where it is absent or empty.</summary>
    public static string? Line(JsonElement item, string name, int most = 512) =>
        Raw(item, name) is { } text && ForeignText.OnOneLine(text) is { Length: > 0 } line ? FieldText.Shorten(line, most) : null;

    /// <summary>The first of the members that has a text.</summary>
    public static string? Line(JsonElement item, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Line(item, name, MappingLimits.Title) is { } line)
            {
                return line;
            }
        }

        return null;
    }

    /// <exception cref="JsonException">It has no id.</exception>
    public static long Id(JsonElement item, string name) => Number(item, name) ?? throw new JsonException($"{name} is no number");

    public static long? Number(JsonElement item, string name) =>
        long.TryParse(Raw(item, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static DateTimeOffset? Milliseconds(JsonElement item, string name) => Number(item, name) is { } number and > 0
        and < 253_402_300_800_000 ? DateTimeOffset.FromUnixTimeMilliseconds(number) : null;

    public static Dictionary<string, string> Page(int page) => new()
    {
        ["CurrentPage"] = page.ToString(CultureInfo.InvariantCulture),
        ["PageSize"] = PageSize.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Where the next page of the same list is; null at its end. Where the list has grown shorter since the page before, what
    /// followed has moved up: it goes back by as much.</summary>
    /// <param name="count">How many were on this page.</param>
    public static (int Page, int Total)? Next(JsonElement answer, int count, int page, int totalBefore)
    {
        var total = (int)Math.Clamp(Number(answer, "TotalCount") ?? 0, 0, int.MaxValue);
        var size = (int)Math.Clamp(Number(answer, "PageSize") ?? PageSize, 1, 10_000);
        var gone = page == 1 ? 0 : Math.Max(0, totalBefore - total);
        var next = gone == 0 ? page + 1 : Math.Max(0, ((page - 1) * size) - gone) / size + 1;
        return (count == 0 && gone == 0) || (long)(next - 1) * size >= total ? null : (next, total);
    }

    private static string? Raw(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;
}
