using System.Text.Json;
using Notify.Admin.Api;
using Notify.Admin.Channels;
using Notify.Admin.Rules;

namespace Notify.Admin.Events;

/// <summary>Checks one event: its attributes by the standard's grammar, and the members of <c>data</c> that rules read. Data that is no
/// object is legal, and has no fields.</summary>
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

        if (!JsonText.IsWellFormed(element))
        {
            Refuse("event", @"holds a \u escape that is half of a surrogate pair");
            return (null, problems);
        }

        CheckMembers(element, Refuse);
        if (Text(element, "specversion", 8, Refuse) is { } version && version != "1.0")
        {
            Refuse("specversion", "must be \"1.0\"");
        }

        var id = Text(element, "id", LongestText, Refuse);
        var source = Text(element, "source", LongestText, Refuse);
        if (source is not null && !CloudEventGrammar.IsUriReference(source))
        {
            Refuse("source", "must be a URI reference (RFC 3986): what it may not hold is percent-encoded");
        }

        var type = Text(element, "type", LongestType, Refuse);
        if (type is not null && type.StartsWith(ProductEvent.TypePrefix, StringComparison.Ordinal))
        {
            Refuse("type", "must not begin with \"notify.\": those events are raised by the product itself");
        }

        var time = Time(element, Refuse);
        CheckOptional(element, "subject", _ => true, "must be a non-empty string", Refuse);
        CheckOptional(element, "datacontenttype", CloudEventGrammar.IsMediaType, "must be a media type, such as application/json", Refuse);
        CheckOptional(element, "dataschema", CloudEventGrammar.IsUri, "must be an absolute URI", Refuse);

        using var data = EventData.Of(element);
        if (type is not null)
        {
            CheckFields(type, data.Members, Refuse);
        }

        return problems.Count > 0 || id is null || source is null || type is null
            ? (null, problems)
            : (new ParsedEvent(id, source, type, time, EventPayload.ReadFields(element, data), element.GetRawText()), problems);
    }

    private static void CheckMembers(JsonElement element, Action<string, string> refuse)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            // A member given twice could be read one way by us and the other way by whoever reads the stored JSON.
            if (!seen.Add(member.Name))
            {
                refuse(Shown(member.Name), "is given more than once");
            }
            else if (member.Name == "data_base64")
            {
                if (member.Value.ValueKind != JsonValueKind.Null
                    && (member.Value.ValueKind != JsonValueKind.String || !member.Value.TryGetBytesFromBase64(out _)))
                {
                    refuse(member.Name, "must be a base64 string");
                }
            }
            else if (member.Name != "data")
            {
                CheckAttribute(member.Name, member.Value, refuse);
            }
        }

        if (Has(element, "data") && Has(element, "data_base64"))
        {
            refuse("data_base64", "excludes data: an event has one of them");
        }
    }

    private static void CheckAttribute(string name, JsonElement value, Action<string, string> refuse)
    {
        if (!CloudEventGrammar.IsName(name))
        {
            refuse(Shown(name), "is not the name of an attribute: lower-case letters and digits");
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.String when !CloudEventGrammar.IsText(value.GetString()!):
                refuse(Shown(name), "must not hold control characters or what is no character");
                break;
            case JsonValueKind.Number when value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') || !value.TryGetInt32(out _):
                refuse(Shown(name), "must be a whole number within 32 bits, or a string");
                break;
            case JsonValueKind.Object or JsonValueKind.Array:
                refuse(Shown(name), "must be a string, a whole number or a boolean");
                break;
        }
    }

    private static string? Text(JsonElement element, string name, int longest, Action<string, string> refuse)
    {
        if (!Has(element, name))
        {
            refuse(name, "is required");
            return null;
        }

        var value = element.GetProperty(name);
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

        return text;
    }

    private static void CheckOptional(JsonElement element, string name, Func<string, bool> isRight, string rule,
        Action<string, string> refuse)
    {
        if (Has(element, name) && (element.GetProperty(name) is not { ValueKind: JsonValueKind.String } value
            || value.GetString() is not { Length: > 0 } text || !isRight(text)))
        {
            refuse(name, rule);
        }
    }

    private static DateTimeOffset? Time(JsonElement element, Action<string, string> refuse)
    {
        if (!Has(element, "time"))
        {
            return null;
        }

        var value = element.GetProperty("time");
        if (value.ValueKind == JsonValueKind.String && CloudEventGrammar.TryReadTime(value.GetString()!, out var time))
        {
            return time;
        }

        refuse("time", "must be an RFC 3339 timestamp with an offset, such as 2025-01-02T03:04:05Z");
        return null;
    }

    // An object that claims one of the known types keeps to what rules read of it.
    private static void CheckFields(string type, JsonElement? data, Action<string, string> refuse)
    {
        foreach (var field in EventVocabulary.FieldsOf(type))
        {
            if (data is not { } fields || !fields.TryGetProperty(field.Name, out var value))
            {
                continue;
            }

            if (!HasKind(field, value))
            {
                refuse($"data.{field.Name}", field.Kind == EventFieldKind.GroupId
                    ? "must be a string or a number of decimal digits" : "must be a string");
                return;
            }

            if (fields.EnumerateObject().Count(member => member.NameEquals(field.Name)) > 1)
            {
                refuse($"data.{field.Name}", "is given more than once");
                return;
            }
        }

        foreach (var problem in EventVocabulary.Check(type, name => data is { } fields ? StringForm(fields, name) : null))
        {
            refuse(problem.Field, problem.Reason);
        }
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

    // A member that is null counts as left out.
    private static bool Has(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    private static string Shown(string name) => name.Length <= 60 ? name : name[..60];
}
