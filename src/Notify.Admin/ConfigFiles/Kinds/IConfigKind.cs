using System.Text.Json.Nodes;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>What a section of the file holds. Sections are planned and applied in the order of their registration.</summary>
internal interface IConfigKind
{
    string Section { get; }

    JsonObject Schema { get; }

    /// <summary>Reads what stands, and tells <paramref name="names"/> what others may speak of.</summary>
    /// <returns>What tells one state from another.</returns>
    Task<IReadOnlyList<string>> ReadAsync(ConfigNames names, Actor actor, CancellationToken cancellationToken);

    /// <summary>Tells <paramref name="names"/> what a section would create.</summary>
    void Announce(ConfigNode section, ConfigNames names);

    /// <summary>What stands, as the section; null where there is nothing.</summary>
    ConfigNode? Export(ConfigNames names);

    Task<SectionPlan> PlanAsync(ConfigNode section, ConfigPlace place, bool prune, Actor actor, CancellationToken cancellationToken);

    /// <summary>What an object of the section is known by; null where it does not say, or the section has none.</summary>
    string? NameOfItem(ConfigMap item) => null;

    /// <summary>What the planned section names, as the trail calls it: those that are kept as a file of the directory has them.</summary>
    Task<IReadOnlyList<(string Kind, string Id)>> ListNamedAsync(Actor actor, CancellationToken cancellationToken);
}

/// <summary>What applying a section does.</summary>
/// <param name="Kept">What stands and is not named.</param>
internal sealed record SectionPlan(IReadOnlyList<PlannedChange> Changes, int Kept);

/// <param name="Apply">Makes the change; what it refuses goes to the place's problems.</param>
internal sealed record PlannedChange(ConfigChange Change, Func<ApplyTurn, Task> Apply)
{
    /// <summary>A deletion that makes room for what is created or changed.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Counts what it means for what is sent; null where it is about nothing that sends.</summary>
    public Func<CancellationToken, Task<ConfigEffect?>>? Count { get; init; }
}

/// <summary>One pass over the changes of a plan.</summary>
/// <param name="IsSecond">Once more for what speaks of objects that the first has only just created.</param>
/// <param name="Line">Of the section, for what it deletes.</param>
internal sealed record ApplyTurn(
    Actor Actor, ConfigPlace Place, bool IsSecond, List<NewAddress> Addresses, CancellationToken Stop, int Line = 0);
