using Notify.Admin.Rules;

namespace Notify.Admin.Inhibitions;

/// <summary>While a problem of one kind is open, what depends on it is counted and not sent.</summary>
public sealed class Inhibition
{
    /// <summary>There may be.</summary>
    public const int Most = 100;

    public const int LongestName = 64;

    /// <summary>A problem may be taken to be open: a month.</summary>
    public const int MostHours = 720;

    public int Id { get; init; }

    /// <summary>Unique: a file names it, and an event that it held back.</summary>
    public required string Name { get; set; }

    public bool IsOn { get; set; } = true;

    /// <summary>Which problems hold back, as JSON; one rule at least.</summary>
    public string Problems { get; set; } = OwnRuleJson.None;

    /// <summary>Which events are held back, as JSON; one rule at least.</summary>
    public string Dependants { get; set; } = OwnRuleJson.None;

    /// <summary>The label that both must have the same; empty: the asset.</summary>
    public string Label { get; set; } = "";

    /// <summary>A problem counts as open so long at most, from its last event on.</summary>
    public int Hours { get; set; } = 24;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; set; }

    public string? ChangedBy { get; set; }

    /// <summary>Grows with each save; a save against an older one is a conflict.</summary>
    public int Version { get; set; }
}
