using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Notify.Admin.Security;

/// <summary>Reads JSON that a vendor wrote. One escape that spells half a surrogate pair, or a byte that is no UTF-8, makes every member of
/// its object unreadable to the framework, the verdict too: both become U+FFFD.</summary>
internal static partial class ForeignJson
{
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonDocument Parse(string json) => JsonDocument.Parse(Mend(json));

    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        var body = json.Span.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
        return Utf8.IsValid(body.Span) && body.Span.IndexOf("\\ud"u8) < 0 && body.Span.IndexOf("\\uD"u8) < 0
            ? JsonDocument.Parse(body)
            : Parse(Encoding.UTF8.GetString(body.Span));
    }

    private static string Mend(string json) => !json.Contains("\\ud", StringComparison.OrdinalIgnoreCase) ? json
        : Escapes().Replace(json, escape => escape.Groups["half"].Success ? "\\uFFFD" : escape.Value);

    // Every escape in turn, so that a backslash that is escaped itself begins none.
    [GeneratedRegex(@"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
        RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Escapes();
}
