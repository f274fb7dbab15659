using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>The lanes of channels that are not well.</summary>
internal sealed class UnwellStore(IDbContextFactory<NotifyDbContext> contexts)
{
    // Beyond it they are only counted.
    private const int Most = 5000;

    /// <summary>Those that have been so longest first.</summary>
    public async Task<IReadOnlyList<ChannelLane>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Unwell(context).ToListAsync(cancellationToken);
    }

    /// <summary>The same, with what waits for each.</summary>
    public async Task<IReadOnlyList<UnwellLane>> ListWithWaitingAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var deliveries = context.ByChannel();
        return await Unwell(context)
            .Select(l => new UnwellLane(l, deliveries.LongCount(d =>
                d.ChannelKind == l.ChannelKind && d.ChannelId == l.ChannelId && d.State < OpenStates.FirstFinal)))
            .ToListAsync(cancellationToken);
    }

    private static IQueryable<ChannelLane> Unwell(NotifyDbContext context) =>
        context.ChannelLanes.AsNoTracking().Where(l => l.Condition != ChannelCondition.Ok)
            .OrderBy(l => l.FailingSince).ThenBy(l => l.Id).Take(Most);
}

internal sealed record UnwellLane(ChannelLane Lane, long Waiting);
