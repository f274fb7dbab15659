using Microsoft.EntityFrameworkCore;

namespace Notify.Admin.Data;

/// <summary>The files of the directory, and what comes from them.</summary>
internal sealed class ProvisionedStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed)
{
    // Whose pages show where things come from.
    private static readonly string[] Shown =
    [
        ChangeAreas.Channels, ChangeAreas.Sources, ChangeAreas.SlackWorkspaces, ChangeAreas.VendorAccounts, ChangeAreas.Settings,
        ChangeAreas.People,
    ];

    public async Task<IReadOnlyList<ProvisionedFile>> ListFilesAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ProvisionedFiles.AsNoTracking().OrderBy(file => file.Name).ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<ProvisionedObject>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ProvisionedObjects.AsNoTracking().ToListAsync(cancellationToken);
    }

    /// <summary>A file was applied: just these come from it.</summary>
    public Task TakeAsync(ProvisionedFile file, IReadOnlyList<ProvisionedObject> objects, CancellationToken cancellationToken) =>
        ChangeAsync(async context =>
        {
            await context.ProvisionedObjects.Where(mark => mark.File == file.Name).ExecuteDeleteAsync(cancellationToken);
            await context.ProvisionedFiles.Where(known => known.Name == file.Name).ExecuteDeleteAsync(cancellationToken);
            context.ProvisionedFiles.Add(file);
            context.ProvisionedObjects.AddRange(objects);
        }, cancellationToken);

    /// <summary>A file was not applied: what comes from it is what came from it before.</summary>
    public Task TakeProblemAsync(ProvisionedFile file, CancellationToken cancellationToken) => ChangeAsync(async context =>
    {
        await context.ProvisionedFiles.Where(known => known.Name == file.Name).ExecuteDeleteAsync(cancellationToken);
        context.ProvisionedFiles.Add(file);
    }, cancellationToken);

    /// <summary>A file is gone: what came from it stays, and may be changed here.</summary>
    public Task ForgetAsync(string name, CancellationToken cancellationToken) => ChangeAsync(async context =>
    {
        await context.ProvisionedObjects.Where(mark => mark.File == name).ExecuteDeleteAsync(cancellationToken);
        await context.ProvisionedFiles.Where(known => known.Name == name).ExecuteDeleteAsync(cancellationToken);
    }, cancellationToken);

    private async Task ChangeAsync(Func<NotifyDbContext, Task> change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await feed.ChangeInTurnAsync(context, ChangeAreas.Settings, async () =>
        {
            await change(context);
            return true;
        }, cancellationToken);
        foreach (var area in Shown)
        {
            feed.Announce(area);
        }
    }
}
