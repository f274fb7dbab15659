using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Counts what a vendor accepted. A range of the index of attempts' times: the cost grows with the messages of a month.</summary>
internal sealed class MonthlyUseStore(IDbContextFactory<NotifyDbContext> contexts)
{
    /// <param name="month">Where the month begins.</param>
    /// <param name="lately">Where the days begin that the rate is taken of.</param>
    /// <returns>Each channel's messages since both, and the first attempt on record since the earlier of the two.</returns>
    public async Task<(IReadOnlyList<ChannelUse> Channels, DateTimeOffset? First)> CountAsync(
        ChannelKind kind, DateTimeOffset month, DateTimeOffset lately, CancellationToken cancellationToken)
    {
        var from = month < lately ? month : lately;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var counts = await context.Attempts.Where(a => a.StartedAt >= from && a.Outcome == AttemptOutcome.Accepted)
            .Join(context.Messages.Where(m => m.ChannelKind == kind), a => a.MessageId, m => m.Id,
                (a, m) => new { m.ChannelId, a.StartedAt })
            .GroupBy(sent => sent.ChannelId)
            .Select(sent => new
            {
                Id = sent.Key,
                Used = sent.LongCount(one => one.StartedAt >= month),
                Lately = sent.LongCount(one => one.StartedAt >= lately),
                First = sent.Min(one => one.StartedAt),
            })
            .ToListAsync(cancellationToken);
        return
        (
            [
                .. counts.Select(count => new ChannelUse(new ChannelKey(kind, count.Id), count.Used, count.Lately))
                    .OrderByDescending(use => use.Used).ThenBy(use => use.Channel.Id),
            ],
            counts.Count == 0 ? null : counts.Min(count => count.First));
    }
}
