using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>The cached people and workspaces of each connection, and how far their reading is. What a reading writes is fenced by its
/// claim.</summary>
internal sealed class SlackDirectoryStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed, Leases leases, TimeProvider time)
{
    // While the first reading is under way, what is found is shown; not after every page, since each time all of it is read again.
    private const int ShownAtOnce = 1000;
    private const int ShowEvery = 2000;

    public async Task<IReadOnlyList<SlackPerson>> ListPeopleAsync(int workspaceId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.SlackPeople.AsNoTracking().Where(p => p.WorkspaceId == workspaceId).ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<SlackTeam>> ListTeamsAsync(int workspaceId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.SlackTeams.AsNoTracking().Where(t => t.WorkspaceId == workspaceId).OrderBy(t => t.Name).ThenBy(t => t.TeamId)
            .ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<DirectoryReading>> ListReadingsAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.DirectoryReadings.AsNoTracking().ToListAsync(cancellationToken);
    }

    public async Task<DirectoryReading?> FindReadingAsync(int workspaceId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.DirectoryReadings.AsNoTracking().SingleOrDefaultAsync(r => r.WorkspaceId == workspaceId, cancellationToken);
    }

    /// <summary>Of what is kept about one workspace; 0 when it is gone.</summary>
    public async Task<long> VersionAsync(int workspaceId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.DirectoryReadings.Where(r => r.WorkspaceId == workspaceId).Select(r => r.Version)
            .SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Makes the next page, or the next reading, due now.</summary>
    /// <param name="fromStart">Begins again: with another token, others may be seen.</param>
    public async Task WakeAsync(int workspaceId, bool fromStart, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.DirectoryReadings.Where(r => r.WorkspaceId == workspaceId).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.DueAt, now)
                .SetProperty(r => r.IsUnderWay, r => r.IsUnderWay && !fromStart)
                .SetProperty(r => r.LeaseToken, r => fromStart ? null : r.LeaseToken)
                .SetProperty(r => r.LeaseUntil, r => fromStart ? null : r.LeaseUntil),
            cancellationToken);
        feed.Announce(ChangeAreas.SlackWorkspaces);
    }

    /// <summary>Keeps somebody who was looked up.</summary>
    public async Task AddAsync(int workspaceId, SlackUser user, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.DirectoryReadings.SingleOrDefaultAsync(r => r.WorkspaceId == workspaceId, cancellationToken) is { } reading)
        {
            await UpsertAsync(context, reading, [user], null, cancellationToken);
            reading.Version++;
            await context.SaveChangesAsync(cancellationToken);
        }
    }

    public async Task<IReadOnlyList<int>> ListDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.DirectoryReadings.Where(r => r.DueAt <= now).Select(r => r.WorkspaceId).ToListAsync(cancellationToken);
    }

    /// <summary>Frees what a process that is gone held.</summary>
    public async Task FreeAllAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await leases.FreeAllAsync(context.DirectoryReadings, cancellationToken);
    }

    /// <summary>Claims the reading if it is due and nobody else has it, or keeps the claim.</summary>
    /// <returns>The reading under this claim; null when it is not due, or another's.</returns>
    public async Task<DirectoryReading?> ClaimAsync(int workspaceId, long claim, TimeSpan lease, CancellationToken cancellationToken)
    {
        var due = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = context.DirectoryReadings.Where(r => r.WorkspaceId == workspaceId && r.DueAt <= due);
        return await leases.ClaimAsync(context, row, claim, lease, cancellationToken)
            ? await context.DirectoryReadings.AsNoTracking()
                .SingleOrDefaultAsync(r => r.WorkspaceId == workspaceId && r.LeaseToken == claim, cancellationToken)
            : null;
    }

    /// <summary>A reading begins, with the workspaces that the token reaches.</summary>
    /// <param name="firstTeam">The first to read, with an organisation's token.</param>
    public Task<bool> BeginAsync(
        DirectoryReading held, IReadOnlyList<SlackTeamListed> teams, string? firstTeam, DateTimeOffset now,
        CancellationToken cancellationToken) =>
        WriteAsync(held, async (context, reading) =>
        {
            reading.Reading++;
            (reading.IsUnderWay, reading.StartedAt, reading.PeopleRead, reading.TeamId, reading.Cursor) = (true, now, 0, firstTeam, null);
            var known = await context.SlackTeams.Where(t => t.WorkspaceId == reading.WorkspaceId)
                .ToDictionaryAsync(t => t.TeamId, cancellationToken);
            foreach (var team in teams.DistinctBy(team => team.Id, StringComparer.Ordinal))
            {
                if (!known.Remove(team.Id, out var row))
                {
                    row = new SlackTeam { WorkspaceId = reading.WorkspaceId, TeamId = team.Id, Name = ForeignText.Line(team.Name, 256) };
                    context.SlackTeams.Add(row);
                }

                (row.Name, row.Reading) = (ForeignText.Line(team.Name, 256), reading.Reading);
            }

            context.SlackTeams.RemoveRange(known.Values);
        }, cancellationToken);

    /// <summary>The workspace at Slack to read after the present one; null after the last.</summary>
    public async Task<string?> NextTeamAsync(DirectoryReading reading, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var teams = await context.SlackTeams.Where(t => t.WorkspaceId == reading.WorkspaceId).Select(t => t.TeamId)
            .ToListAsync(cancellationToken);
        return teams.Order(StringComparer.Ordinal).FirstOrDefault(team => string.CompareOrdinal(team, reading.TeamId) > 0);
    }

    /// <summary>Keeps a page, and where the next begins.</summary>
    public Task<bool> KeepPageAsync(
        DirectoryReading held, IReadOnlyList<SlackUser> people, string? nextTeam, string? nextCursor, DateTimeOffset now,
        CancellationToken cancellationToken) =>
        WriteAsync(held, async (context, reading) =>
        {
            await UpsertAsync(context, reading, people, held.TeamId, cancellationToken);
            var before = reading.PeopleRead;
            (reading.TeamId, reading.Cursor, reading.PeopleRead, reading.DueAt, reading.Code, reading.Detail) = (nextTeam, nextCursor,
                before + people.Count, now, null, null);
            if (reading.CompletedAt is null && (before < ShownAtOnce || before / ShowEvery != reading.PeopleRead / ShowEvery))
            {
                reading.People = reading.PeopleRead;
                reading.Version++;
            }
        }, cancellationToken);

    /// <summary>Counts who is known of the workspace at Slack being read as seen.</summary>
    public Task<bool> KeepTeamAsync(DirectoryReading held, CancellationToken cancellationToken) =>
        WriteAsync(held, (context, reading) => context.SlackPeople
            .Where(p => p.WorkspaceId == reading.WorkspaceId && p.TeamId == reading.TeamId)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.Reading, reading.Reading), cancellationToken), cancellationToken);

    /// <summary>Keeps the last page and forgets who was not seen this time.</summary>
    public async Task<bool> KeepLastPageAsync(
        DirectoryReading held, IReadOnlyList<SlackUser> people, DateTimeOffset now, DateTimeOffset nextAt,
        CancellationToken cancellationToken)
    {
        await WriteAsync(held, async (context, reading) =>
        {
            await UpsertAsync(context, reading, people, held.TeamId, cancellationToken);
            await context.SaveChangesAsync(cancellationToken);
            await context.SlackPeople.Where(p => p.WorkspaceId == reading.WorkspaceId && p.Reading != reading.Reading)
                .ExecuteDeleteAsync(cancellationToken);
            reading.People = await context.SlackPeople.CountAsync(p => p.WorkspaceId == reading.WorkspaceId, cancellationToken);
            (reading.IsUnderWay, reading.TeamId, reading.Cursor, reading.CompletedAt, reading.DueAt) = (false, null, null, now, nextAt);
            (reading.Code, reading.Detail) = (null, null);
            reading.EndLease();
            reading.Version++;
        }, cancellationToken);
        return false;
    }

    /// <summary>The reading waits; it goes on where it is, or begins again.</summary>
    public Task StopAsync(DirectoryReading held, string code, string? detail, DateTimeOffset dueAt, CancellationToken cancellationToken,
        bool fromStart = false) =>
        WriteAsync(held, (_, reading) =>
        {
            (reading.Code, reading.Detail, reading.DueAt) = (code, detail, dueAt);
            reading.IsUnderWay = reading.IsUnderWay && !fromStart;
            reading.EndLease();
            return Task.CompletedTask;
        }, cancellationToken);

    /// <summary>The reading waits, and then begins again.</summary>
    public Task RestartAsync(DirectoryReading held, DateTimeOffset dueAt, CancellationToken cancellationToken) =>
        WriteAsync(held, (_, reading) =>
        {
            (reading.IsUnderWay, reading.DueAt) = (false, dueAt);
            reading.EndLease();
            return Task.CompletedTask;
        }, cancellationToken);

    /// <returns>False when the claim is lost: nothing was written.</returns>
    private async Task<bool> WriteAsync(DirectoryReading held, Func<NotifyDbContext, DirectoryReading, Task> write,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using (var transaction = await context.Database.BeginTransactionAsync(cancellationToken))
        {
            if (!await Leases.FenceAsync(context.DirectoryReadings.Where(r => r.WorkspaceId == held.WorkspaceId), held.LeaseToken,
                cancellationToken))
            {
                return false;
            }

            await write(context, await context.DirectoryReadings.SingleAsync(r => r.WorkspaceId == held.WorkspaceId, cancellationToken));
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        feed.Announce(ChangeAreas.SlackWorkspaces);
        return true;
    }

    private static async Task UpsertAsync(
        NotifyDbContext context, DirectoryReading reading, IReadOnlyList<SlackUser> people, string? teamId,
        CancellationToken cancellationToken)
    {
        var ids = people.Select(user => user.Id).ToList();
        var known = await context.SlackPeople.Where(p => p.WorkspaceId == reading.WorkspaceId && ids.Contains(p.UserId))
            .ToDictionaryAsync(p => p.UserId, cancellationToken);
        foreach (var user in people)
        {
            if (!known.TryGetValue(user.Id, out var person))
            {
                known[user.Id] = person = new SlackPerson { WorkspaceId = reading.WorkspaceId, UserId = user.Id };
                context.SlackPeople.Add(person);
            }

            person.Reading = reading.Reading;
            person.TeamId = teamId ?? person.TeamId;
            (person.Handle, person.RealName, person.DisplayName, person.Email) =
                (user.Handle, user.RealName, user.DisplayName, user.Email);
        }
    }
}
