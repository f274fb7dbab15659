using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Testing;

/// <summary>How sending goes, as the lists of channels show it.</summary>
public static class TestHealth
{
    /// <summary>The health of every channel of a kind that has any, by channel id.</summary>
    public static async Task<IReadOnlyDictionary<int, ChannelHealth>> HealthOfAllAsync(this NotifyAdminApp app, ChannelKind kind)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync();
        var ids = await context.ChannelLanes.Where(lane => lane.ChannelKind == kind).Select(lane => lane.ChannelId).ToListAsync();
        return await app.Services.GetRequiredService<IDeliveryDesk>().GetHealthAsync(kind, ids, CancellationToken.None);
    }
}
