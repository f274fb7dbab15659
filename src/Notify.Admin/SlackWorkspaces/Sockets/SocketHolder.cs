using Microsoft.Extensions.Options;
using Notify.Admin.Background;
using Notify.Admin.Data;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Holds the connection of one workspace for as long as its lease is this instance's: opens it, puts another in its place when
/// Slack asks for that, and says how it stands.</summary>
internal sealed class SocketHolder(
    SocketStore store, SlackWorkspaceStore workspaces, SocketOpener opener, IOptions<SlackOptions> options, TimeProvider time,
    ILogger<SocketHolder> logger)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(5);

    // One that lives shorter than this counts as a failure, and so do some in a row that Slack wants replaced: connecting must not go
    // round in circles.
    private static readonly TimeSpan LeastLife = TimeSpan.FromSeconds(20);
    private const int MostRefreshes = 3;

    // Slack closes what it has said it would within about ten seconds.
    private static readonly TimeSpan ToDrain = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);

    public async Task HoldAsync(int workspaceId, CancellationToken stopping)
    {
        var claim = Leases.NewToken();
        if (await workspaces.FindAsync(workspaceId, stopping) is not { AppToken: not null } workspace
            || !await store.ClaimAsync(workspaceId, claim, Lease + options.Value.Timeout, stopping))
        {
            return;
        }

        using var held = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var keeping = KeepAsync(workspace, claim, held);
        try
        {
            await ConnectAsync(workspace, claim, held.Token);
        }
        catch (OperationCanceledException) when (held.IsCancellationRequested)
        {
            // Another has it now, it is wanted no more, or the program stops: whoever comes next finds it due.
            await store.WriteAsync(workspaceId, claim, link => Wait(link, null, null, time.GetUtcNow()), CancellationToken.None);
        }
        finally
        {
            await held.CancelAsync();
            await keeping;
            await store.ReleaseAsync(workspaceId, claim);
        }
    }

    /// <summary>Connects, and stays connected; ends where it is to be tried again later.</summary>
    private async Task ConnectAsync(SlackWorkspace workspace, long claim, CancellationToken cancellationToken)
    {
        SocketSession? before = null;
        List<Task> ending = [];
        var shortLives = 0;
        try
        {
            while (true)
            {
                var opened = await opener.OpenAsync(workspace, cancellationToken);
                if (opened.Session is not { } session)
                {
                    await FailAsync(workspace, claim, opened, cancellationToken);
                    return;
                }

                // Slack sends each press by one of the two: what comes by the old one until Slack closes it is answered, too.
                ending.RemoveAll(task => task.IsCompleted);
                ending.Add(DrainAsync(before, cancellationToken));
                before = session;
                var since = time.GetUtcNow();
                if (!await store.WriteAsync(workspace.Id, claim, link => Connected(link, since), cancellationToken))
                {
                    return;
                }

                logger.LogInformation("Socket Mode of Slack workspace {Workspace} is connected", workspace.Id);
                await Task.WhenAny(session.End, Task.Delay(LeastLife, time, cancellationToken));
                if (!session.End.IsCompleted)
                {
                    await store.WriteAsync(workspace.Id, claim, link => link.Failures = 0, cancellationToken);
                }

                var end = await session.End.WaitAsync(cancellationToken);
                if (end == SocketEnd.LinkDisabled)
                {
                    await FailAsync(workspace, claim, OpenedSocket.Refused(SocketCodes.LinkDisabled, null), cancellationToken);
                    return;
                }

                shortLives = time.GetUtcNow() - since < LeastLife ? shortLives + 1 : 0;
                if (shortLives > (end == SocketEnd.Refresh ? MostRefreshes : 0))
                {
                    await FailAsync(workspace, claim, OpenedSocket.Failed(SocketCodes.Closed, null, null), cancellationToken);
                    return;
                }
            }
        }
        finally
        {
            ending.Add(DrainAsync(before, new CancellationToken(canceled: true)));
            await Task.WhenAll(ending);
        }
    }

    private Task<bool> FailAsync(SlackWorkspace workspace, long claim, OpenedSocket opened, CancellationToken cancellationToken)
    {
        logger.LogWarning("Socket Mode of Slack workspace {Workspace} is not connected: {Code}", workspace.Id, opened.Code);
        var now = time.GetUtcNow();
        return store.WriteAsync(workspace.Id, claim, link =>
        {
            if (opened.IsRefused)
            {
                (link.State, link.Since, link.Code, link.Detail) = (SocketState.Refused, now, opened.Code, opened.Detail);
                return;
            }

            link.Failures++;
            Wait(link, opened.Code, opened.Detail, now + (opened.RetryAfter ?? Backoff(link.Failures)));
        }, cancellationToken);
    }

    private void Wait(SocketLink link, string? code, string? detail, DateTimeOffset nextAt)
    {
        if (link.State != SocketState.Waiting)
        {
            (link.State, link.Since) = (SocketState.Waiting, time.GetUtcNow());
        }

        (link.Code, link.Detail, link.NextAt) = (code, detail, nextAt);
    }

    private static void Connected(SocketLink link, DateTimeOffset since) =>
        (link.State, link.Since, link.Code, link.Detail) = (SocketState.Connected, since, null, null);

    private static TimeSpan Backoff(int failures)
    {
        var wait = FirstRetry * Math.Pow(2, Math.Min(failures, 10));
        return wait < LongestRetry ? wait : LongestRetry;
    }

    private async Task DrainAsync(SocketSession? session, CancellationToken cancellationToken)
    {
        if (session is not null)
        {
            await Task.WhenAny(session.Closed, Task.Delay(ToDrain, time, cancellationToken));
            await session.DisposeAsync();
        }
    }

    // Ends what is held where it is another's or to be connected anew, where the token is another, and where the store has been away for as
    // long as the lease.
    private async Task KeepAsync(SlackWorkspace workspace, long claim, CancellationTokenSource held)
    {
        var renewed = time.GetTimestamp();
        using var timer = new PeriodicTimer(RenewEvery, time);
        try
        {
            while (await timer.TickAsync(held.Token))
            {
                try
                {
                    if (!await store.RenewAsync(workspace.Id, claim, Lease, held.Token)
                        || (await workspaces.FindAsync(workspace.Id, held.Token))?.AppTokenVersion != workspace.AppTokenVersion)
                    {
                        break;
                    }

                    renewed = time.GetTimestamp();
                }
                catch (Exception e) when (!held.IsCancellationRequested)
                {
                    logger.LogWarning(e, "Keeping the Socket Mode connection of Slack workspace {Workspace} failed", workspace.Id);
                    if (time.GetElapsedTime(renewed) > Lease)
                    {
                        break;
                    }
                }
            }
        }
        catch (OperationCanceledException) when (held.IsCancellationRequested)
        {
            return;
        }

        await held.CancelAsync();
    }
}
