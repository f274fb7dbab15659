using Notify.Admin.Audit;

namespace Notify.Admin.ConfigFiles;

/// <summary>One thing that is wrong with a file.</summary>
/// <param name="Field">Its path: <c>slack[0].channelId</c>.</param>
/// <param name="Reason">The rule that it breaks, in the language of whoever asked.</param>
public sealed record ConfigProblem(int Line, string Field, string Reason)
{
    public override string ToString() => $"Line {Line}: {Field} {Reason}";
}

public enum ConfigAction
{
    Create = 1,
    Change = 2,
    Delete = 3,
}

/// <summary>What applying a file does to one object.</summary>
/// <param name="Section">Of the file: <c>slack</c>.</param>
/// <param name="Line">0 for what is deleted.</param>
/// <param name="Fields">A secret's values are its last four characters.</param>
public sealed record ConfigChange(ConfigAction Action, string Section, string Name, int Line, IReadOnlyList<FieldChange> Fields)
{
    /// <summary>Null where it changes no channel, or was not counted.</summary>
    public ConfigEffect? Effect { get; init; }
}

/// <summary>What applying a file would do.</summary>
/// <param name="Basis">Stands for what stands; given to an apply, it makes sure that just this is applied.</param>
/// <param name="Kept">Objects that the file does not name, in its sections: only pruning deletes them.</param>
public sealed record ConfigPlan(
    string Basis, IReadOnlyList<ConfigChange> Changes, int Kept, IReadOnlyList<ConfigProblem> Problems)
{
    /// <summary>The file has other comments than those that are kept.</summary>
    public bool HasNewComments { get; init; }

    /// <summary>Changes of channels beyond <see cref="ConfigEffects.MostCounted"/>.</summary>
    public int Uncounted { get; init; }
}

public enum ConfigResult
{
    Applied = 1,

    /// <summary>The file is wrong; nothing was changed.</summary>
    Invalid = 2,

    /// <summary>Something changed since the plan; nothing was changed.</summary>
    Outdated = 3,
}

/// <param name="Plan">What was applied; the plan as it is now where nothing was.</param>
/// <param name="Addresses">Paths of new sources, with the key that cannot be read again.</param>
internal sealed record ConfigOutcome(ConfigResult Result, ConfigPlan Plan, IReadOnlyList<NewAddress> Addresses);

/// <summary>Where a new source is posted to.</summary>
public sealed record NewAddress(string Source, string Path)
{
    /// <summary>Printing it does not print the key.</summary>
    public override string ToString() => Source;
}
