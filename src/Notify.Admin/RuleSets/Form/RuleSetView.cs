using System.Text.Json.Serialization;
using Notify.Admin.LiveForms;

namespace Notify.Admin.RuleSets;

/// <summary>A stored rule set as its page shows it.</summary>
public sealed record RuleSetView(
    int Id, int Version, string Name, string Rules, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, string? ChangedBy)
    : IStored<RuleSetFormModel>
{
    [JsonIgnore]
    public RuleSetFormModel Values => new() { Name = Name, Rules = Rules };

    public static RuleSetView Of(RuleSet set) =>
        new(set.Id, set.Version, set.Name, set.Rules, set.CreatedAt, set.ChangedAt, set.ChangedBy);
}
