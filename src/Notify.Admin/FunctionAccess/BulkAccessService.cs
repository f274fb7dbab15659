using Notify.Admin.Security;

namespace Notify.Admin.FunctionAccess;

/// <summary>Changes of many functions at once: planned from what was read last, applied in the background, each on the list it was planned for.</summary>
internal sealed class BulkAccessService(FunctionAccessStore store, AccessChangeService changes)
{
    /// <summary>What giving or taking one person's access does to every function of their workspace.</summary>
    public async Task<IReadOnlyList<BulkLine>> PlanPersonAsync(int workspaceId, AccessUser user, bool gives, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var functions = (await store.ListWholeAsync(null, cancellationToken)).Where(function => function.WorkspaceId == workspaceId);
        return await LinesAsync(functions, function => BulkAccess.WithPerson(function, user, gives), actor, cancellationToken);
    }

    /// <summary>What copying one function's wanted list does to every other of its workspace. Empty when it is gone.</summary>
    public async Task<IReadOnlyList<BulkLine>> PlanCopyAsync(int sourceId, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var functions = await store.ListWholeAsync(null, cancellationToken);
        return functions.FirstOrDefault(function => function.Id == sourceId) is { } source
            ? await LinesAsync(functions.Where(function => function.Id != sourceId && function.WorkspaceId == source.WorkspaceId), function => BulkAccess.CopyOf(function, source), actor, cancellationToken)
            : [];
    }

    /// <summary>The wanted lists of two functions, as the plan that leads from one to the other. Null when one is gone.</summary>
    public async Task<AccessPlan?> CompareAsync(int firstId, int secondId, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var functions = await store.ListWholeAsync([firstId, secondId], cancellationToken);
        return functions.FirstOrDefault(function => function.Id == firstId) is { } first && functions.FirstOrDefault(function => function.Id == secondId) is { } second
            ? AccessPlanner.Make(first.Wanted, second.Wanted)
            : null;
    }

    /// <summary>Begins the planned changes. One that another is being made to is left out.</summary>
    /// <returns>What the runs are found by.</returns>
    public async Task<Guid> ApplyAsync(IEnumerable<BulkLine> lines, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        var id = Guid.NewGuid();
        await changes.ApplyAllAsync([.. lines.Where(line => line.Plan is not null).Select(line => new AccessOrder(line.FunctionId, line.Plan!.Wanted, line.Plan.Basis))], id, actor, cancellationToken);
        return id;
    }

    private async Task<IReadOnlyList<BulkLine>> LinesAsync(
        IEnumerable<ManagedFunction> functions, Func<ManagedFunction, (AccessList? Wanted, BulkSkip? Skip)> decide, Actor actor, CancellationToken cancellationToken)
    {
        List<BulkLine> lines = [];
        foreach (var function in functions)
        {
            var (wanted, skip) = decide(function);
            lines.Add(new BulkLine(
                function.Id, function.Name, wanted is null ? null : await changes.SketchAsync(function, wanted, actor, cancellationToken), skip));
        }

        return lines;
    }
}
