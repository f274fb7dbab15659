using Notify.Admin.Security;

namespace Notify.Admin.FunctionAccess;

/// <summary>Works one leased run to its end.</summary>
internal sealed class AccessRunner(
    AccessConvergence convergence, AccessTokens tokens, AccessRunStore runs, FunctionAccessStore functions, FunctionAccessAudit audit,
    AccessSignal signal,
    TimeProvider time, ILogger<AccessRunner> logger)
{
    // A run that fails in ways nobody foresaw is given up rather than begun for ever.
    private const int MostAttempts = 5;

    /// <summary>Never throws. What is cut off by a stop stays open, and whoever has it next goes on.</summary>
    public async Task RunAsync(AccessRun run, CancellationToken stopping)
    {
        try
        {
            if (await functions.FindAsync(run.FunctionId, stopping) is not { } function)
            {
                return;
            }

            if (run.Attempts > MostAttempts)
            {
                await EndAsync(run, function,
                    new AccessOutcome(AccessOutcomeKind.Incomplete, null, Slack.SlackErrors.OfStatus(500), null, null));
                return;
            }

            await EndAsync(run, function, await ConvergeAsync(run, function, stopping));
        }
        catch (LeaseLostException)
        {
            logger.LogInformation("Another worker has the change {Run}", run.Id);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await LetGoAsync(run);
        }
        catch (Exception e)
        {
            // Most likely the store is away. The lease runs out by itself, and somebody goes on.
            logger.LogError(e, "The change {Run} of function {Function} was interrupted", run.Id, run.FunctionId);
        }
        finally
        {
            signal.RaiseEnded();
        }
    }

    private async Task<AccessOutcome> ConvergeAsync(AccessRun run, ManagedFunction function, CancellationToken stopping)
    {
        AccessJob? job = null;
        job = new AccessJob
        {
            WorkspaceId = function.WorkspaceId,
            Function = function.ToName(),
            Wanted = run.Wanted,
            Basis = run.Basis,
            Before = run.Before,
            Steps = [.. run.Steps],
            TokenAsync = cancellation => tokens.GetAsync(function.WorkspaceId, cancellation),
            TokenRefusedAsync = (token, code, cancellation) => tokens.RefusedAsync(function.WorkspaceId, token, code, cancellation),
            SaveAsync = cancellation => SaveAsync(run, job!, cancellation),
        };
        var outcome = await convergence.RunAsync(job, stopping);
        Take(run, job);
        return outcome;
    }

    private async Task SaveAsync(AccessRun run, AccessJob job, CancellationToken cancellationToken)
    {
        var begins = run.Before is null && job.Before is not null;
        Take(run, job);
        if (!await runs.SaveAsync(run, begins, cancellationToken))
        {
            throw new LeaseLostException();
        }
    }

    private static void Take(AccessRun run, AccessJob job) =>
        (run.Before, run.Steps, run.CallsAhead, run.WaitingUntil) = (job.Before, [.. job.Steps], job.CallsAhead, job.WaitingUntil);

    private async Task EndAsync(AccessRun run, ManagedFunction function, AccessOutcome outcome)
    {
        run.State = outcome.Kind switch
        {
            AccessOutcomeKind.Done => AccessRunState.Done,
            AccessOutcomeKind.Changed => AccessRunState.Changed,
            AccessOutcomeKind.Incomplete => AccessRunState.Incomplete,
        };
        (run.After, run.Code, run.Detail, run.Remaining, run.EndedAt) = (outcome.Seen, outcome.Code, outcome.Detail,
            outcome.Remaining, time.GetUtcNow());
        var actor = new Actor(run.StartedById, run.StartedBy, null, run.Origin);
        await runs.EndAsync(run, audit.Ended(actor, function, run), CancellationToken.None);
    }

    private async Task LetGoAsync(AccessRun run)
    {
        try
        {
            await runs.ReleaseAsync(run);
        }
        catch (Exception e)
        {
            // The lease runs out by itself.
            logger.LogDebug(e, "Letting go of the change {Run} failed", run.Id);
        }
    }

    private sealed class LeaseLostException : Exception;
}
