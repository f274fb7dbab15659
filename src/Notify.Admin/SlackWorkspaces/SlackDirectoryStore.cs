using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>The cached people and workspaces of each connection.</summary>
internal sealed class SlackDirectoryStore(IDbContextFactory<NotifyDbContext> contexts)
{
    public static SlackPerson ToPerson(int workspaceId, string? teamId, SlackUser user) => new()
    {
        WorkspaceId = workspaceId,
        UserId = user.Id,
        TeamId = teamId,
        Handle = user.Handle,
        RealName = user.RealName,
        DisplayName = user.DisplayName,
        Email = user.Email,
    };

    public async Task<IReadOnlyList<SlackPerson>> ListPeopleAsync(int workspaceId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.SlackPeople.AsNoTracking().Where(p => p.WorkspaceId == workspaceId).ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<SlackTeam>> ListTeamsAsync(int workspaceId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.SlackTeams.AsNoTracking().Where(t => t.WorkspaceId == workspaceId).OrderBy(t => t.Name).ThenBy(t => t.TeamId).ToListAsync(cancellationToken);
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
        return await context.DirectoryReadings.Where(r => r.WorkspaceId == workspaceId).Select(r => r.Version).SingleOrDefaultAsync(cancellationToken);
    }
}
