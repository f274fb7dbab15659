namespace Notify.Admin.ConfigFiles;

/// <summary>What the command works on: the store itself, or a running product through its API.</summary>
internal interface IConfigDoor
{
    Task<string> ExportAsync(CancellationToken cancellationToken);

    Task<CommandPlan> PlanAsync(string text, bool prune, CancellationToken cancellationToken);

    Task<CommandPlan> ApplyAsync(string text, bool prune, string basis, CancellationToken cancellationToken);
}

/// <summary>A plan, or what was applied, as the command prints it.</summary>
/// <param name="Problems">A line each; with any, nothing was changed.</param>
/// <param name="Addresses">Of new sources: a path, or the whole address where that is known.</param>
/// <param name="Comments">The file has other comments than those that are kept.</param>
internal sealed record CommandPlan(
    string Basis, int Kept, IReadOnlyList<ConfigChangeAnswer> Changes, IReadOnlyList<string> Problems,
    IReadOnlyList<NewAddressAnswer> Addresses, bool Comments = false)
{
    public static CommandPlan Refused(params IReadOnlyList<string> problems) => new("", 0, [], problems, []);
}
