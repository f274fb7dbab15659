using System.Globalization;
using System.Text.Json;
using Notify.Admin.Api;
using Notify.Admin.Channels;
using Notify.Admin.Rules;

namespace Notify.Admin.Events;

/// <summary>Checks one event: the attributes that CloudEvents requires, and the members of <c>data</c> that rules read.</summary>
internal static class CloudEventValidator
{
    private const int LongestText = 1024;
    private const int LongestType = 256;

    /// <param name="index">Position in the batch, for the problems; null for a single event.</param>
    /// <returns>The event, or null and every problem found.</returns>
    public static (ParsedEvent? Event, IReadOnlyList<FieldProblem> Problems) Read(JsonElement element, int? index)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return (null, [new FieldProblem(index, "event", "must be a JSON object")]);
        }

        List<FieldProblem> problems = [];
        void Refuse(string field, string reason) => problems.Add(new FieldProblem(index, field, reason));

        if (!IsWellFormedText(element))
        {
            Refuse("event", @"holds a \u escape that is half of a surrogate pair");
            return (null, problems);
        }

        if (Text(element, "specversion", 8, Refuse) is { } version && version != "1.0")
        {
            Refuse("specversion", "must be \"1.0\"");
        }

        var id = Text(element, "id", LongestText, Refuse);
        var source = Text(element, "source", LongestText, Refuse);
        var type = Text(element, "type", LongestType, Refuse);
        if (type is not null && type.StartsWith(ProductEvent.TypePrefix, StringComparison.Ordinal))
        {
            Refuse("type", "must not begin with \"notify.\": those events are raised by the product itself");
        }

        var time = Time(element, Refuse);
        var fields = Data(element, type, Refuse);
        return problems.Count > 0 || id is null || source is null || type is null || fields is null
            ? (null, problems)
            : (new ParsedEvent(id, source, type, time, fields, element.GetRawText()), problems);
    }

    private static string? Text(JsonElement element, string name, int longest, Action<string, string> refuse)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            refuse(name, "is required");
            return null;
        }

        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: > 0 } text)
        {
            refuse(name, "must be a non-empty string");
            return null;
        }

        if (text.Length > longest)
        {
            refuse(name, $"must be at most {longest} characters");
            return null;
        }

        if (text.Any(char.IsControl))
        {
            refuse(name, "must not hold control characters");
            return null;
        }

        return text;
    }

    private static DateTimeOffset? Time(JsonElement element, Action<string, string> refuse)
    {
        if (!element.TryGetProperty("time", out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        // RFC 3339: a date, a time and an offset.
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && text.Length >= 20 && text[10] is 'T' or 't'
            && (text[^1] is 'Z' or 'z' || text[^6] is '+' or '-')
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time.ToUniversalTime();
        }

        refuse("time", "must be an RFC 3339 timestamp with an offset, such as 2025-01-02T03:04:05Z");
        return null;
    }

    private static EventFields? Data(JsonElement element, string? type, Action<string, string> refuse)
    {
        if (!element.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object)
        {
            refuse("data", "is required and must be a JSON object");
            return null;
        }

        if (type is null)
        {
            return null;
        }

        foreach (var field in EventVocabulary.FieldsOf(type))
        {
            if (data.TryGetProperty(field.Name, out var value) && !HasKind(field, value))
            {
                refuse($"data.{field.Name}", field.Kind == EventFieldKind.GroupId
                    ? "must be a string or a number of decimal digits" : "must be a string");
                return null;
            }
        }

        foreach (var problem in EventVocabulary.Check(type, name => StringForm(data, name)))
        {
            refuse(problem.Field, problem.Reason);
        }

        return EventPayload.ReadFields(data);
    }

    private static bool HasKind(EventField field, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String or JsonValueKind.Null => true,
        JsonValueKind.Number => field.Kind == EventFieldKind.GroupId,
        _ => false,
    };

    private static string? StringForm(JsonElement data, string name) => data.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;

    // Only an escape can smuggle half a surrogate pair into JSON, so most events need no walk.
    private static bool IsWellFormedText(JsonElement element)
    {
        if (!element.GetRawText().Contains("\\ud", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        try
        {
            Walk(element);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }

        static void Walk(JsonElement value)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var member in value.EnumerateObject())
                    {
                        _ = member.Name;
                        Walk(member.Value);
                    }

                    break;
                case JsonValueKind.Array:
                    foreach (var item in value.EnumerateArray())
                    {
                        Walk(item);
                    }

                    break;
                case JsonValueKind.String:
                    _ = value.GetString();
                    break;
            }
        }
    }
}
