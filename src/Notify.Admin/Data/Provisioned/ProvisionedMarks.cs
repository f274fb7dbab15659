using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Notify.Admin.Data;

/// <summary>What pages show of where things come from.</summary>
internal sealed class ProvisionedMarks(IDbContextFactory<NotifyDbContext> contexts)
{
    /// <summary>Those of one kind, by their numbers.</summary>
    public async Task<IReadOnlyDictionary<int, ProvisionedObject>> ListAsync(string kind, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return (await context.ProvisionedObjects.AsNoTracking().Where(mark => mark.SubjectKind == kind).ToListAsync(cancellationToken))
            .ToDictionary(mark => int.Parse(mark.SubjectId, CultureInfo.InvariantCulture));
    }

    /// <summary>Null for what comes from no file.</summary>
    public async Task<ProvisionedObject?> FindAsync(string kind, int id, CancellationToken cancellationToken)
    {
        var text = id.ToString(CultureInfo.InvariantCulture);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ProvisionedObjects.AsNoTracking()
            .FirstOrDefaultAsync(mark => mark.SubjectKind == kind && mark.SubjectId == text, cancellationToken);
    }
}
