using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Exchanges app configuration tokens before they end. A refresh token works once: so the row is claimed in the store before the
/// call, the new pair is committed under that claim at once, and a claim whose process is gone is never taken over but ends in asking a
/// person for a new pair.</summary>
internal sealed class TokenRotator(
    SlackWorkspaceStore store,
    SlackClient client,
    SlackWorkspaceAudit audit,
    SecretProtector protector,
    IOptions<SlackOptions> options,
    TimeProvider time,
    ILogger<TokenRotator> logger)
{
    // How much longer than the call the commit may take before others take this process for gone.
    private static readonly TimeSpan ToCommit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan CommitPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan OthersPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(10);

    // Tries to commit a new pair that only this process knows.
    private const int MostCommits = 240;

    private readonly ConcurrentDictionary<int, Lazy<Task>> _running = new();

    /// <summary>Waits until the exchange under way on any instance is over, or makes one; none is made when the pair is another by now than
    /// the one that was <paramref name="seen"/>. What came of it is in the store. The exchange itself does not end with
    /// <paramref name="cancellationToken"/>: the new pair must be kept whoever stops waiting for it.</summary>
    public async Task RotateAsync(SlackWorkspace seen, CancellationToken cancellationToken)
    {
        var mine = new Lazy<Task>(() => Task.Run(() => RunAsync(seen.Id, seen.PairVersion), CancellationToken.None));
        var running = _running.GetOrAdd(seen.Id, mine);
        if (ReferenceEquals(running, mine))
        {
            _ = running.Value.ContinueWith(
                _ => _running.TryRemove(new(seen.Id, mine)), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }

        await running.Value.WaitAsync(cancellationToken);
    }

    /// <summary>Lets no exchange outlive its program: on stopping, what is under way is waited for.</summary>
    public Task WhenIdleAsync() => Task.WhenAll(_running.Values.Select(running => running.Value));

    /// <summary>Finds exchanges whose process is gone, and pairs that ended without a way to renew them.</summary>
    /// <param name="all">No other process can hold a claim: SQLite, at the start.</param>
    public async Task JudgeAsync(SlackWorkspace seen, bool all, CancellationToken cancellationToken)
    {
        var isLost = seen is { PairState: TokenPairState.Ok, RotationToken: not null };
        var isOver = seen is { PairState: TokenPairState.Ok, RefreshToken: null, ConfigToken: not null }
            && seen.ConfigEndsAt <= time.GetUtcNow();
        if (isLost || isOver)
        {
            await store.ChangeAsync(
                seen.Id,
                (row, now) => row.PairState == TokenPairState.Ok && row.PairVersion == seen.PairVersion
                && row.RotationToken == seen.RotationToken
                    && (isOver || all || row.RotationUntil < now) && NeedNewPair(row, isOver ? PairReasons.Ended : PairReasons.Interrupted),
                audit.PairLost,
                cancellationToken);
        }
    }

    private async Task RunAsync(int workspaceId, int pairVersion)
    {
        // Not a lease: nobody may take it over, so it never becomes free by itself.
        var claim = Leases.NewToken();
        var until = options.Value.Timeout + ToCommit;
        var claimed = await store.ChangeAsync(
            workspaceId,
            (row, now) =>
            {
                if (row.PairVersion != pairVersion || !row.MayRotate() || row.RotationToken is not null
                    || row.RotationRetryAt > time.GetUtcNow())
                {
                    return false;
                }

                (row.RotationToken, row.RotationUntil) = (claim, now + until);
                return true;
            },
            null,
            CancellationToken.None);
        if (claimed is null)
        {
            await WaitForOthersAsync(workspaceId, until);
            return;
        }

        await ExchangeAsync(claimed, claim);
    }

    private async Task ExchangeAsync(SlackWorkspace claimed, long claim)
    {
        string refreshToken;
        try
        {
            refreshToken = protector.Unprotect(claimed.RefreshToken!);
        }
        catch (SecretUnreadableException)
        {
            await EndAsync(claimed.Id, claim, row => GiveUp(row, PairReasons.Unreadable), audit.PairLost);
            return;
        }

        var answer = await client.RotateTokensAsync(refreshToken, CancellationToken.None);
        var now = time.GetUtcNow();
        if (answer.Value is { } pair)
        {
            await KeepAsync(claimed, claim, pair, now);
        }
        else if (IsFinal(answer))
        {
            logger.LogWarning("Slack refused to renew the app configuration token of workspace {Workspace}: {Code}", claimed.Id,
                answer.Code);
            await EndAsync(claimed.Id, claim, row => GiveUp(row, answer.Code), audit.PairLost);
        }
        else
        {
            var wait = WithinLife(answer.RetryAfter ?? Backoff(claimed.RotationFailures), claimed.ConfigEndsAt - now);
            await EndAsync(claimed.Id, claim, row =>
            {
                var failures = row.RotationFailures + 1;
                row.EndRotation();
                (row.RotationCode, row.RotationFailures, row.RotationRetryAt) = (answer.Code, failures, now + wait);
                return true;
            }, null);
        }
    }

    /// <summary>The new pair is in no other place than here: it is committed whatever it takes.</summary>
    private async Task KeepAsync(SlackWorkspace claimed, long claim, SlackTokenPair pair, DateTimeOffset now)
    {
        var (token, refresh) = (protector.Protect(pair.Token), protector.Protect(pair.RefreshToken));
        var isKept = await EndAsync(claimed.Id, claim, row =>
        {
            row.ReplacePair(token, refresh, now + pair.Lifetime, now);
            row.ConfigUserId = ForeignText.Id(pair.UserId, 64) ?? row.ConfigUserId;
            return true;
        }, row => audit.Rotated(claimed, row));
        if (!isKept)
        {
            logger.LogWarning("The renewed tokens of workspace {Workspace} were not kept: another pair was entered meanwhile", claimed.Id);
        }
    }

    /// <summary>Ends the claim with what came of it. The claim is the fence: where it is gone, somebody has entered another pair. It may
    /// have been judged lost meanwhile; knowing the outcome is better.</summary>
    private async Task<bool> EndAsync(int workspaceId, long claim, Func<SlackWorkspace, bool> change, Func<SlackWorkspace,
        AuditEntry?>? entry)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await store.ChangeAsync(workspaceId, (row, _) => row.RotationToken == claim && change(row), entry,
                    CancellationToken.None) is not null;
            }
            catch (Exception e) when (attempt < MostCommits)
            {
                logger.LogError(e, "Storing the renewed tokens of workspace {Workspace} failed. Trying again", workspaceId);
                await Task.Delay(CommitPause, time, CancellationToken.None);
            }
        }
    }

    private async Task WaitForOthersAsync(int workspaceId, TimeSpan most)
    {
        for (var waited = TimeSpan.Zero; waited < most; waited += OthersPause)
        {
            if (await store.FindAsync(workspaceId, CancellationToken.None) is not { PairState: TokenPairState.Ok,
                RotationToken: not null } seen)
            {
                return;
            }

            await JudgeAsync(seen, all: false, CancellationToken.None);
            await Task.Delay(OthersPause, time, CancellationToken.None);
        }
    }

    private static bool GiveUp(SlackWorkspace row, string reason)
    {
        row.EndRotation();
        return NeedNewPair(row, reason);
    }

    private static bool NeedNewPair(SlackWorkspace row, string reason)
    {
        // A claim stays: an outcome that becomes known after all is still taken.
        (row.PairState, row.PairReason) = (TokenPairState.NeedsNewPair, reason);
        return true;
    }

    /// <summary>A plain no from Slack itself. Every other failure may pass, and the refresh token may still be good.</summary>
    private static bool IsFinal(SlackAnswer<SlackTokenPair> answer)
    {
        var verdict = SlackErrors.Judge(answer.Code);
        return answer is { StatusCode: >= 200 and < 300, OutcomeUnknown: false, Code: not "unknown_method" }
            && (!verdict.IsKnown || verdict.Kind != FailureKind.Transient);
    }

    // There is always a try left before the token ends, however long Slack asks to wait.
    private static TimeSpan WithinLife(TimeSpan wait, TimeSpan? left) =>
        left is { } life && life > TimeSpan.Zero && wait > life / 2 ? life / 2 : wait;

    private static TimeSpan Backoff(int failures)
    {
        var wait = FirstRetry * Math.Pow(2, Math.Min(failures, 10));
        return wait < LongestRetry ? wait : LongestRetry;
    }
}
