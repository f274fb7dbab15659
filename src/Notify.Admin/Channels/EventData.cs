using System.Text;
using System.Text.Json;

namespace Notify.Admin.Channels;

/// <summary>The <c>data</c> of a CloudEvent in JSON form, which may be anything: fields, a text, bytes, or nothing.</summary>
/// <remarks>Source: CloudEvents 1.0.2, JSON event format, section 3.1.</remarks>
public sealed class EventData : IDisposable
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly JsonDocument? _decoded;

    private EventData(JsonElement? value, byte[]? bytes, JsonDocument? decoded)
    {
        Value = value;
        Bytes = bytes;
        _decoded = decoded;
    }

    /// <summary>The JSON value, decoded where it came as <c>data_base64</c>; null where there is none.</summary>
    public JsonElement? Value { get; }

    /// <summary>What <c>data_base64</c> held.</summary>
    public byte[]? Bytes { get; }

    /// <summary>What rules and messages read fields from; null where the data is no object.</summary>
    public JsonElement? Members => Value is { ValueKind: JsonValueKind.Object } value ? value : null;

    /// <summary>Data that is no object, as a person would read it: a text without quotes and escapes, bytes as text where they are UTF-8.
    /// Null for an object, and where there is none.</summary>
    public string? AsText => Value switch
    {
        { ValueKind: JsonValueKind.Object } => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        { } value => value.GetRawText(),
        null => Bytes is null ? null : ReadUtf8(Bytes) ?? Convert.ToBase64String(Bytes),
    };

    public static EventData Of(JsonElement cloudEvent)
    {
        if (cloudEvent.TryGetProperty("data_base64"u8, out var encoded) && encoded.ValueKind == JsonValueKind.String
            && encoded.TryGetBytesFromBase64(out var bytes))
        {
            var decoded = IsJson(cloudEvent) ? TryParse(bytes) : null;
            return new EventData(decoded?.RootElement, bytes, decoded);
        }

        return new EventData(
            cloudEvent.TryGetProperty("data"u8, out var data) && data.ValueKind != JsonValueKind.Null ? data : null, null, null);
    }

    /// <summary>Whether a media type declares JSON: its subtype is <c>json</c> or ends with <c>+json</c>.</summary>
    public static bool IsJson(string mediaType)
    {
        var type = mediaType.AsSpan();
        var end = type.IndexOf(';');
        type = (end < 0 ? type : type[..end]).Trim();
        return type.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    public void Dispose() => _decoded?.Dispose();

    // Where no type is said, JSON is meant.
    private static bool IsJson(JsonElement cloudEvent) =>
        !cloudEvent.TryGetProperty("datacontenttype", out var type) || type.ValueKind != JsonValueKind.String || IsJson(type.GetString()!);

    private static JsonDocument? TryParse(byte[] bytes)
    {
        try
        {
            if (ReadUtf8(bytes) is null)
            {
                return null;
            }

            var document = JsonDocument.Parse(bytes);
            if (JsonText.IsWellFormed(document.RootElement))
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? ReadUtf8(byte[] bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
