using System.Globalization;
using Notify.Admin.Security;
using Notify.Admin.SlackWorkspaces;

namespace Notify.Admin.FunctionAccess;

/// <summary>Wanted lists out to a file, and a file's lists as a plan; what is planned is applied by
/// <see cref="BulkAccessService"/>.</summary>
internal sealed class AccessFileService(FunctionAccessStore store, SlackWorkspaceStore workspaces, BulkAccessService bulk)
{
    /// <summary>The wanted lists of the managed functions, by name.</summary>
    /// <param name="workspaceId">Null: of every workspace.</param>
    public async Task<string> ExportAsync(AccessFileFormat format, int? workspaceId, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var functions = await store.ListWholeAsync(null, cancellationToken);
        return AccessFile.Write([.. functions.Where(function => workspaceId is null || function.WorkspaceId == workspaceId)], format);
    }

    /// <summary>What a file would change, from what was read at Slack last. Functions that are not managed are not added.</summary>
    public async Task<AccessFilePlan> PlanAsync(ReadOnlyMemory<byte> bytes, AccessFileFormat format, Actor actor,
        CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        var reading = AccessFile.Read(bytes.Span, format);
        var functions = (await store.ListWholeAsync(null, cancellationToken)).ToLookup(function => function.Key, StringComparer.Ordinal);
        var known = (await workspaces.ListAsync(cancellationToken)).Select(workspace => workspace.Id).ToHashSet();
        var problems = reading.Problems.ToList();
        var wishes = new List<(ManagedFunction, AccessList)>();
        var lines = new Dictionary<int, int>();
        foreach (var entry in reading.Entries)
        {
            var (function, problem) = Find(entry, functions, known);
            if (function is not null && !lines.TryAdd(function.Id, entry.Line))
            {
                problem = new AccessProblem(entry.Line, FieldOf(entry), AccessRule.FunctionOnce, lines[function.Id]
                    .ToString(CultureInfo.InvariantCulture));
            }
            else if (function is not null && !PermissionTypes.IsSettable(entry.Wish.PermissionType)
                && function.Wanted.PermissionType != entry.Wish.PermissionType)
            {
                problem = new AccessProblem(entry.Line, "permission_type", AccessRule.SettableType);
            }

            if (problem is null)
            {
                wishes.Add((function!, entry.Wish.ToList()));
            }
            else if (problems.Count < AccessFile.MostProblems)
            {
                problems.Add(problem);
            }
        }

        return problems.Count > 0
            ? new AccessFilePlan([], lines, [.. problems.OrderBy(problem => problem.Line)])
            : new AccessFilePlan(await bulk.PlanListsAsync(wishes, actor, cancellationToken), lines, []);
    }

    private static (ManagedFunction? Function, AccessProblem? Problem) Find(AccessFileEntry entry, ILookup<string,
        ManagedFunction> functions, HashSet<int> workspaces)
    {
        if (entry.WorkspaceId is { } given && !workspaces.Contains(given))
        {
            return (null, new AccessProblem(entry.Line, AccessFileFields.WorkspaceId, AccessRule.Workspace));
        }

        return functions[entry.Function.Key].Where(function => entry.WorkspaceId is null || function.WorkspaceId == entry.WorkspaceId)
            .ToList() switch
        {
            [var one] => (one, null),
            [] => (null, new AccessProblem(entry.Line, FieldOf(entry), AccessRule.Managed, entry.Function.ToString())),
            _ => (null, new AccessProblem(entry.Line, AccessFileFields.WorkspaceId, AccessRule.OneWorkspace, entry.Function.ToString())),
        };
    }

    private static string FieldOf(AccessFileEntry entry) => entry.Function.FunctionId is null ? "function_callback_id" : "function_id";
}

/// <summary>What a file would change; or, where anything is wrong with it, only what.</summary>
/// <param name="Places">The line of the file, by function.</param>
public sealed record AccessFilePlan(IReadOnlyList<BulkLine> Lines, IReadOnlyDictionary<int, int> Places,
    IReadOnlyList<AccessProblem> Problems)
{
    /// <summary>There were more problems than are named.</summary>
    public bool HasMore => Problems.Count >= AccessFile.MostProblems;
}
