using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.WebUtilities;
using Notify.Admin.Channels;

namespace Notify.Admin.Sources;

/// <summary>Reads the JSON of a payload: its body; or, of a form, the field <c>payload</c>, as GitHub and Slack's clients may send
/// it.</summary>
internal static class PayloadJson
{
    // What is stored has it up to three levels deeper, and the parser's own limit is 64.
    private static readonly JsonDocumentOptions Bounded = new() { MaxDepth = 60 };

    /// <returns>Null where there is no JSON that can be read.</returns>
    public static JsonDocument? Parse(string? contentType, byte[] body)
    {
        ReadOnlyMemory<byte> json = body.AsSpan().StartsWith("\uFEFF"u8) ? body.AsMemory(3) : body;
        if (!Utf8.IsValid(json.Span))
        {
            return null;
        }

        try
        {
            if (contentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true)
            {
                json = Encoding.UTF8.GetBytes(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(json.Span))
                    .TryGetValue("payload", out var form)
                    ? form.ToString() : "");
            }

            var document = JsonDocument.Parse(json, Bounded);
            if (JsonText.IsWellFormed(document.RootElement))
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            return null;
        }
    }
}
