using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;
using Notify.Admin.Api;
using Notify.Admin.Channels;

namespace Notify.Admin.Events;

/// <summary>Reads CloudEvents 1.0 over HTTP: structured, batch and binary mode. One bad event refuses the whole request.</summary>
/// <remarks>Source: CloudEvents 1.0.2, HTTP protocol binding and JSON format.</remarks>
internal static class CloudEventReader
{
    /// <summary>Most events in one batch.</summary>
    public const int MostEvents = 1000;

    private const int BatchLimit = 10 * 1024 * 1024;

    private const string AnyFormat = "application/cloudevents";
    private const string Structured = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";
    private const string Plain = "application/json";

    /// <summary>What a body may be; with <c>ce-</c> headers it may be anything.</summary>
    public static readonly IReadOnlyList<string> MediaTypes = [Structured, Batch, Plain];

    /// <summary>The most bytes of a body with this content type and headers: more where it may hold more than one event.</summary>
    public static int LimitOf(string? contentType, IHeaderDictionary headers) =>
        MediaType(contentType) is var media && !IsBinary(media, headers) && media is Batch or Plain ? BatchLimit : RequestBody.DefaultLimit;

    /// <summary>Reads the body of <c>POST /api/events</c>. The content type alone decides between structured, batch and binary mode: a
    /// sender may repeat an event's attributes in headers.</summary>
    public static EventReading Read(string? contentType, IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        var reading = ReadAny(contentType, headers, body);
        return reading is { Status: StatusCodes.Status202Accepted, Events.Count: 1 } && body.Length > RequestBody.DefaultLimit
            ? EventReading.TooLarge("A single event is at most 1 MiB.")
            : reading;
    }

    private static EventReading ReadAny(string? contentType, IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        var media = MediaType(contentType);
        if (IsBinary(media, headers))
        {
            return ReadBinary(contentType, headers, body);
        }

        if (media is not (Structured or Batch or Plain))
        {
            return EventReading.UnsupportedMedia($"Content-Type must be {Structured}, {Batch} or {Plain}, or the event's attributes must be in ce- headers.");
        }

        if (Charset(contentType) is { } charset && !IsUtf8(charset))
        {
            return EventReading.UnsupportedMedia($"The charset {Shown(charset)} is not supported: JSON is sent as UTF-8.");
        }

        if (!TryParse(body, out var document, out var reading))
        {
            return reading;
        }

        using (document)
        {
            var root = document.RootElement;
            return root.ValueKind switch
            {
                JsonValueKind.Object when media != Batch => EventReading.Of(CloudEventValidator.Read(root, null)),
                JsonValueKind.Array when media != Structured => ReadBatch(root),
                _ => EventReading.Invalid(new FieldProblem(null, "body", media switch
                {
                    Structured => "must be a JSON object: one event",
                    Batch => "must be a JSON array of events",
                    _ => "must be a JSON object (one event) or array (a batch)",
                })),
            };
        }
    }

    private static EventReading ReadBatch(JsonElement batch)
    {
        if (batch.GetArrayLength() > MostEvents)
        {
            return EventReading.TooLarge($"A batch holds at most {MostEvents} events; this one has {batch.GetArrayLength()}.");
        }

        List<ParsedEvent> events = new(batch.GetArrayLength());
        List<FieldProblem> problems = [];
        var index = 0;
        foreach (var element in batch.EnumerateArray())
        {
            var (parsed, wrong) = CloudEventValidator.Read(element, index++);
            if (parsed is not null)
            {
                events.Add(parsed);
            }
            else
            {
                problems.AddRange(wrong);
            }
        }

        return problems.Count > 0 ? EventReading.Invalid([.. problems]) : EventReading.Valid(events);
    }

    private static EventReading ReadBinary(string? contentType, IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        List<FieldProblem> problems = [];
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in headers
                .Where(header => header.Key.StartsWith(CloudEventHeaders.Prefix, StringComparison.OrdinalIgnoreCase)))
            {
                var attribute = name[CloudEventHeaders.Prefix.Length..].ToLowerInvariant();
                if (value.Count != 1)
                {
                    problems.Add(new FieldProblem(null, name, "is given more than once"));
                }
                else if (attribute is "datacontenttype" or "data")
                {
                    problems.Add(new FieldProblem(null, name,
                        "is not a header of binary mode: the body is the data, and Content-Type its type"));
                }
                else if (CloudEventHeaders.Decode(value.ToString()) is not { } decoded)
                {
                    problems.Add(new FieldProblem(null, name, "has percent-encoded bytes that are not UTF-8"));
                }
                else
                {
                    writer.WriteString(attribute, decoded);
                }
            }

            if (!string.IsNullOrWhiteSpace(contentType))
            {
                writer.WriteString("datacontenttype", contentType);
            }

            if (problems.Count == 0 && body.Length > 0 && WriteData(writer, contentType, body) is { } problem)
            {
                problems.Add(problem);
            }

            writer.WriteEndObject();
        }

        if (problems.Count > 0)
        {
            return EventReading.Invalid([.. problems]);
        }

        if (!TryParse(stream.ToArray(), out var document, out var reading))
        {
            return reading;
        }

        using (document)
        {
            return EventReading.Of(CloudEventValidator.Read(document.RootElement, null));
        }
    }

    // As the JSON format would say it: a JSON value, a string for a text, base64 for everything else.
    private static FieldProblem? WriteData(Utf8JsonWriter writer, string? contentType, ReadOnlyMemory<byte> body)
    {
        var media = MediaType(contentType);
        if (media is null || EventData.IsJson(media))
        {
            if (TryParse(body, out var data, out var reading))
            {
                using (data)
                {
                    writer.WritePropertyName("data");
                    writer.WriteRawValue(data.RootElement.GetRawText(), skipInputValidation: true);
                }

                return null;
            }

            if (media is not null)
            {
                return reading.Problems[0];
            }
        }
        else if (IsText(media) && ReadText(contentType, body.Span) is { } text)
        {
            writer.WriteString("data", text);
            return null;
        }

        writer.WriteBase64String("data_base64", body.Span);
        return null;
    }

    private static bool IsText(string media) => media.StartsWith("text/", StringComparison.Ordinal)
        || media.EndsWith("/xml", StringComparison.Ordinal) || media.EndsWith("+xml", StringComparison.Ordinal);

    // Text in another charset, or bytes that are no text, are kept as bytes.
    private static string? ReadText(string? contentType, ReadOnlySpan<byte> body) =>
        (Charset(contentType) is not { } charset || IsUtf8(charset)) && Utf8.IsValid(body) ? Encoding.UTF8.GetString(body) : null;

    private static bool IsUtf8(string charset) =>
        charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase);

    private static bool TryParse(ReadOnlyMemory<byte> body, out JsonDocument document, out EventReading problem)
    {
        try
        {
            var bytes = body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
            // The parser lets broken text inside strings pass, and whoever reads it then fails.
            if (!Utf8.IsValid(bytes.Span))
            {
                document = null!;
                problem = EventReading.Invalid(new FieldProblem(null, "body", "is not valid UTF-8"));
                return false;
            }

            document = JsonDocument.Parse(bytes);
            problem = EventReading.Valid([]);
            return true;
        }
        catch (JsonException e)
        {
            document = null!;
            problem = EventReading.Invalid(new FieldProblem(null, "body", e.LineNumber is { } line
                ? $"is not valid JSON near line {line + 1}, byte {e.BytePositionInLine + 1}"
                : "is not valid JSON"));
            return false;
        }
    }

    private static bool IsBinary(string? media, IHeaderDictionary headers) =>
        media?.StartsWith(AnyFormat, StringComparison.Ordinal) != true && headers.ContainsKey("ce-specversion");

    // Nearly always one of these as it stands here.
    private static string? MediaType(string? contentType) => contentType is Structured or Batch or Plain ? contentType
        : contentType?.Split(';', 2)[0].Trim().ToLowerInvariant() is { Length: > 0 } media ? media : null;

    private static string? Charset(string? contentType) =>
        contentType?.Contains(';') == true && MediaTypeHeaderValue.TryParse(contentType, out var type) && type.Charset.HasValue
            ? HeaderUtilities.RemoveQuotes(type.Charset).ToString() : null;

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40];
}
