using Microsoft.EntityFrameworkCore;

namespace Notify.Admin.Deliveries;

/// <summary>How long deliveries took: the one definition of it.</summary>
internal static class LatencyStore
{
    private const int MostTimed = 2000;

    /// <param name="made">The deliveries of the time that is looked at, bounded by an index.</param>
    public static async Task<IReadOnlyList<TimeSpan>> TimesAsync(IQueryable<Delivery> made, CancellationToken cancellationToken)
    {
        var times = await made.Where(d => d.State == DeliveryState.Sent && d.HeldSince == null).OrderByDescending(d => d.Id).Take(MostTimed)
            .Select(d => new { d.CreatedAt, d.ChangedAt }).ToListAsync(cancellationToken);
        return [.. times.Select(time => time.ChangedAt - time.CreatedAt)];
    }
}
