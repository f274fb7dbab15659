using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;

namespace Notify.Admin.Sources;

/// <summary>The mappings that sources were saved with.</summary>
internal sealed class MappingVersionStore(IDbContextFactory<NotifyDbContext> contexts)
{
    /// <summary>Those of a source, newest first.</summary>
    public async Task<IReadOnlyList<MappingVersion>> ListAsync(int source, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.MappingVersions.AsNoTracking().Where(v => v.SourceId == source).OrderByDescending(v => v.Id)
            .Take(MappingVersion.MostKept).ToListAsync(cancellationToken);
    }

    /// <summary>Adds one in the transaction of the save that it is of, and forgets the oldest.</summary>
    public static async Task AddAsync(NotifyDbContext context, MappingVersion version, CancellationToken cancellationToken)
    {
        context.MappingVersions.Add(version);
        await context.SaveChangesAsync(cancellationToken);
        var oldest = await context.MappingVersions.Where(v => v.SourceId == version.SourceId).OrderByDescending(v => v.Id)
            .Skip(MappingVersion.MostKept - 1).Select(v => (long?)v.Id).FirstOrDefaultAsync(cancellationToken);
        await context.MappingVersions.Where(v => v.SourceId == version.SourceId && v.Id < oldest).ExecuteDeleteAsync(cancellationToken);
    }
}
