using Notify.Admin.Background;
using Notify.Admin.Data;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Renews app configuration tokens long before they end, so that there is time to try again, and notices those that are
/// lost. Asks Slack who the bot tokens are that were saved without asking.</summary>
internal sealed class WorkspaceKeeper(
    SlackWorkspaceStore store, TokenRotator rotator, WorkspaceTokens tokens, TokenCheck check, DatabaseOptions database,
    WorkRegister works, TimeProvider time, ILogger<WorkspaceKeeper> logger)
    : RecurringWork(works, Schedule, time, logger)
{
    /// <summary>What is left of a token's 12 hours when it is renewed.</summary>
    public static readonly TimeSpan RenewBefore = TimeSpan.FromHours(3);

    private static readonly WorkSchedule Schedule = new("slack-tokens", TimeSpan.FromSeconds(5)) { AtStart = true };

    // One process owns an SQLite file: whatever exchange it finds there at its start has lost its own.
    private bool _isFirst = database.Provider == DatabaseProvider.Sqlite;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await base.ExecuteAsync(stoppingToken);
        await rotator.WhenIdleAsync();
    }

    protected override async Task RunAsync(CancellationToken stopping)
    {
        var now = Time.GetUtcNow();
        foreach (var workspace in await store.ListAsync(stopping))
        {
            await rotator.JudgeAsync(workspace, _isFirst, stopping);
            if (workspace.MayRotate() && workspace.RotationToken is null && !(workspace.RotationRetryAt > now)
                && !(workspace.ConfigEndsAt - now > RenewBefore))
            {
                // Not waited for: one that is slow delays no other.
                _ = rotator.RotateAsync(workspace, CancellationToken.None);
            }

            if (workspace.CheckedAt is null)
            {
                await AskAsync(workspace, stopping);
            }
        }

        _isFirst = false;
    }

    private async Task AskAsync(SlackWorkspace workspace, CancellationToken stopping)
    {
        var token = await tokens.BotTokenAsync(workspace.Id, stopping);
        var answer = token.Ok ? await check.AskAsync(token.Value, stopping)
            : new SlackAnswer<SlackIdentity> { Code = SlackErrors.TokenUnreadable };
        await store.ChangeAsync(
            workspace.Id,
            (row, _) =>
            {
                // The answer is about the token that was asked for.
                var isAsked = row.BotTokenVersion == workspace.BotTokenVersion;
                if (isAsked)
                {
                    TokenCheck.Apply(row, answer, Time.GetUtcNow());
                }

                return isAsked;
            },
            null,
            stopping);
    }
}
