using System.Text.Json;

namespace Notify.Admin.Slack;

/// <summary>Lenient reading of Slack's answers: what is absent, null or of another type reads as null, false or nothing.</summary>
internal static class SlackJson
{
    public static JsonElement? Member(this JsonElement element, string name)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in the name of some member.
            return null;
        }
    }

    public static string? Text(this JsonElement element, string name) => element.Member(name)?.TextValue();

    public static bool Flag(this JsonElement element, string name) => element.Member(name)?.ValueKind == JsonValueKind.True;

    public static int? Number(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } member && member.TryGetInt32(out var number) ? number : null;

    /// <summary>A number of whole seconds, from zero to a century.</summary>
    public static TimeSpan? Seconds(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } member && member.TryGetInt64(out var seconds)
            && seconds is >= 0 and <= 3_155_760_000
            ? TimeSpan.FromSeconds(seconds)
            : null;

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } member ? member.EnumerateArray() : [];

    /// <summary>Null for anything but a string, and for a string that is not well-formed text (half a surrogate pair).</summary>
    public static string? TextValue(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
