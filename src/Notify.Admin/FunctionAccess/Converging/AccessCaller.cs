using Microsoft.Extensions.Options;
using Notify.Admin.Slack;

namespace Notify.Admin.FunctionAccess;

/// <summary>Makes one call, paced: rate limits are waited out, trouble on the way is tried again. Every method may be repeated without
/// harm.</summary>
internal sealed class AccessCaller(FunctionPermissionsClient client, AccessPace pace, IOptionsMonitor<FunctionAccessOptions> options,
    TimeProvider time)
{
    private const int MostTries = 3;

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <param name="call">Null reads the list.</param>
    public async Task<SlackAnswer<PermissionsAnswer>> CallAsync(AccessJob job, AccessCall? call, CancellationToken cancellationToken)
    {
        var method = call?.Method ?? FunctionPermissionsClient.ListMethod;
        var since = time.GetUtcNow();
        var pause = FirstPause;
        var isRenewed = false;
        for (var tries = 1; ;)
        {
            // Without a token there is nothing to wait for; while waiting, it may be exchanged for another.
            var (token, refusal) = await job.TokenAsync(cancellationToken);
            while (token is not null && pace.Reserve(job.WorkspaceId, method) is { } free)
            {
                await WaitAsync(job, free, cancellationToken);
                (token, refusal) = await job.TokenAsync(cancellationToken);
            }

            if (token is null)
            {
                return new SlackAnswer<PermissionsAnswer> { Code = refusal ?? AccessErrors.NoConfigurationToken };
            }

            var answer = await TryAsync(job, call, method, token, cancellationToken);
            if (answer.Ok)
            {
                return answer;
            }

            if (!AccessErrors.IsTransient(answer.Code))
            {
                if (!isRenewed && AccessErrors.EndsToken(answer.Code) && await job.TokenRefusedAsync(token, answer.Code, cancellationToken))
                {
                    isRenewed = true;
                    continue;
                }

                return answer;
            }

            if (AccessErrors.IsRateLimit(answer.Code))
            {
                var until = time.GetUtcNow() + (answer.RetryAfter ?? pause);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                if (until - since > LongestWait)
                {
                    return answer;
                }

                pace.Block(job.WorkspaceId, method, until);
                continue;
            }

            if (tries == MostTries)
            {
                return answer;
            }

            var wait = options.CurrentValue.RetryDelay * Math.Pow(2, tries - 1);
            if (answer.RetryAfter is { } asked && asked > wait)
            {
                // Slack asks all that call it so to wait, and no less than it says.
                pace.Block(job.WorkspaceId, method, time.GetUtcNow() + asked);
            }
            else
            {
                await Task.Delay(wait, time, cancellationToken);
            }

            tries++;
        }
    }

    private async Task<SlackAnswer<PermissionsAnswer>> TryAsync(AccessJob job, AccessCall? call, string method, string token,
        CancellationToken cancellationToken)
    {
        var step = new AccessStep(
            method[(method.LastIndexOf('.') + 1)..], call is null
            ? 0 : call.UserIds.Count + call.TeamIds.Count + call.OrgIds.Count, time.GetUtcNow(), null, null, 0);
        job.Steps.Add(step);
        if (call is not null)
        {
            // Stored before it is sent: whoever resumes must know that it may have taken effect.
            await job.SaveAsync(cancellationToken);
        }

        var answer = call is null
            ? await client.ListAsync(token, job.Function, cancellationToken)
            : await client.CallAsync(token, job.Function, call, cancellationToken);
        job.Steps[^1] = step with { Code = answer.Code, Detail = answer.Detail, DurationMs = (int)answer.Duration.TotalMilliseconds };
        await job.SaveAsync(cancellationToken);
        return answer;
    }

    private async Task WaitAsync(AccessJob job, DateTimeOffset until, CancellationToken cancellationToken)
    {
        job.WaitingUntil = until;
        await job.SaveAsync(cancellationToken);
        var wait = until - time.GetUtcNow();
        await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1), time, cancellationToken);
        job.WaitingUntil = null;
    }
}
