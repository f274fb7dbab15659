using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;

namespace Notify.Admin.ConfigFiles;

/// <summary>The comments of applied files.</summary>
internal sealed class ConfigCommentStore(IDbContextFactory<NotifyDbContext> contexts)
{
    public async Task<ConfigComments> LoadAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return ConfigComments.Parse(
            await context.FileComments.AsNoTracking().Select(row => row.Json).FirstOrDefaultAsync(cancellationToken));
    }

    /// <summary>In the transaction of the apply, which has the turn.</summary>
    public async Task SaveAsync(ConfigComments comments, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.FileComments.SingleOrDefaultAsync(cancellationToken) is { } row)
        {
            row.Json = comments.ToJson();
        }
        else
        {
            context.FileComments.Add(new FileComments { Json = comments.ToJson() });
        }

        await context.SaveChangesAsync(cancellationToken);
    }
}
