using Microsoft.Extensions.Options;
using Notify.Admin.Slack;

namespace Notify.Admin.FunctionAccess;

/// <summary>Makes the list at Slack the wanted one, whether <c>set</c> merges or replaces: reads, plans, calls, reads back, until both are
/// the same. It never overwrites what somebody else changed meanwhile, and it may be begun again at any point. README.md says
/// how.</summary>
internal sealed class AccessConvergence(AccessCaller caller, IOptionsMonitor<FunctionAccessOptions> options)
{
    // Each round either gets nearer or is the last; a chain of partial answers is still bounded.
    private const int MostRounds = 8;

    // Looking for single unknown people in a large call costs two calls for each halving.
    private const int MostRefused = 20;

    public async Task<AccessOutcome> RunAsync(AccessJob job, CancellationToken cancellationToken)
    {
        var first = await ReadAsync(job, cancellationToken);
        if (first.List is not { } seen)
        {
            return Unfinished(job, job.Before, first.Code, first.Detail, isCertain: job.Before is not null
                && !job.Steps.Exists(step => !step.IsRead));
        }

        if (job.Before is null)
        {
            if (job.Basis is not null && job.Basis != seen.Basis)
            {
                return AccessOutcome.Changed(seen, job.Wanted);
            }

            job.Before = seen;
            await job.SaveAsync(cancellationToken);
        }
        else if (!IsOnTheWay(job, seen))
        {
            return AccessOutcome.Changed(seen, job.Wanted);
        }

        return await ConvergeAsync(job, seen, cancellationToken);
    }

    private async Task<AccessOutcome> ConvergeAsync(AccessJob job, AccessList seen, CancellationToken cancellationToken)
    {
        var refused = new HashSet<string>(StringComparer.Ordinal);
        for (var round = 0; !seen.SameAs(job.Wanted); round++)
        {
            var calls = Without(refused, AccessPlanner.Calls(seen, job.Wanted, options.CurrentValue.UsersPerCall));
            if (calls.Count == 0 || round == MostRounds)
            {
                return Unfinished(job, seen, refused.Count > 0
                    ? AccessErrors.UserNotFound : AccessErrors.NotTaken, Named(refused), isCertain: true);
            }

            var made = await MakeAsync(job, seen, calls, refused, cancellationToken);
            var read = made.Code is null && made.Answer is { } answer && IsUsable(job, seen, answer)
                ? new Reading(answer, null, null)
                : await ReadAsync(job, cancellationToken);
            if (read.List is not { } after)
            {
                return Unfinished(job, made.Assumed, made.Code ?? read.Code, made.Code is null
                    ? read.Detail : made.Detail, isCertain: false);
            }

            if (!IsOnTheWay(job, after))
            {
                return AccessOutcome.Changed(after, job.Wanted);
            }

            if (!after.SameAs(job.Wanted) && (made.Code is not null || after.SameAs(seen)))
            {
                var code = made.Code ?? (refused.Count > 0 ? AccessErrors.UserNotFound : AccessErrors.NotTaken);
                return Unfinished(job, after, code, made.Code is null ? Named(refused) : made.Detail, isCertain: true);
            }

            seen = after;
        }

        return AccessOutcome.Done(seen);
    }

    /// <summary>Makes calls in their order up to the first failure. A <c>set</c> with more behind it ends the round: what it left is looked
    /// at first.</summary>
    private async Task<Made> MakeAsync(
        AccessJob job, AccessList seen, IReadOnlyList<AccessCall> calls, HashSet<string> refused, CancellationToken cancellationToken)
    {
        var queue = new LinkedList<AccessCall>(calls);
        var assumed = seen;
        while (queue.First is { } node)
        {
            var call = node.Value;
            queue.RemoveFirst();
            job.CallsAhead = queue.Count + 1;
            var answer = await caller.CallAsync(job, call, cancellationToken);
            if (!answer.Ok)
            {
                if (Smaller(answer.Code, call, seen) is { } parts && refused.Count < MostRefused)
                {
                    foreach (var part in parts.Reverse())
                    {
                        queue.AddFirst(part);
                    }

                    continue;
                }

                if (answer.Code == AccessErrors.UserNotFound && call is { Kind: not AccessCallKind.Set, UserIds.Count: 1 }
                    && refused.Count < MostRefused)
                {
                    refused.Add(call.UserIds[0]);
                    continue;
                }

                return new Made(assumed, null, answer.Code, answer.Detail);
            }

            assumed = After(assumed, call);
            if (call.Kind == AccessCallKind.Set && queue.Count > 0)
            {
                return new Made(assumed, answer.Value!.Users is null && call.UserIds.Count > 0 ? null : answer.Value.ToList(), null, null);
            }
        }

        return new Made(assumed, null, null, null);
    }

    /// <summary>A refusal for one of many people says nothing about the others: the call is halved until it is clear whom it is about. A
    /// set is first reduced to the people who are on the list already.</summary>
    private static AccessCall[]? Smaller(string code, AccessCall call, AccessList seen)
    {
        if (code is not (AccessErrors.UserNotFound or AccessErrors.TooMany) || call.UserIds.Count == 0
            || (call.Kind != AccessCallKind.Set && call.UserIds.Count == 1))
        {
            return null;
        }

        var half = (call.UserIds.Count + 1) / 2;
        if (call.Kind != AccessCallKind.Set)
        {
            return [call with { UserIds = [.. call.UserIds.Take(half)] }, call with { UserIds = [.. call.UserIds.Skip(half)] }];
        }

        var listed = seen.NamedUsers.Select(user => user.UserId).ToHashSet(StringComparer.Ordinal);
        var kept = code == AccessErrors.TooMany ? call.UserIds.Take(half == call.UserIds.Count ? 0 : half).ToList()
            : call.UserIds.Where(listed.Contains).ToList();
        return kept.Count == call.UserIds.Count ? null
            : [call with { UserIds = kept }, AccessCall.Add([.. call.UserIds.Except(kept, StringComparer.Ordinal)])];
    }

    private static List<AccessCall> Without(HashSet<string> refused, IReadOnlyList<AccessCall> calls) =>
    [
        .. calls.Select(call => refused.Count == 0 ? call : call with { UserIds = [.. call.UserIds.Where(id => !refused.Contains(id))] })
            .Where(call => call.Kind == AccessCallKind.Set || call.UserIds.Count > 0),
    ];

    // What a call's acceptance says by itself; used only where no read-back is to be had.
    private static AccessList After(AccessList list, AccessCall call) => call.Kind switch
    {
        AccessCallKind.Set => AccessList.Of(call.PermissionType!, call.UserIds, call.TeamIds, call.OrgIds),
        AccessCallKind.Add => list with { Users = [.. list.Users, .. call.UserIds.Except(list.UserIds, StringComparer.Ordinal)
        .Select(id => new AccessUser(id))] },
        AccessCallKind.Remove => list with { Users = [.. list.Users.ExceptBy(call.UserIds, user => user.UserId, StringComparer.Ordinal)] },
    };

    // The answer of a set saves a read-back while there is more to do. It never ends an apply: only a read does.
    private static bool IsUsable(AccessJob job, AccessList seen, AccessList answer) =>
        !answer.SameAs(job.Wanted) && !answer.SameAs(seen) && IsOnTheWay(job, answer);

    private static bool IsOnTheWay(AccessJob job, AccessList seen) => AccessPlanner.IsOnTheWay(job.Before!, job.Wanted, seen, job.WasSet);

    private async Task<Reading> ReadAsync(AccessJob job, CancellationToken cancellationToken)
    {
        var answer = await caller.CallAsync(job, null, cancellationToken);
        return !answer.Ok ? new Reading(null, answer.Code, answer.Detail)
            : answer.Value!.ToList() is { } list ? new Reading(list, null, null)
            : new Reading(null, SlackErrors.UnreadableAnswer, null);
    }

    private static AccessOutcome Unfinished(AccessJob job, AccessList? seen, string? code, string? detail, bool isCertain) =>
        new(AccessOutcomeKind.Incomplete, seen, code, detail, seen is null ? null : AccessRemainder.Of(seen, job.Wanted, isCertain));

    private static string? Named(HashSet<string> refused) => refused.Count == 0 ? null : string.Join(", ", refused);

    private sealed record Reading(AccessList? List, string? Code, string? Detail);

    /// <summary>What a round did.</summary>
    /// <param name="Assumed">The list as the accepted calls add up.</param>
    /// <param name="Answer">The list as the last <c>set</c> answered it, where there is more to do.</param>
    /// <param name="Code">Null unless a call failed.</param>
    private sealed record Made(AccessList Assumed, AccessList? Answer, string? Code, string? Detail);
}
