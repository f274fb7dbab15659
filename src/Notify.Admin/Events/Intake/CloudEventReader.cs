using System.Text.Json;
using System.Text.Unicode;
using Notify.Admin.Api;

namespace Notify.Admin.Events;

/// <summary>Reads CloudEvents 1.0 over HTTP: structured, batch and binary mode. One bad event refuses the whole request.</summary>
/// <remarks>Source: CloudEvents 1.0.2, HTTP protocol binding and JSON format.</remarks>
internal static class CloudEventReader
{
    /// <summary>Most events in one batch.</summary>
    public const int MostEvents = 1000;

    private const string Structured = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";
    private const string Plain = "application/json";

    /// <summary>What a body may be.</summary>
    public static readonly IReadOnlyList<string> MediaTypes = [Structured, Batch, Plain];

    // A member given twice could be read one way by us and the other way by whoever reads the stored JSON.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Whether a request with this content type and headers may hold more than one event, and so have a batch's size.</summary>
    public static bool MayBeBatch(string? contentType, IHeaderDictionary headers) =>
        !IsBinary(headers) && MediaType(contentType) is Batch or Plain;

    /// <summary>Reads the body of <c>POST /api/events</c>.</summary>
    public static EventReading Read(string? contentType, IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        var media = MediaType(contentType);
        if (IsBinary(headers))
        {
            return media is null or Plain || media.EndsWith("+json", StringComparison.Ordinal)
                ? ReadBinary(headers, body)
                : EventReading.UnsupportedMedia("In binary mode the body is the data and must be application/json.");
        }

        if (media is not (Structured or Batch or Plain))
        {
            return EventReading.UnsupportedMedia($"Content-Type must be {Structured}, {Batch} or {Plain}, or the event's attributes must be in ce- headers.");
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
            problems.AddRange(wrong);
            if (parsed is not null)
            {
                events.Add(parsed);
            }
        }

        return problems.Count > 0 ? EventReading.Invalid([.. problems]) : EventReading.Valid(events);
    }

    private static EventReading ReadBinary(IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        if (!TryParse(body, out var data, out var reading))
        {
            return reading;
        }

        using (data)
        using (var stream = new MemoryStream())
        {
            using (var writer = new Utf8JsonWriter(stream))
            {
                writer.WriteStartObject();
                foreach (var (name, value) in headers.Where(h => h.Key.StartsWith("ce-", StringComparison.OrdinalIgnoreCase)))
                {
                    if (value.Count != 1)
                    {
                        return EventReading.Invalid(new FieldProblem(null, name, "is given more than once"));
                    }

                    // The binding percent-encodes what a header cannot hold.
                    writer.WriteString(name[3..].ToLowerInvariant(), Uri.UnescapeDataString(value.ToString()));
                }

                writer.WritePropertyName("data");
                writer.WriteRawValue(body.Span, skipInputValidation: true);
                writer.WriteEndObject();
            }

            if (!TryParse(stream.ToArray(), out var document, out reading))
            {
                return reading;
            }

            using (document)
            {
                return EventReading.Of(CloudEventValidator.Read(document.RootElement, null));
            }
        }
    }

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

            document = JsonDocument.Parse(bytes, Strict);
            problem = EventReading.Valid([]);
            return true;
        }
        catch (InvalidOperationException)
        {
            document = null!;
            problem = EventReading.Invalid(new FieldProblem(null, "body",
                @"has a member whose name holds a \u escape that is half of a surrogate pair"));
            return false;
        }
        catch (JsonException e)
        {
            document = null!;
            problem = EventReading.Invalid(new FieldProblem(null, "body", e.LineNumber is { } line
                ? $"is not valid JSON near line {line + 1}, byte {e.BytePositionInLine + 1} (a member given twice is not valid either)"
                : "is not valid JSON (a member given twice is not valid either)"));
            return false;
        }
    }

    private static bool IsBinary(IHeaderDictionary headers) => headers.ContainsKey("ce-specversion");

    private static string? MediaType(string? contentType) =>
        contentType?.Split(';', 2)[0].Trim().ToLowerInvariant() is { Length: > 0 } media ? media : null;
}
