using Notify.Admin.Slack;

namespace Notify.Admin.FunctionAccess;

/// <summary>Reads lists at Slack and keeps what was seen; drift that is new is told.</summary>
internal sealed class FunctionReader(AccessCaller caller, AccessTokens tokens, FunctionAccessStore store, DriftNews news, TimeProvider time)
{
    private static readonly AccessList Nothing = AccessList.Of(PermissionTypes.NamedEntities);

    /// <summary>Slack's list of a function that need not be managed.</summary>
    public async Task<FunctionReading> AskAsync(int workspaceId, FunctionName name, CancellationToken cancellationToken)
    {
        var answer = await caller.CallAsync(tokens.JobOf(workspaceId, name, Nothing), null, cancellationToken);
        return !answer.Ok ? new FunctionReading(null, answer.Code, answer.Detail)
            : answer.Value!.ToList() is { } list ? new FunctionReading(list, null, null)
            : new FunctionReading(null, SlackErrors.UnreadableAnswer, null);
    }

    /// <summary>Reads a managed function's list and stores it, unless a change of it is under way: that has its own readings.</summary>
    /// <returns>The reading, and the function as it is stored then; null when it is gone.</returns>
    public async Task<(FunctionReading Reading, ManagedFunction? Function)> ReadAsync(ManagedFunction function,
        CancellationToken cancellationToken)
    {
        var reading = await AskAsync(function.WorkspaceId, function.ToName(), cancellationToken);
        var stored = await store.ChangeAsync(function.Id, (row, rows) =>
        {
            if (rows.IsChanging)
            {
                return false;
            }

            if (reading.List is { } list)
            {
                row.Seen(list, time.GetUtcNow());
            }
            else
            {
                row.Refused(reading.Code!, reading.Detail, time.GetUtcNow());
            }

            return true;
        }, cancellationToken);
        if (stored is { IsDrifted: true, ErrorCode: null } && stored.ToldBasis != stored.Now!.Basis && await news.TellAsync(stored))
        {
            await store.ChangeAsync(stored.Id, (row, _) =>
            {
                row.ToldBasis = stored.Now.Basis;
                return true;
            }, cancellationToken);
        }

        return (reading, stored ?? await store.FindAsync(function.Id, cancellationToken));
    }
}

/// <summary>What Slack said about a list.</summary>
/// <param name="Code">Why there is none; null where there is.</param>
internal sealed record FunctionReading(AccessList? List, string? Code, string? Detail);
