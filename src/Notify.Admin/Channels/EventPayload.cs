using System.Collections.ObjectModel;
using System.Text.Json;
using Notify.Admin.Rules;

namespace Notify.Admin.Channels;

/// <summary>Reads the members of a CloudEvent that rules and messages know. Validation has happened at intake: what has another type here
/// is treated as absent.</summary>
public static class EventPayload
{
    private const int LongestTitle = 200;

    /// <summary>More labels than that, and longer ones, are no part of what rules read.</summary>
    private const int MostLabels = 64;
    private const int LongestLabel = 1024;

    public static EventFields ReadFields(JsonElement cloudEvent)
    {
        using var data = EventData.Of(cloudEvent);
        return ReadFields(cloudEvent, data);
    }

    /// <param name="eventData">The data of <paramref name="cloudEvent"/>.</param>
    public static EventFields ReadFields(JsonElement cloudEvent, EventData eventData)
    {
        var text = eventData.Value is { ValueKind: JsonValueKind.String } or null ? eventData.AsText : null;
        var fields = eventData.Members is { } data ? ReadData(data) : new EventFields { Description = text, Title = FirstLine(text) };

        // What other programs call these things: Falco's events have a rule, a priority and an output, others a summary or a host.
        return fields with
        {
            Title = fields.Title ?? Text(cloudEvent, "title"u8) ?? Text(cloudEvent, "rule"u8),
            Asset = fields.Asset ?? (fields.Target is null ? Text(cloudEvent, "subject"u8) ?? Text(cloudEvent, "hostname"u8) : null),
            Severity = Text(cloudEvent, "severity"u8) ?? Text(cloudEvent, "priority"u8) ?? fields.Severity,
        };
    }

    private static EventFields ReadData(JsonElement data)
    {
        var members = DataMembers.Of(data);
        return new EventFields
        {
            Title = Text(members[DataMember.Title]) ?? Text(members[DataMember.Summary]) ?? Text(members[DataMember.Rule]),
            Asset = Text(members[DataMember.Asset]),
            Target = Text(members[DataMember.Target]),
            ScanId = Text(members[DataMember.ScanId]),
            Trigger = Text(members[DataMember.Trigger]),
            AvgThreat = Text(members[DataMember.AvgThreat]),
            GroupId = GroupIdOf(members[DataMember.GroupId]),
            Group = Text(members[DataMember.Group]),
            Labels = LabelsOf(members[DataMember.Labels]),
            ItemLevel = Text(members[DataMember.ItemLevel]),
            EventType = Text(members[DataMember.EventType]),
            Type = Text(members[DataMember.Type]),
            Necessity = Text(members[DataMember.Necessity]),
            Severity = Text(members[DataMember.Severity]) ?? Text(members[DataMember.Priority]),
            Description = Text(members[DataMember.Description]) ?? Text(members[DataMember.Message]) ?? Text(members[DataMember.Output]),
            State = Text(members[DataMember.State]) switch
            {
                "open" => EventState.Open,
                "resolved" => EventState.Resolved,
                _ => EventState.None,
            },
            Problem = Text(members[DataMember.Problem]),
            Link = Text(members[DataMember.Link]) is { } link && Uri.TryCreate(link, UriKind.Absolute, out var uri)
                && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) ? link : null,
        };
    }

    /// <summary>The data of a stored event that is no object, as a person would read it; null for an object, and where there is
    /// none.</summary>
    public static string? ReadText(string json)
    {
        using var document = JsonDocument.Parse(json);
        using var data = EventData.Of(document.RootElement);
        return data.AsText;
    }

    /// <summary>A stored event as matchers and senders read it.</summary>
    public static EventRecord ToRecord(IncomingEvent stored)
    {
        using var document = JsonDocument.Parse(stored.Json);
        using var data = EventData.Of(document.RootElement);
        var fields = ReadFields(document.RootElement, data);
        if (stored.Source == ProductEvent.Source && stored.Type.StartsWith(ProductEvent.TypePrefix, StringComparison.Ordinal)
            && data.Members is { } own && own.TryGetProperty("zh", out var chinese) && chinese.ValueKind == JsonValueKind.Object)
        {
            fields = fields with { Chinese = new EventWords(Text(chinese, "title"u8), Text(chinese, "message"u8)) };
        }

        return new EventRecord(stored.Id, stored.EventId, stored.Source, stored.Type, stored.Time, stored.Severity, fields)
        {
            SourceId = stored.SourceId,
            HoldsBack = stored.InhibitedBy is null ? stored.Inhibition : null,
            InhibitedBy = stored.InhibitedBy,
            HeldBack = stored.HeldBack,
            Posted = stored is { SourceId: not null, Type: PostedMessage.EventType } ? ReadPosted(data) : null,
        };
    }

    private static PostedMessage? ReadPosted(EventData data) =>
        data.Members is { } members && members.TryGetProperty("posted", out var posted) && posted.ValueKind == JsonValueKind.Object
        && posted.TryGetProperty("slack", out var slack) && posted.TryGetProperty("dingtalk", out var dingTalk)
            ? new PostedMessage(slack.GetRawText(), dingTalk.GetRawText()) : null;

    private static string? FirstLine(string? text)
    {
        var rest = text.AsSpan().Trim();
        if (rest.IsEmpty)
        {
            return null;
        }

        var end = rest.IndexOfAny('\r', '\n');
        rest = end < 0 ? rest : rest[..end];
        return rest.Length <= LongestTitle ? rest.ToString()
            : rest[..(char.IsHighSurrogate(rest[LongestTitle - 1]) ? LongestTitle - 1 : LongestTitle)].ToString();
    }

    private static string? Text(JsonElement data, ReadOnlySpan<byte> name) => data.TryGetProperty(name, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // The vendor writes group ids as numbers in one place and as strings in another; rules, lists and messages compare and show one
    // spelling.
    private static IReadOnlyDictionary<string, string> LabelsOf(JsonElement listed)
    {
        if (listed.ValueKind != JsonValueKind.Object)
        {
            return ReadOnlyDictionary<string, string>.Empty;
        }

        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var label in listed.EnumerateObject())
        {
            var value = label.Value.ValueKind switch
            {
                JsonValueKind.String => label.Value.GetString()!,
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => label.Value.GetRawText(),
                _ => null,
            };
            if (value is { Length: <= LongestLabel } && label.Name.Length <= LongestLabel && labels.Count < MostLabels)
            {
                labels[label.Name] = value;
            }
        }

        return labels;
    }

    private static string? GroupIdOf(JsonElement value)
    {
        var written = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        return AssetGroupId.TryParse(written, out var id) ? id : value.ValueKind == JsonValueKind.String ? written : null;
    }
}
