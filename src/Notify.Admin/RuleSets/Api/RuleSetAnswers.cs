using System.Text.Json;
using System.Text.Json.Serialization;
using Notify.Admin.Channels;

namespace Notify.Admin.RuleSets;

/// <param name="Kind"><c>slack</c> or <c>dingtalk</c>.</param>
public sealed record RuleSetUse(
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("id")] int Id,
    [property: JsonPropertyName("name")] string Name);

/// <param name="Rules">An array of <c>name</c> and <c>conditions</c>, as Rules/README.md says.</param>
/// <param name="Version">Given in a change, it refuses one on what somebody else has changed meanwhile.</param>
/// <param name="Channels">That use it.</param>
public sealed record RuleSetAnswer(
    [property: JsonPropertyName("id")] int Id,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("rules")] JsonElement Rules,
    [property: JsonPropertyName("version")] int Version,
    [property: JsonPropertyName("changed_at")] DateTimeOffset ChangedAt,
    [property: JsonPropertyName("changed_by")] string? ChangedBy,
    [property: JsonPropertyName("channels")] IReadOnlyList<RuleSetUse> Channels)
{
    public static RuleSetAnswer Of(RuleSetView set, IEnumerable<ChannelName> channels)
    {
        using var rules = JsonDocument.Parse(set.Rules);
        return new RuleSetAnswer(set.Id, set.Name, rules.RootElement.Clone(), set.Version, set.ChangedAt, set.ChangedBy,
            [.. channels.Select(channel => new RuleSetUse(
                channel.Key.Kind.ToString().ToLowerInvariant(), channel.Key.Id, channel.Name))]);
    }
}

public sealed record RuleSetsAnswer([property: JsonPropertyName("rule_sets")] IReadOnlyList<RuleSetAnswer> RuleSets);

/// <param name="Version">That the change is made to; left out, the last writer wins.</param>
public sealed record RuleSetBody(
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("rules")] JsonElement? Rules,
    [property: JsonPropertyName("version")] int? Version);
