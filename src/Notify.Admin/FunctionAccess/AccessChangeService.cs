using Microsoft.Extensions.Options;
using Notify.Admin.Security;
using Notify.Admin.SlackWorkspaces;

namespace Notify.Admin.FunctionAccess;

/// <summary>Plans and applies changes of access lists.</summary>
internal sealed class AccessChangeService(
    FunctionAccessStore store, AccessRunStore runs, FunctionReader reader, AccessTokens tokens, SlackDirectory directory,
    FunctionAccessAudit audit, AccessSignal signal,
    IOptionsMonitor<FunctionAccessOptions> options, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Reads what Slack has and says what it takes to make it <paramref name="wanted"/>. Stores nothing but the reading.</summary>
    /// <returns>Null when there is no such function.</returns>
    public async Task<PlanResult?> PlanAsync(int id, AccessList wanted, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        if (await store.FindAsync(id, cancellationToken) is not { } function)
        {
            return null;
        }

        var (reading, _) = await reader.ReadAsync(function, cancellationToken);
        return reading.List is { } now
            ? new PlanResult(await MakeAsync(function, now, wanted, cancellationToken), null, null)
            : new PlanResult(null, reading.Code, reading.Detail);
    }

    /// <summary>Compares with the lists that were read last, without asking Slack: for planning many at once. One whose list was never read
    /// has no plan.</summary>
    public async Task<IReadOnlyList<(int FunctionId, AccessPlan Plan)>> SketchAsync(
        IReadOnlyList<(ManagedFunction Function, AccessList Wanted)> wishes, CancellationToken cancellationToken)
    {
        List<(int, AccessPlan)> plans = [];
        foreach (var workspace in wishes.Where(wish => wish.Function.Now is not null).GroupBy(wish => wish.Function.WorkspaceId))
        {
            var ownUserId = await tokens.OwnUserAsync(workspace.Key, cancellationToken);
            var named = workspace.Select(wish => (wish.Function, Wanted: Named(wish.Function, wish.Wanted))).ToList();
            var people = await PeopleAsync(workspace.Key, named.SelectMany(wish => Nameless(wish.Wanted)), cancellationToken);
            plans.AddRange(named.Select(wish =>
                (wish.Function.Id, AccessPlanner.Make(wish.Function.Now!, wish.Wanted.WithNamesFrom(people), ownUserId,
                options.CurrentValue.UsersPerCall))));
        }

        return plans;
    }

    /// <summary>Queues a change. It is worked in the background, whether or not anybody waits.</summary>
    /// <param name="basis">The list that the plan was made for; null reads and takes whatever is there.</param>
    /// <returns>The run, or the open one that is in the way.</returns>
    public async Task<(AccessRun Run, bool IsQueued)?> ApplyAsync(int id, AccessList wanted, string? basis, Actor actor,
        CancellationToken cancellationToken)
    {
        var queued = await ApplyAllAsync([new AccessOrder(id, wanted, basis)], null, actor, cancellationToken);
        return queued.Count > 0 ? (queued[0], true) : await runs.LatestAsync(id, cancellationToken) is { } open ? (open, false) : null;
    }

    /// <summary>Queues changes of many functions; those that are being changed already are left out.</summary>
    public async Task<IReadOnlyList<AccessRun>> ApplyAllAsync(IReadOnlyList<AccessOrder> orders, Guid? bulkId, Actor actor,
        CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        var functions = (await store.ListWholeAsync([.. orders.Select(order => order.FunctionId)], cancellationToken))
            .ToDictionary(function => function.Id);
        List<(AccessRun, Audit.AuditEntry)> made = [];
        foreach (var order in orders.Where(order => functions.ContainsKey(order.FunctionId)))
        {
            var function = functions[order.FunctionId];
            var wanted = await NameAsync(function, order.Wanted, cancellationToken);
            made.Add((new AccessRun
            {
                FunctionId = function.Id,
                Kind = AccessRunKind.Apply,
                State = AccessRunState.Open,
                Wanted = wanted,
                Basis = order.Basis,
                StartedBy = actor.Name,
                StartedById = actor.UserId,
                Origin = actor.Origin,
                CreatedAt = time.GetUtcNow(),
                BulkId = bulkId,
            }, audit.Asked(actor, function, wanted)));
        }

        var queued = await runs.QueueAsync(made, cancellationToken);
        signal.RaiseQueued();
        return queued;
    }

    /// <summary>The lists that functions are being changed to, by function.</summary>
    public Task<IReadOnlyDictionary<int, AccessList>> ListOrderedAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return runs.ListOrderedAsync(cancellationToken);
    }

    /// <summary>The run when it has ended, or as it is after <paramref name="atMost"/>. Null when it is gone.</summary>
    public async Task<AccessRun?> WaitAsync(long runId, TimeSpan atMost, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await WaitAsync(() => runs.FindAsync(runId, cancellationToken), run => run is { IsOpen: true }, atMost, cancellationToken);
    }

    /// <summary>The runs of one change of many functions when all have ended, or as they are after <paramref name="atMost"/>.</summary>
    public async Task<IReadOnlyList<BulkRun>> WaitBulkAsync(Guid bulkId, TimeSpan atMost, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await WaitAsync(() => runs.ListBulkAsync(bulkId, cancellationToken), list => list.Any(run => run.IsOpen), atMost,
            cancellationToken);
    }

    /// <summary>The change that is being made, else the last one that was.</summary>
    public Task<AccessRun?> LatestAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return runs.LatestAsync(id, cancellationToken);
    }

    /// <summary>The runs of one change of many functions.</summary>
    public Task<IReadOnlyList<BulkRun>> ListBulkAsync(Guid bulkId, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return runs.ListBulkAsync(bulkId, cancellationToken);
    }

    /// <summary>How long so many calls will take at the pace that Slack allows, with half a second for each.</summary>
    public TimeSpan Estimate(int calls, DateTimeOffset? waitingUntil)
    {
        var pace = options.CurrentValue.CallsPerMinute;
        var paced = calls > pace ? TimeSpan.FromMinutes((double)(calls - pace) / pace) : TimeSpan.Zero;
        var wait = waitingUntil - time.GetUtcNow();
        return TimeSpan.FromSeconds(calls * 0.5) + paced + (wait > TimeSpan.Zero ? wait.Value : TimeSpan.Zero);
    }

    /// <summary>How long many open runs will take together: one that has not begun is taken for one change between two readings.</summary>
    public TimeSpan Estimate(IReadOnlyList<BulkRun> all)
    {
        var open = all.Where(run => run.IsOpen).ToList();
        return Estimate(open.Sum(run => Math.Max(run.CallsAhead, 1) + 2), open.Max(run => run.WaitingUntil));
    }

    private async Task<T> WaitAsync<T>(Func<Task<T>> findAsync, Func<T, bool> isOpen, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            var ended = signal.Ended;
            var found = await findAsync();
            if (!isOpen(found) || time.GetElapsedTime(since) >= atMost)
            {
                return found;
            }

            await Task.WhenAny(ended, Task.Delay(LookEvery, time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private async Task<AccessPlan> MakeAsync(ManagedFunction function, AccessList now, AccessList wanted,
        CancellationToken cancellationToken) => AccessPlanner.Make(
        now,
        await NameAsync(function, wanted, cancellationToken),
        await tokens.OwnUserAsync(function.WorkspaceId, cancellationToken),
        options.CurrentValue.UsersPerCall);

    private async Task<AccessList> NameAsync(ManagedFunction function, AccessList wanted, CancellationToken cancellationToken)
    {
        var named = Named(function, wanted);
        return named.WithNamesFrom(await PeopleAsync(function.WorkspaceId, Nameless(named), cancellationToken));
    }

    private static AccessList Named(ManagedFunction function, AccessList wanted) =>
        wanted.WithNamesFrom(function.Now?.Users ?? [], function.Wanted.Users);

    private static IEnumerable<string> Nameless(AccessList list) =>
        list.Users.Where(user => user.Username is null && user.Email is null).Select(user => user.UserId);

    private async Task<IReadOnlyList<AccessUser>> PeopleAsync(int workspaceId, IEnumerable<string> userIds,
        CancellationToken cancellationToken)
    {
        var ids = userIds.ToList();
        return ids.Count == 0 ? [] : [.. (await directory.FindAsync(workspaceId, ids, cancellationToken)).Values.Select(person =>
            new AccessUser(person.UserId, person.Handle, person.Email))];
    }
}

/// <summary>A change to be made.</summary>
/// <param name="Basis">The list at Slack that it was planned for; null takes whatever is there.</param>
internal sealed record AccessOrder(int FunctionId, AccessList Wanted, string? Basis);

/// <summary>A plan, or why none could be made.</summary>
public sealed record PlanResult(AccessPlan? Plan, string? Code, string? Detail);
