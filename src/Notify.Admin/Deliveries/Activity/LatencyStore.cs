using Microsoft.EntityFrameworkCore;

namespace Notify.Admin.Deliveries;

/// <summary>How long deliveries took: the one definition of it.</summary>
internal static class LatencyStore
{
    private const int MostTimed = 2000;

    /// <param name="made">The deliveries of the time that is looked at, in parts that an index has in the order of ids.</param>
    public static async Task<IReadOnlyList<TimeSpan>> TimesAsync(
        IEnumerable<IQueryable<Delivery>> made, CancellationToken cancellationToken)
    {
        List<(long Id, TimeSpan Took)> times = [];
        foreach (var part in made)
        {
            var sent = await part.Where(d => d.State == DeliveryState.Sent && d.HeldSince == null).OrderByDescending(d => d.Id)
                .Take(MostTimed).Select(d => new { d.Id, d.CreatedAt, d.ChangedAt }).ToListAsync(cancellationToken);
            times.AddRange(sent.Select(d => (d.Id, d.ChangedAt - d.CreatedAt)));
        }

        return [.. times.DistinctBy(time => time.Id).OrderByDescending(time => time.Id).Take(MostTimed).Select(time => time.Took)];
    }
}
