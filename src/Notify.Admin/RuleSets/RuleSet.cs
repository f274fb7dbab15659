using Notify.Admin.Rules;

namespace Notify.Admin.RuleSets;

/// <summary>Own rules under a name, for any number of channels: they are stored, compiled and changed once.</summary>
public sealed class RuleSet
{
    /// <summary>There may be: lists and choices show all of them.</summary>
    public const int Most = 500;

    public const int LongestName = 64;

    public int Id { get; init; }

    /// <summary>Unique: a file names it, and a delivery's reason.</summary>
    public required string Name { get; set; }

    /// <summary>As JSON; one rule at least.</summary>
    public string Rules { get; set; } = OwnRuleJson.None;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; set; }

    public string? ChangedBy { get; set; }

    /// <summary>Grows with each save; a save against an older one is a conflict.</summary>
    public int Version { get; set; }
}
