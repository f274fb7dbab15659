using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Security;

namespace Notify.Admin.Data;

/// <summary>What pages show of where things come from.</summary>
internal sealed class ProvisionedMarks(IDbContextFactory<NotifyDbContext> contexts)
{
    /// <summary>Those of one kind, by what the trail calls them.</summary>
    public async Task<IReadOnlyDictionary<string, ProvisionedObject>> ListByIdAsync(string kind, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ProvisionedObjects.AsNoTracking().Where(mark => mark.SubjectKind == kind)
            .ToDictionaryAsync(mark => mark.SubjectId, StringComparer.Ordinal, cancellationToken);
    }

    /// <summary>Those of one kind, by their numbers.</summary>
    public async Task<IReadOnlyDictionary<int, ProvisionedObject>> ListAsync(string kind, CancellationToken cancellationToken) =>
        (await ListByIdAsync(kind, cancellationToken))
            .ToDictionary(mark => int.Parse(mark.Key, CultureInfo.InvariantCulture), mark => mark.Value);

    /// <summary>Null for what comes from no file.</summary>
    public async Task<ProvisionedObject?> FindAsync(string kind, string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ProvisionedObjects.AsNoTracking()
            .FirstOrDefaultAsync(mark => mark.SubjectKind == kind && mark.SubjectId == id, cancellationToken);
    }

    /// <inheritdoc cref="FindAsync(string, string, CancellationToken)"/>
    public Task<ProvisionedObject?> FindAsync(string kind, int id, CancellationToken cancellationToken) =>
        FindAsync(kind, id.ToString(CultureInfo.InvariantCulture), cancellationToken);

    /// <summary>Refuses a change before it is begun, where its end would be too late: <see cref="ProvisionedGuard"/> sees only what is
    /// saved.</summary>
    /// <exception cref="ProvisionedException">It is kept as its file has it.</exception>
    public async Task DemandFreeAsync(string kind, string id, CancellationToken cancellationToken)
    {
        if (ProvisioningScope.File is null && await FindAsync(kind, id, cancellationToken) is { IsEditable: false } mark)
        {
            throw new ProvisionedException(mark.File);
        }
    }
}
