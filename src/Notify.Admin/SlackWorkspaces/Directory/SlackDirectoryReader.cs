using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Notify.Admin.Background;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Keeps the directory: reads each workspace's people page by page, each page committed with the place where the next begins, so a
/// restart or another instance goes on from there. Whatever Slack asks to wait is waited without holding anything.</summary>
internal sealed class SlackDirectoryReader(
    SlackDirectoryStore store,
    SlackWorkspaceStore workspaces,
    WorkspaceTokens tokens,
    SlackClient client,
    IOptions<SlackOptions> options,
    WorkRegister works,
    TimeProvider time,
    ILogger<SlackDirectoryReader> logger) : RecurringWork(works, Schedule, time, logger)
{
    /// <summary>From the end of one reading to the next.</summary>
    public static readonly TimeSpan ReadEvery = TimeSpan.FromHours(6);

    private static readonly WorkSchedule Schedule = new("slack-people", TimeSpan.FromSeconds(1)) { AtStart = true };
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(30);

    // A refused token or a missing scope is mended by a person; saving the workspace reads again at once.
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromHours(1);
    private static readonly TimeSpan ToCommit = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<int, Task> _running = new();
    private bool _isFirst = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await base.ExecuteAsync(stoppingToken);
        await Task.WhenAll(_running.Values);
    }

    protected override async Task RunAsync(CancellationToken stopping)
    {
        if (_isFirst)
        {
            await store.FreeAllAsync(stopping);
            _isFirst = false;
        }

        foreach (var workspaceId in await store.ListDueAsync(stopping))
        {
            Start(workspaceId, stopping);
        }
    }

    private void Start(int workspaceId, CancellationToken stopping)
    {
        if (_running.TryGetValue(workspaceId, out var running) && !running.IsCompleted)
        {
            return;
        }

        _running[workspaceId] = Task.Run(async () =>
        {
            try
            {
                await ReadAsync(workspaceId, stopping);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                Logger.LogWarning(e, "Reading the people of Slack workspace {Workspace} failed", workspaceId);
            }
            catch (OperationCanceledException)
            {
                // The program stops: what was read is kept.
            }
        }, CancellationToken.None);
    }

    /// <summary>Reads pages until the list ends or something stops it.</summary>
    private async Task ReadAsync(int workspaceId, CancellationToken stopping)
    {
        var claim = Leases.NewToken();
        while (!stopping.IsCancellationRequested
            && await store.ClaimAsync(workspaceId, claim, options.Value.Timeout + ToCommit, stopping) is { } reading
            && await workspaces.FindAsync(workspaceId, stopping) is { } workspace)
        {
            var token = await tokens.BotTokenAsync(workspaceId, stopping);
            if (!token.Ok)
            {
                await StopAsync(reading, SlackErrors.TokenUnreadable, null, AfterRefusal, stopping);
                return;
            }

            var goesOn = reading.IsUnderWay
                ? await ReadPageAsync(reading, workspace, token.Value, stopping)
                : await BeginAsync(reading, workspace, token.Value, stopping);
            if (!goesOn)
            {
                return;
            }
        }
    }

    private async Task<bool> BeginAsync(DirectoryReading reading, SlackWorkspace workspace, string token,
        CancellationToken cancellationToken)
    {
        // A token of one workspace reaches that one, and needs no call to say so.
        IReadOnlyList<SlackTeamListed> reached = workspace.TeamId is { } own ? [new SlackTeamListed(own, workspace.TeamName ?? own)] : [];
        if (workspace.IsEnterpriseInstall)
        {
            var teams = await SlackPaging.ReadAllAsync(cursor => client.ListTeamsAsync(token, cursor, cancellationToken));
            if (teams.Failure is { } code)
            {
                return await FailAsync(reading, code, teams.Detail, teams.RetryAfter, cancellationToken);
            }

            reached = teams.Items;
        }

        // An organisation's token lists people by workspace.
        var first = workspace.IsEnterpriseInstall ? reached.Select(team => team.Id).Order(StringComparer.Ordinal).FirstOrDefault() : null;
        return await store.BeginAsync(reading, reached, first, Time.GetUtcNow(), cancellationToken);
    }

    private async Task<bool> ReadPageAsync(DirectoryReading reading, SlackWorkspace workspace, string token,
        CancellationToken cancellationToken)
    {
        var answer = await client.ListUsersAsync(token, reading.TeamId, reading.Cursor, cancellationToken);
        if (answer.Value is not { } page)
        {
            if (answer.Code == "invalid_cursor" && reading.Cursor is not null)
            {
                // A cursor that has grown too old is refused: the reading begins anew.
                await store.RestartAsync(reading, Time.GetUtcNow() + AfterTrouble, cancellationToken);
                return false;
            }

            return workspace.IsEnterpriseInstall && IsOfOneTeam(answer.Code)
                ? await PassOverAsync(reading, answer, cancellationToken)
                : await FailAsync(reading, answer.Code, answer.Detail, answer.RetryAfter, cancellationToken);
        }

        if (page.NextCursor is { } cursor && ForeignText.Id(cursor, DirectoryReading.MaxCursor) is null)
        {
            return await FailAsync(reading, SlackErrors.UnreadableAnswer, "next_cursor", null, cancellationToken);
        }

        // A cursor that does not move would never end.
        var next = page.NextCursor == reading.Cursor ? null : page.NextCursor;
        var nextTeam = next is null && workspace.IsEnterpriseInstall ? await store.NextTeamAsync(reading, cancellationToken) : null;
        var people = page.Items.Where(user => !user.IsDeleted && !user.IsBot).ToList();
        return await KeepAsync(reading, people, nextTeam, next, cancellationToken);
    }

    private Task<bool> KeepAsync(DirectoryReading reading, IReadOnlyList<SlackUser> people, string? nextTeam, string? next,
        CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        return next is not null || nextTeam is not null
            ? store.KeepPageAsync(reading, people, nextTeam ?? reading.TeamId, next, now, cancellationToken)
            : store.KeepLastPageAsync(reading, people, now, now + ReadEvery, cancellationToken);
    }

    // Refusals of one workspace of an organisation; the token itself is good.
    private static bool IsOfOneTeam(string code) => code is "team_access_not_granted" or "team_not_found" or "access_denied";

    /// <summary>Goes on with the next workspace of the organisation; the people of this one stay as they are.</summary>
    private async Task<bool> PassOverAsync(DirectoryReading reading, SlackAnswer<SlackPage<SlackUser>> answer,
        CancellationToken cancellationToken)
    {
        var nextTeam = await store.NextTeamAsync(reading, cancellationToken);
        if (nextTeam is null && reading.PeopleRead == 0)
        {
            // None could be read: that is no good reading.
            await store.StopAsync(reading, answer.Code, answer.Detail, Time.GetUtcNow() + AfterRefusal, cancellationToken, fromStart: true);
            return false;
        }

        Logger.LogWarning("Slack refuses the people of {Team} to Slack workspace {Workspace}: {Code}", reading.TeamId,
            reading.WorkspaceId, answer.Code);
        return await store.KeepTeamAsync(reading, cancellationToken)
            && await KeepAsync(reading, [], nextTeam, null, cancellationToken);
    }

    private async Task<bool> FailAsync(DirectoryReading reading, string code, string? detail, TimeSpan? retryAfter,
        CancellationToken cancellationToken)
    {
        var passes = retryAfter is not null || SlackErrors.Judge(code) is { Kind: FailureKind.Transient };
        return await StopAsync(reading, code, detail, retryAfter ?? (passes ? AfterTrouble : AfterRefusal), cancellationToken);
    }

    private async Task<bool> StopAsync(DirectoryReading reading, string code, string? detail, TimeSpan wait,
        CancellationToken cancellationToken)
    {
        await store.StopAsync(reading, code, detail, Time.GetUtcNow() + wait, cancellationToken);
        return false;
    }
}
