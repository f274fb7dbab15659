using Notify.Admin.Data;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Renews app configuration tokens long before they end, so that there is time to try again, and notices those that are
/// lost.</summary>
internal sealed class WorkspaceKeeper(
    SlackWorkspaceStore store, TokenRotator rotator, DatabaseOptions database, TimeProvider time, ILogger<WorkspaceKeeper> logger)
    : BackgroundService
{
    /// <summary>What is left of a token's 12 hours when it is renewed.</summary>
    public static readonly TimeSpan RenewBefore = TimeSpan.FromHours(3);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // One process owns an SQLite file: whatever exchange it finds there at its start has lost its own.
        var isFirst = database.Provider == DatabaseProvider.Sqlite;
        using var timer = new PeriodicTimer(LookEvery, time);
        do
        {
            try
            {
                await LookAsync(isFirst, stoppingToken);
                isFirst = false;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The store is away; health says so, and the next tick tries again.
                logger.LogDebug("Looking after Slack tokens failed: {Reason}", e.GetType().Name);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
        while (await timer.TickAsync(stoppingToken));

        await rotator.WhenIdleAsync();
    }

    private async Task LookAsync(bool isFirst, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var workspace in await store.ListAsync(cancellationToken))
        {
            await rotator.JudgeAsync(workspace, isFirst, cancellationToken);
            if (workspace.MayRotate() && workspace.RotationToken is null && !(workspace.RotationRetryAt > now)
                && !(workspace.ConfigEndsAt - now > RenewBefore))
            {
                // Not waited for: one that is slow delays no other.
                _ = rotator.RotateAsync(workspace, CancellationToken.None);
            }
        }
    }
}
