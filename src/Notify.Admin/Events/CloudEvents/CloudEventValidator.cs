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

        List<FieldProblem>? problems = null;
        Action<string, string> refuse = (field, reason) => (problems ??= []).Add(new FieldProblem(index, field, reason));

        if (!JsonText.IsWellFormed(element))
        {
            refuse("event", @"holds a \u escape that is half of a surrogate pair");
            return (null, problems!);
        }

        var members = ReadMembers(element, refuse);
        if (Text(members, CloudEventMember.SpecVersion, "specversion", 8, refuse) is { } version && version != "1.0")
        {
            refuse("specversion", "must be \"1.0\"");
        }

        var id = Text(members, CloudEventMember.Id, "id", LongestText, refuse);
        var source = Text(members, CloudEventMember.Source, "source", LongestText, refuse);
        if (source is not null && !CloudEventGrammar.IsUriReference(source))
        {
            refuse("source", "must be a URI reference (RFC 3986): what it may not hold is percent-encoded");
        }

        var type = Text(members, CloudEventMember.Type, "type", LongestType, refuse);
        if (type is not null && type.StartsWith(ProductEvent.TypePrefix, StringComparison.Ordinal))
        {
            refuse("type", "must not begin with \"notify.\": those events are raised by the product itself");
        }

        // What it keeps is read back: only what a source itself could not map is such an event.
        if (type == UnmappedEvent.Type)
        {
            refuse("type", $"must not be \"{UnmappedEvent.Type}\": those events are made here, of payloads that a source could not map");
        }

        var time = Time(members, refuse);
        CheckOptional(members, CloudEventMember.Subject, "subject", _ => true, "must be a non-empty string", refuse);
        CheckOptional(members, CloudEventMember.DataContentType, "datacontenttype", CloudEventGrammar.IsMediaType,
            "must be a media type, such as application/json", refuse);
        CheckOptional(members, CloudEventMember.DataSchema, "dataschema", CloudEventGrammar.IsUri, "must be an absolute URI", refuse);

        using var data = EventData.Of(element);
        if (type is not null)
        {
            CheckFields(type, data.Members, refuse);
        }

        return problems is not null || id is null || source is null || type is null
            ? (null, problems ?? [])
            : (new ParsedEvent(id, source, type, time, EventPayload.ReadFields(element, data), element.GetRawText()), []);
    }

    private static CloudEventMembers ReadMembers(JsonElement element, Action<string, string> refuse)
    {
        var members = new CloudEventMembers();
        HashSet<string>? extensions = null;
        foreach (var member in element.EnumerateObject())
        {
            var known = CloudEventMembers.Find(member);
            var text = known is not (CloudEventMember.Data or CloudEventMember.DataBase64) && member.Value.ValueKind == JsonValueKind.String
                ? member.Value.GetString() : null;
            // A member given twice could be read one way by us and the other way by whoever reads the stored JSON.
            if (known is { } named ? !members.Add(named, member.Value, text)
                : !(extensions ??= new HashSet<string>(StringComparer.Ordinal)).Add(member.Name))
            {
                refuse(Shown(member.Name), "is given more than once");
            }
            else if (known == CloudEventMember.DataBase64)
            {
                if (member.Value.ValueKind != JsonValueKind.Null
                    && (member.Value.ValueKind != JsonValueKind.String || !member.Value.TryGetBytesFromBase64(out _)))
                {
                    refuse("data_base64", "must be a base64 string");
                }
            }
            else if (known is null && !CloudEventGrammar.IsName(member.Name))
            {
                refuse(Shown(member.Name), "is not the name of an attribute: lower-case letters and digits");
            }
            else if (known != CloudEventMember.Data && ReasonAgainst(member.Value, text) is { } reason)
            {
                refuse(Shown(member.Name), reason);
            }
        }

        if (members.Has(CloudEventMember.Data) && members.Has(CloudEventMember.DataBase64))
        {
            refuse("data_base64", "excludes data: an event has one of them");
        }

        return members;
    }

    // An attribute is a string, a whole number or a boolean.
    private static string? ReasonAgainst(JsonElement value, string? text) => value.ValueKind switch
    {
        JsonValueKind.String when !CloudEventGrammar.IsText(text!) => "must not hold control characters or what is no character",
        JsonValueKind.Number when value.GetRawText().AsSpan().ContainsAny('.', 'e', 'E') || !value.TryGetInt32(out _) =>
            "must be a whole number within 32 bits, or a string",
        JsonValueKind.Object or JsonValueKind.Array => "must be a string, a whole number or a boolean",
        _ => null,
    };

    private static string? Text(CloudEventMembers members, CloudEventMember member, string name, int longest,
        Action<string, string> refuse)
    {
        if (!members.Has(member))
        {
            refuse(name, "is required");
            return null;
        }

        if (members.Text(member) is not { Length: > 0 } text)
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

    private static void CheckOptional(CloudEventMembers members, CloudEventMember member, string name, Func<string, bool> isRight,
        string rule, Action<string, string> refuse)
    {
        if (members.Has(member) && (members.Text(member) is not { Length: > 0 } text || !isRight(text)))
        {
            refuse(name, rule);
        }
    }

    private static DateTimeOffset? Time(CloudEventMembers members, Action<string, string> refuse)
    {
        if (!members.Has(CloudEventMember.Time))
        {
            return null;
        }

        if (members.Text(CloudEventMember.Time) is { } text && CloudEventGrammar.TryReadTime(text, out var time))
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

            if (IsRepeated(fields, field.Name))
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

    private static bool IsRepeated(JsonElement fields, string name)
    {
        var found = 0;
        foreach (var member in fields.EnumerateObject())
        {
            found += member.NameEquals(name) ? 1 : 0;
        }

        return found > 1;
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

    private static string Shown(string name) => name.Length <= 60 ? name : name[..60];
}
