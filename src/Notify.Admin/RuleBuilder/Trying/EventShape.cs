using Notify.Admin.Rules;

namespace Notify.Admin.RuleBuilder;

/// <summary>Stored events that rules cannot tell apart: their values, on one day, and how many there are.</summary>
/// <param name="Day">From 0, the oldest of the days that were asked for.</param>
/// <param name="NewestId">The row of the newest of them.</param>
public sealed record EventShape(
    string AlertType, string? ItemLevel, string? EventType, string? SubType, string? Necessity, string? GroupId, int Day, int Count,
    long NewestId)
{
    /// <summary>What rules read of them.</summary>
    public AlertFacts Facts { get; } = new(Vocabulary.Find(AlertType))
    {
        ItemLevel = ItemLevel,
        EventType = EventType,
        Type = SubType,
        Necessity = Necessity,
        GroupId = GroupId is not null && AssetGroupId.TryParse(GroupId, out var id) ? id : null,
    };
}
