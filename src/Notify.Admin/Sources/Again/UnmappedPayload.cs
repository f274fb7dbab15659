using System.Text;
using System.Text.Json;
using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <summary>A payload that could not be mapped, as its event keeps it.</summary>
/// <param name="Elements">Those that are no events; none where none of it is. The others are on record, and are not made again: the
/// mapping that is used then may give them other ids.</param>
internal sealed record UnmappedPayload(SamplePayload Payload, IReadOnlyList<int> Elements)
{
    private const string Original = "original";
    private const string ContentType = "contentType";
    private const string Headers = "headers";
    private const string ElementIndexes = "elements";
    private const string Problems = "problems";

    /// <summary>Writes it into the data of its event.</summary>
    public static void Write(Utf8JsonWriter data, HttpRequest request, byte[] body, MappedPayload mapped)
    {
        if (request.ContentType is { } type)
        {
            data.WriteString(ContentType, ForeignText.Line(type, 256));
        }

        data.WriteStartObject(Headers);
        foreach (var (name, value) in TakenPayload.HeadersOf(request))
        {
            data.WriteString(ForeignText.Line(name, 128), Redactor.Redact(value));
        }

        data.WriteEndObject();
        data.WritePropertyName(Problems);
        data.WriteRawValue(StoredReasons.Write(mapped.Problems));
        if (mapped.UnmappedElements is { Count: > 0 } elements)
        {
            data.WriteStartArray(ElementIndexes);
            foreach (var index in elements)
            {
                data.WriteNumberValue(index);
            }

            data.WriteEndArray();
        }

        data.WriteString(Original, ForeignText.Storable(Encoding.UTF8.GetString(body)));
    }

    /// <summary>What was wrong with it when it came.</summary>
    /// <param name="json">The stored event.</param>
    /// <returns>None where the event keeps no payload.</returns>
    public static IReadOnlyList<MappingProblem> ProblemsOf(string json)
    {
        using var document = JsonDocument.Parse(json);
        return DataOf(document) is { } data ? StoredReasons.ReadProblems(data.GetProperty(Problems).GetRawText()) : [];
    }

    /// <returns>Null where the event keeps no payload.</returns>
    public static UnmappedPayload? Read(IncomingEvent stored)
    {
        using var document = JsonDocument.Parse(stored.Json);
        if (DataOf(document) is not { } data)
        {
            return null;
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in data.GetProperty(Headers).EnumerateObject())
        {
            headers[header.Name] = header.Value.GetString()!;
        }

        return new UnmappedPayload(
            new SamplePayload(data.TryGetProperty(ContentType, out var type) ? type.GetString() : null, headers,
                data.GetProperty(Original).GetString()!),
            data.TryGetProperty(ElementIndexes, out var elements) ? [.. elements.EnumerateArray().Select(index => index.GetInt32())] : []);
    }

    // An earlier build took events of this type from outside too: they lack what is written here.
    private static JsonElement? DataOf(JsonDocument document) =>
        document.RootElement.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
        && data.TryGetProperty(Original, out var original) && original.ValueKind == JsonValueKind.String
        && data.TryGetProperty(Headers, out var headers) && headers.ValueKind == JsonValueKind.Object
        && data.TryGetProperty(Problems, out var problems) && problems.ValueKind == JsonValueKind.Array ? data : null;
}
