using Microsoft.Extensions.Options;
using Notify.Admin.Security;
using Notify.Admin.SlackWorkspaces;

namespace Notify.Admin.FunctionAccess;

/// <summary>Plans and applies changes of access lists.</summary>
internal sealed class AccessChangeService(
    FunctionAccessStore store, AccessRunStore runs, FunctionReader reader, AccessTokens tokens, SlackDirectory directory, FunctionAccessAudit audit, AccessSignal signal,
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

    /// <summary>Compares with the list that was read last, without asking Slack: for planning many at once.</summary>
    public async Task<AccessPlan?> SketchAsync(ManagedFunction function, AccessList wanted, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return function.Now is { } now ? await MakeAsync(function, now, wanted, cancellationToken) : null;
    }

    /// <summary>Queues a change. It is worked in the background, whether or not anybody waits.</summary>
    /// <param name="basis">The list that the plan was made for; null reads and takes whatever is there.</param>
    /// <returns>The run, or the open one that is in the way.</returns>
    public async Task<(AccessRun Run, bool IsQueued)?> ApplyAsync(int id, AccessList wanted, string? basis, Actor actor, CancellationToken cancellationToken)
    {
        var queued = await ApplyAllAsync([new AccessOrder(id, wanted, basis)], null, actor, cancellationToken);
        return queued.Count > 0 ? (queued[0], true) : await runs.LatestAsync(id, cancellationToken) is { } open ? (open, false) : null;
    }

    /// <summary>Queues changes of many functions; those that are being changed already are left out.</summary>
    public async Task<IReadOnlyList<AccessRun>> ApplyAllAsync(IReadOnlyList<AccessOrder> orders, Guid? bulkId, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        var functions = (await store.ListWholeAsync([.. orders.Select(order => order.FunctionId)], cancellationToken)).ToDictionary(function => function.Id);
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

    /// <summary>The run when it has ended, or as it is after <paramref name="atMost"/>. Null when it is gone.</summary>
    public async Task<AccessRun?> WaitAsync(long runId, TimeSpan atMost, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var since = time.GetTimestamp();
        while (true)
        {
            var ended = signal.Ended;
            var run = await runs.FindAsync(runId, cancellationToken);
            if (run is not { IsOpen: true } || time.GetElapsedTime(since) >= atMost)
            {
                return run;
            }

            await Task.WhenAny(ended, Task.Delay(LookEvery, time, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The change that is being made, else the last one that was.</summary>
    public Task<AccessRun?> LatestAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return runs.LatestAsync(id, cancellationToken);
    }

    /// <summary>The runs of one change of many functions.</summary>
    public Task<IReadOnlyList<AccessRun>> ListBulkAsync(Guid bulkId, Actor actor, CancellationToken cancellationToken)
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

    private async Task<AccessPlan> MakeAsync(ManagedFunction function, AccessList now, AccessList wanted, CancellationToken cancellationToken) => AccessPlanner.Make(
        now,
        await NameAsync(function, wanted, cancellationToken),
        await tokens.OwnUserAsync(function.WorkspaceId, cancellationToken),
        options.CurrentValue.UsersPerCall);

    private async Task<AccessList> NameAsync(ManagedFunction function, AccessList wanted, CancellationToken cancellationToken)
    {
        var named = wanted.WithNamesFrom(function.Now?.Users ?? [], function.Wanted.Users);
        if (named.Users.All(user => user.Username is not null || user.Email is not null))
        {
            return named;
        }

        var people = await directory.FindAsync(function.WorkspaceId, named.UserIds, cancellationToken);
        return named.WithNamesFrom(people.Values.Select(person => new AccessUser(person.UserId, person.Handle, person.Email)));
    }
}

/// <summary>A change to be made.</summary>
/// <param name="Basis">The list at Slack that it was planned for; null takes whatever is there.</param>
internal sealed record AccessOrder(int FunctionId, AccessList Wanted, string? Basis);

/// <summary>A plan, or why none could be made.</summary>
public sealed record PlanResult(AccessPlan? Plan, string? Code, string? Detail);
