namespace Notify.Admin.FunctionAccess;

/// <summary>What a change would do: who gains and loses access, what to know first, and the calls that make it.</summary>
/// <param name="Gains">People who have no access now and will have it, as far as Slack names them.</param>
/// <param name="Loses">People who have access now and will not have it, as far as Slack names them.</param>
/// <param name="Calls">In their order; none where nothing is to be done.</param>
public sealed record AccessPlan(
    AccessList Now,
    AccessList Wanted,
    IReadOnlyList<AccessUser> Gains,
    IReadOnlyList<AccessUser> Loses,
    IReadOnlyList<string> TeamsGain,
    IReadOnlyList<string> TeamsLose,
    IReadOnlyList<string> OrgsGain,
    IReadOnlyList<string> OrgsLose,
    IReadOnlyList<AccessWarning> Warnings,
    IReadOnlyList<AccessCall> Calls)
{
    public string TypeFrom => Now.PermissionType;

    public string TypeTo => Wanted.PermissionType;

    public bool ChangesType => TypeFrom != TypeTo;

    /// <summary>People, workspaces and organisations together.</summary>
    public int GainCount => Gains.Count + TeamsGain.Count + OrgsGain.Count;

    /// <inheritdoc cref="GainCount"/>
    public int LoseCount => Loses.Count + TeamsLose.Count + OrgsLose.Count;

    /// <summary>The fingerprint of <see cref="Now"/>: the plan holds as long as Slack's list has the same.</summary>
    public string Basis => Now.Basis;

    public bool IsEmpty => Calls.Count == 0;

    /// <summary>Whether applying it takes one more question: somebody loses access, or there is something to know first.</summary>
    public bool AsksFirst => LoseCount > 0 || Warnings.Count > 0;

    public bool Warns(AccessWarningKind kind) => Warnings.Any(warning => warning.Kind == kind);
}
