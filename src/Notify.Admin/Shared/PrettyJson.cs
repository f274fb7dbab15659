using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Notify.Admin.Shared;

/// <summary>JSON as people read it, whatever was sent.</summary>
internal static class PrettyJson
{
    /// <summary>Longer texts are cut: a page is no place for a megabyte.</summary>
    public const int Longest = 32_000;

    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 1000, SkipValidation = true };
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    /// <summary>Indented, at most <see cref="Longest"/> characters. What is no JSON is returned as it is.</summary>
    /// <returns>The text, and its full length.</returns>
    public static (string Text, int FullLength) Of(string json)
    {
        var text = Visible(Indent(json));
        return (text.Length <= Longest ? text : text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)], text.Length);
    }

    private static string Indent(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Deep);
            using var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer, Indented))
            {
                document.WriteTo(writer);
            }

            return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return json;
        }
    }

    // Characters that turn the direction of what follows could make an event look like something else.
    private static string Visible(string text)
    {
        if (!text.Any(IsDirection))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            visible.Append(IsDirection(c) ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : [c]);
        }

        return visible.ToString();
    }

    private static bool IsDirection(char c) =>
        c is '\u200E' or '\u200F' or '\u061C' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
