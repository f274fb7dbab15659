using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Queries and saves behind the desk: tests, health, and forgiving a channel.</summary>
internal sealed class DeskStore(IDbContextFactory<NotifyDbContext> contexts, PacingStore pacing, ChangeFeed feed, TimeProvider time)
{
    /// <summary>Reserves budget and commits the test as in flight; answers when there is budget again if there is none now.</summary>
    public async Task<(long AttemptId, DateTimeOffset? FreeAt)> BeginTestAsync(Destination destination, Message message,
        CancellationToken cancellationToken)
    {
        return await contexts.InTransactionAsync(async (context, transaction) =>
        {
            if (await pacing.ReserveAsync(context, destination, cancellationToken) is { } freeAt)
            {
                return (0L, (DateTimeOffset?)freeAt);
            }

            // A try that was rolled back may have given the message an id.
            message.Id = 0;
            context.Messages.Add(message);
            await context.SaveChangesAsync(cancellationToken);
            var attempt = new Attempt { MessageId = message.Id, StartedAt = message.CreatedAt };
            context.Attempts.Add(attempt);
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return (attempt.Id, (DateTimeOffset?)null);
        }, cancellationToken);
    }

    /// <param name="isCurrent">What was tested is what is saved: the verdict is the channel's last test.</param>
    public async Task FinishTestAsync(
        Destination destination, long messageId, long attemptId, SendResult result, AuditEntry entry, bool isCurrent)
    {
        var now = time.GetUtcNow();
        await contexts.InTransactionAsync(async (context, transaction) =>
        {
            var attempt = await context.Attempts.SingleAsync(a => a.Id == attemptId);
            AttemptRecord.Write(attempt, result);
            AttemptRecord.Write(await context.Messages.SingleAsync(m => m.Id == messageId), result, now);

            if (result.RetryAfter is { } pause)
            {
                await PacingStore.PauseAsync(context, destination.Fingerprint, now + pause, CancellationToken.None);
            }

            if (isCurrent)
            {
                await RecordTestAsync(context, destination.Key, result, now);
            }

            context.AuditEntries.Add(entry);
            await context.SaveChangesAsync();
            await transaction.CommitAsync();
            feed.Announce(ChangeAreas.Deliveries);
            return true;
        }, CancellationToken.None);
    }

    /// <summary>Gives a draft's test message to the channel that the draft has become, and its verdict to that channel's lane. Once: a
    /// message that has a channel keeps it.</summary>
    public async Task AdoptTestAsync(ChannelKey channel, long messageId, SendResult result, DateTimeOffset testedAt,
        CancellationToken cancellationToken)
    {
        await contexts.InTransactionAsync(async (context, transaction) =>
        {
            var adopted = await context.Messages
                .Where(m => m.Id == messageId && m.ChannelKind == channel.Kind && m.ChannelId == 0 && m.Purpose == MessagePurpose.Test)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.ChannelId, channel.Id), cancellationToken);
            if (adopted == 0)
            {
                return false;
            }

            await RecordTestAsync(context, channel, result, testedAt);
            await transaction.CommitAsync(cancellationToken);
            feed.Announce(ChangeAreas.Deliveries);
            return true;
        }, cancellationToken);
    }

    /// <summary>The channel's last test says nothing about it any more. Never given up half-way: it is saved already.</summary>
    public async Task ForgetTestAsync(ChannelKey channel)
    {
        var id = ChannelLane.IdOf(channel);
        await using var context = await contexts.CreateDbContextAsync(CancellationToken.None);
        await context.ChannelLanes.Where(l => l.Id == id && l.LastTestAt != null).ExecuteUpdateAsync(set => set
            .SetProperty(l => l.LastTestAt, (DateTimeOffset?)null)
            .SetProperty(l => l.LastTestAccepted, (bool?)null)
            .SetProperty(l => l.LastTestCode, (string?)null));
        feed.Announce(ChangeAreas.Deliveries);
    }

    public async Task<IReadOnlyDictionary<int, ChannelHealth>> HealthAsync(
        ChannelKind kind, IReadOnlyCollection<int> ids, CancellationToken cancellationToken)
    {
        var laneIds = ids.Select(id => ChannelLane.IdOf(new ChannelKey(kind, id))).ToList();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var open = await OpenOf(context, kind, ids)
            .GroupBy(d => d.ChannelId)
            .Select(g => new { g.Key, Count = g.Count(), Oldest = g.Min(d => d.CreatedAt), Due = g.Min(d => d.DueAt) })
            .ToDictionaryAsync(g => g.Key, cancellationToken);
        var lanes = await context.ChannelLanes.AsNoTracking().Where(l => laneIds.Contains(l.Id)).ToListAsync(cancellationToken);
        return lanes.ToDictionary(l => l.ChannelId, l =>
        {
            var waiting = open.GetValueOrDefault(l.ChannelId);
            return new ChannelHealth(
                l.Condition switch
                {
                    ChannelCondition.Ok => ChannelStatus.Ok,
                    ChannelCondition.Failing => ChannelStatus.Failing,
                    ChannelCondition.NeedsAttention => ChannelStatus.NeedsAttention,
                },
                l.LastCode, l.LastDetail, l.FailingSince, l.LastSuccessAt, l.LastFailureAt,
                waiting is null || waiting.Due == DateTimeOffset.MaxValue ? null : l.BackoffUntil ?? waiting.Due,
                waiting?.Count ?? 0, waiting?.Oldest,
                l.LastTestAt, l.LastTestAccepted, l.LastTestCode)
            {
                NextDrillAt = l.DrillAt,
                LastDrillAt = l.LastDrillAt,
                LastDrillAccepted = l.LastDrillAccepted,
            };
        });
    }

    /// <summary>The last day of those channels to which anything was to be sent.</summary>
    public async Task<IReadOnlyDictionary<int, IReadOnlyList<HourOfSending>>> HistoryAsync(
        ChannelKind kind, IReadOnlyCollection<int> ids, CancellationToken cancellationToken)
    {
        var quiet = HourOfSending.Quiet(time.GetUtcNow());
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var counted = await DeliveryHoursStore.CountAsync(context, quiet[0].From, [.. ids.Select(id => new ChannelKey(kind, id))],
            cancellationToken);
        return counted.GroupBy(count => count.ChannelId)
            .ToDictionary(channel => channel.Key, channel => DeliveryHoursStore.Fill(quiet, channel));
    }

    /// <summary>Forgives the channel and wakes its lane.</summary>
    /// <returns>How it stood before.</returns>
    public async Task<ChannelTry> TryAgainAsync(ChannelKey channel, AuditEntry entry, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var id = ChannelLane.IdOf(channel);
        return await contexts.InTransactionAsync(async (context, transaction) =>
        {
            var lane = await context.ChannelLanes.Where(l => l.Id == id).Select(l => new { l.LastSuccessAt, l.LastFailureAt })
                .SingleOrDefaultAsync(cancellationToken);
            var waiting = await OpenOf(context, channel.Kind, [channel.Id]).CountAsync(cancellationToken);
            await context.ChannelLanes.Where(l => l.Id == id).ExecuteUpdateAsync(LaneHealth.Forgive, cancellationToken);
            await DeliveryQueue.WakeAsync(context, [channel], now, cancellationToken);
            context.AuditEntries.Add(entry);
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            feed.Announce(ChangeAreas.Deliveries);
            return new ChannelTry(channel, waiting, lane?.LastSuccessAt, lane?.LastFailureAt);
        }, cancellationToken);
    }

    /// <summary>The vendor's latest answers since channels were tried again; without a code it accepted. Those without an answer are left
    /// out.</summary>
    public async Task<IReadOnlyDictionary<ChannelKey, (DateTimeOffset At, string? Code, string? Detail)>> FindVerdictsAsync(
        IReadOnlyList<ChannelTry> tries, CancellationToken cancellationToken)
    {
        var ids = tries.Select(tried => ChannelLane.IdOf(tried.Channel)).ToList();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var lanes = await context.ChannelLanes.AsNoTracking().Where(l => ids.Contains(l.Id))
            .ToDictionaryAsync(l => l.Channel, cancellationToken);
        Dictionary<ChannelKey, (DateTimeOffset At, string? Code, string? Detail)> verdicts = [];
        foreach (var tried in tries)
        {
            var lane = lanes.GetValueOrDefault(tried.Channel);
            var accepted = lane?.LastSuccessAt != tried.LastSuccessAt ? lane?.LastSuccessAt : null;
            var refused = lane?.LastFailureAt != tried.LastFailureAt ? lane?.LastFailureAt : null;
            if (accepted is { } success && !(refused > success))
            {
                verdicts[tried.Channel] = (success, null, null);
            }
            else if (refused is { } failure)
            {
                verdicts[tried.Channel] = (failure, lane!.LastCode, lane.LastDetail);
            }
        }

        return verdicts;
    }

    public async Task<int> CountOpenAsync(ChannelKind kind, IReadOnlyCollection<int> ids, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await OpenOf(context, kind, ids).CountAsync(cancellationToken);
    }

    private static IQueryable<Delivery> OpenOf(NotifyDbContext context, ChannelKind kind, IReadOnlyCollection<int> ids) =>
        context.ByChannel().Where(d => d.ChannelKind == kind && ids.Contains(d.ChannelId)).Where(OpenStates.IsOpen);

    private static async Task RecordTestAsync(NotifyDbContext context, ChannelKey channel, SendResult result, DateTimeOffset now)
    {
        var id = ChannelLane.IdOf(channel);
        var updated = await context.ChannelLanes.Where(l => l.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(l => l.LastTestAt, now)
            .SetProperty(l => l.LastTestAccepted, result.Accepted)
            .SetProperty(l => l.LastTestCode, result.Code));
        if (updated == 0)
        {
            context.ChannelLanes.Add(new ChannelLane
            {
                Id = id,
                ChannelKind = channel.Kind,
                ChannelId = channel.Id,
                LastTestAt = now,
                LastTestAccepted = result.Accepted,
                LastTestCode = result.Code,
            });
            await context.SaveChangesAsync();
        }
    }
}
