using System.Security.Cryptography;
using System.Text;
using Notify.Admin.Security;

namespace Notify.Admin.FunctionAccess;

/// <summary>Changes of many functions at once: planned from what was read last, applied in the background, each on the list it was planned
/// for.</summary>
internal sealed class BulkAccessService(FunctionAccessStore store, AccessRunStore runs, AccessChangeService changes)
{
    /// <summary>What giving or taking one person's access does to every function of their workspace.</summary>
    public async Task<IReadOnlyList<BulkLine>> PlanPersonAsync(int workspaceId, AccessUser user, bool gives, Actor actor,
        CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var functions = (await store.ListWholeAsync(null, cancellationToken)).Where(function => function.WorkspaceId == workspaceId);
        return await LinesAsync([.. functions.Select(function => (function, BulkAccess.WithPerson(function, user, gives)))],
            cancellationToken);
    }

    /// <summary>What copying one function's wanted list does to every other of its workspace. Empty when it is gone.</summary>
    public async Task<IReadOnlyList<BulkLine>> PlanCopyAsync(int sourceId, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var functions = await store.ListWholeAsync(null, cancellationToken);
        if (functions.FirstOrDefault(function => function.Id == sourceId) is not { } source)
        {
            return [];
        }

        var others = functions.Where(function => function.Id != sourceId && function.WorkspaceId == source.WorkspaceId);
        return await LinesAsync([.. others.Select(function => (function, BulkAccess.CopyOf(function, source)))], cancellationToken);
    }

    /// <summary>What making each of these lists the wanted one does.</summary>
    public async Task<IReadOnlyList<BulkLine>> PlanListsAsync(
        IReadOnlyList<(ManagedFunction Function, AccessList Wanted)> wishes, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await LinesAsync([.. wishes.Select(wish => (wish.Function, BulkAccess.WithList(wish.Function, wish.Wanted)))],
            cancellationToken);
    }

    /// <summary>The wanted lists of two functions, as the plan that leads from one to the other. Null when one is gone.</summary>
    public async Task<AccessPlan?> CompareAsync(int firstId, int secondId, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var functions = await store.ListWholeAsync([firstId, secondId], cancellationToken);
        return functions.FirstOrDefault(function => function.Id == firstId) is { } first
            && functions.FirstOrDefault(function => function.Id == secondId) is { } second
            ? AccessPlanner.Make(first.Wanted, second.Wanted)
            : null;
    }

    /// <summary>Begins the planned changes. One that another is being made to is left out.</summary>
    public async Task<BulkStart> ApplyAsync(IEnumerable<BulkLine> lines, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        var id = Guid.NewGuid();
        var planned = lines.Where(line => line.Plan is not null).ToList();
        var begun = await changes.ApplyAllAsync([.. planned.Select(line =>
            new AccessOrder(line.FunctionId, line.Plan!.Wanted, line.Plan.Basis))], id, actor, cancellationToken);
        var ids = begun.Select(run => run.FunctionId).ToHashSet();
        return new BulkStart(id, begun.Count, [.. planned.Where(line => !ids.Contains(line.FunctionId)).Select(line => line.Name)]);
    }

    /// <summary>A fingerprint of what would be changed: the same lines planned again have the same one as long as neither what is wanted
    /// nor what was read has changed.</summary>
    public static string BasisOf(IEnumerable<BulkLine> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines.Where(line => line.Plan is not null).OrderBy(line => line.FunctionId))
        {
            text.Append(line.FunctionId).Append(' ').Append(line.Plan!.Basis).Append(' ').Append(line.Plan.Wanted.Basis).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];
    }

    private async Task<IReadOnlyList<BulkLine>> LinesAsync(
        IReadOnlyList<(ManagedFunction Function, (AccessList? Wanted, BulkSkip? Skip) Wish)> wishes, CancellationToken cancellationToken)
    {
        var busy = await runs.ListOpenAsync(cancellationToken);
        var able = wishes.Where(wish => wish.Wish.Wanted is not null && !busy.Contains(wish.Function.Id)).ToList();
        var plans = (await changes.SketchAsync([.. able.Select(wish => (wish.Function, wish.Wish.Wanted!))], cancellationToken))
            .ToDictionary(plan => plan.FunctionId, plan => plan.Plan);
        return
        [
            .. wishes.Select(wish => plans.GetValueOrDefault(wish.Function.Id) is { } plan
                ? new BulkLine(wish.Function.Id, wish.Function.WorkspaceId, wish.Function.Name, plan, null)
                : new BulkLine(wish.Function.Id, wish.Function.WorkspaceId, wish.Function.Name, null, wish.Wish.Skip ?? BulkSkip.Changing)),
        ];
    }
}
