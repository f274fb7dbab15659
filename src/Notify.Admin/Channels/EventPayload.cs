using System.Text.Json;
using Notify.Admin.Rules;

namespace Notify.Admin.Channels;

/// <summary>Reads the members of CloudEvents <c>data</c> that rules and messages know. Validation has happened at intake: what has another
/// type here is treated as absent.</summary>
public static class EventPayload
{
    public static EventFields ReadFields(JsonElement data) => new()
    {
        Title = Text(data, "title"),
        Asset = Text(data, "asset"),
        Target = Text(data, "target"),
        ScanId = Text(data, "scanId"),
        Trigger = Text(data, "trigger"),
        AvgThreat = Text(data, "avgThreat"),
        GroupId = GroupIdOf(data),
        ItemLevel = Text(data, "item_level"),
        EventType = Text(data, "event_type"),
        Type = Text(data, "type"),
        Necessity = Text(data, "necessity"),
        Description = Text(data, "description") ?? Text(data, "message"),
    };

    /// <summary>A stored event as matchers and senders read it.</summary>
    public static EventRecord ToRecord(IncomingEvent stored)
    {
        using var document = JsonDocument.Parse(stored.Json);
        var fields = document.RootElement.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
            ? ReadFields(data)
            : new EventFields();
        if (stored.Source == ProductEvent.Source && stored.Type.StartsWith(ProductEvent.TypePrefix, StringComparison.Ordinal)
            && data.ValueKind == JsonValueKind.Object && data.TryGetProperty("zh", out var chinese)
                && chinese.ValueKind == JsonValueKind.Object)
        {
            fields = fields with { Chinese = new EventWords(Text(chinese, "title"), Text(chinese, "message")) };
        }

        return new EventRecord(stored.Id, stored.EventId, stored.Source, stored.Type, stored.Time, stored.Severity, fields);
    }

    private static string? Text(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // The vendor writes group ids as numbers in one place and as strings in another; rules, lists and messages compare and show one
    // spelling.
    private static string? GroupIdOf(JsonElement data)
    {
        var written = data.TryGetProperty("groupId", out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;
        return AssetGroupId.TryParse(written, out var id) ? id : value.ValueKind == JsonValueKind.String ? written : null;
    }
}
