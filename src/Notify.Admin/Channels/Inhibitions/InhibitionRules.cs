using Notify.Admin.Rules;

namespace Notify.Admin.Channels;

/// <summary>While a problem that its problems' rules match is open, events that its dependants' rules match, and that have the same asset
/// or label, are counted and not sent.</summary>
/// <param name="Label">What both must have the same of; null: the asset.</param>
/// <param name="Longest">A problem is taken to be open so long at most, from its last event on.</param>
public sealed record InhibitionRules(int Id, string Name, OwnRuleList Problems, OwnRuleList Dependants, string? Label, TimeSpan Longest);

/// <summary>The inhibitions that are on, for whatever decides.</summary>
public interface IInhibitions
{
    /// <summary>Loads them when <paramref name="configurationVersion"/> is newer than what is held.</summary>
    ValueTask<InhibitionSnapshot> GetSnapshotAsync(long configurationVersion, CancellationToken cancellationToken);
}
