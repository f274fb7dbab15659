using System.Text;
using System.Text.Json;

namespace Notify.Admin.Sources;

/// <summary>A payload to try a mapping with: one that was kept, or one that somebody has pasted.</summary>
/// <param name="Headers">By their names, whatever the case.</param>
public sealed record SamplePayload(string? ContentType, IReadOnlyDictionary<string, string> Headers, string Body)
{
    private const string Json = "application/json";

    public static SamplePayload Of(KeptPayload kept) => new(kept.ContentType, ReadHeaders(kept.Headers), kept.Body);

    public static SamplePayload Pasted(string body) => new(Json, ReadHeaders("{}"), body);

    /// <summary>The body as JSON; null where it is none. To be disposed of.</summary>
    internal JsonDocument? Parse() => PayloadJson.Parse(ContentType, Encoding.UTF8.GetBytes(Body));

    // Masking what looks like a secret may have masked a quote.
    private static Dictionary<string, string> ReadHeaders(string headers)
    {
        var read = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(headers) ?? [])
            {
                read[name] = value;
            }
        }
        catch (JsonException)
        {
            // Headers that cannot be read are left out.
        }

        return read;
    }
}
