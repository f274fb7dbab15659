using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Attempts that died with their process. Those of deliveries are recovered by the lane (<see cref="LaneOutbox.RecoverAsync"/>);
/// tests, drills and changes of messages carry none, and are found here.</summary>
internal sealed class LostAttemptStore(
    IDbContextFactory<NotifyDbContext> contexts, DeliveryMeter meter, ChangeFeed feed, TimeProvider time)
{
    /// <summary>No attempt is under way for so long: a send takes two minutes at most, and its verdict is kept for ten while the store
    /// is away.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);

    private const string MarkKey = "attempts.settled-up-to";

    /// <summary>Marks those as unknown that were begun so long ago, are still in flight, and carry no delivery that is being sent. Looks
    /// only at what was begun since about the last call.</summary>
    /// <returns>How many.</returns>
    public async Task<int> SettleAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - Longest;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var mark = await context.ServerSettings.SingleOrDefaultAsync(s => s.Key == MarkKey, cancellationToken);
        var from = FromOf(mark, before);
        var open = await context.Attempts
            .Where(a => a.StartedAt >= from && a.StartedAt < before && a.Outcome == AttemptOutcome.InFlight)
            .Select(a => new { a.Id, a.MessageId }).ToListAsync(cancellationToken);
        var settled = open.Count == 0 ? 0
            : await SettleAsync(context, open.ToLookup(a => a.MessageId, a => a.Id), cancellationToken);

        var upTo = before.UtcTicks.ToString(CultureInfo.InvariantCulture);
        if (mark is null)
        {
            context.ServerSettings.Add(new ServerSetting { Key = MarkKey, Value = upTo });
        }
        else
        {
            mark.Value = upTo;
        }

        await context.SaveChangesAsync(cancellationToken);
        return settled;
    }

    // Earlier than the mark: instances' clocks differ, and so may one clock from itself when it is set.
    private static DateTimeOffset FromOf(ServerSetting? mark, DateTimeOffset before)
    {
        var upTo = mark is null ? 0 : Math.Min(long.Parse(mark.Value, CultureInfo.InvariantCulture), before.UtcTicks);
        return new DateTimeOffset(Math.Max(0, upTo - Longest.Ticks), TimeSpan.Zero);
    }

    private async Task<int> SettleAsync(NotifyDbContext context, ILookup<long, long> byMessage, CancellationToken cancellationToken)
    {
        var ids = byMessage.Select(attempts => attempts.Key).ToArray();
        var lost = await context.Messages
            .Where(m => ids.Contains(m.Id) && !context.MessageDeliveries.Any(d => d.MessageId == m.Id
                && context.Deliveries.Any(one => one.Id == d.DeliveryId && one.State == DeliveryState.Sending)))
            .Select(m => new { m.Id, m.ChannelKind }).ToListAsync(cancellationToken);
        var settled = 0;
        foreach (var kind in lost.GroupBy(m => m.ChannelKind, m => m.Id))
        {
            var attempts = kind.SelectMany(message => byMessage[message]).ToArray();
            var count = await context.Attempts.Where(a => attempts.Contains(a.Id) && a.Outcome == AttemptOutcome.InFlight)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(a => a.Outcome, AttemptOutcome.Unknown).SetProperty(a => a.Code, OutcomeCodes.ProcessDied),
                    cancellationToken);
            meter.Lost(kind.Key, count);
            settled += count;
        }

        if (settled > 0)
        {
            feed.Announce(ChangeAreas.Deliveries);
        }

        return settled;
    }
}
