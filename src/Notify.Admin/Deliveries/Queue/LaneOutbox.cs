using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>What a worker writes about the deliveries of a lane it leases. Every write is fenced: it counts only while the lease
/// holds.</summary>
internal sealed partial class LaneOutbox(PatientContexts contexts, LaneCommits commits, ILaneRows laneRows, LaneReadStore reads,
    PacingStore pacing, ChangeFeed feed, DeliveryMeter meter, TimeProvider time)
{
    /// <summary>The most deliveries that one plan looks at, and so the largest digest.</summary>
    public const int PlanSize = 2000;

    /// <summary>Takes over what a worker that is gone left in flight: the vendor may have those messages, so they are marked.</summary>
    public async Task RecoverAsync(ChannelLane lane, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var left = await context.ByChannel().OpenIn(lane).Where(d => d.State == DeliveryState.Sending).ToListAsync(cancellationToken);
        if (left.Count == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        var messages = left.Where(d => d.MessageId is not null).Select(d => d.MessageId!.Value).Distinct().ToArray();
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await LaneStore.FenceAsync(context, lane, cancellationToken);
        var lost = await context.Attempts.Where(a => messages.Contains(a.MessageId) && a.Outcome == AttemptOutcome.InFlight)
            .ExecuteUpdateAsync(
            set => set.SetProperty(a => a.Outcome, AttemptOutcome.Unknown).SetProperty(a => a.Code, OutcomeCodes.ProcessDied),
            cancellationToken);
        foreach (var delivery in left)
        {
            delivery.State = DeliveryState.Retrying;
            delivery.DueAt = now;
            delivery.ChangedAt = now;
            delivery.Code = OutcomeCodes.ProcessDied;
            delivery.MayBeDuplicate = true;
        }

        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        meter.Lost(lane.ChannelKind, lost);
        feed.Announce(ChangeAreas.Deliveries);
    }

    /// <summary>What could be sent now, most severe first, older first, with the channel's budget.</summary>
    /// <param name="single">As many as are sent at once where each gets its own message; a digest takes what there is.</param>
    public async Task<Seen> LookAsync(
        ChannelLane lane, Destination destination, Wanted wanted, int single, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        // Times further ahead than this were written before the clock was set back.
        var ahead = now + LaneHealth.Tolerance;
        // What is about one problem goes out in its order, however severe each is: so all have to be seen.
        var maySingle = destination.Pacing.IsUnlimited && destination.Interval == TimeSpan.Zero
            && destination.FollowUp == FollowUp.NewMessage;
        var (rows, budget) = maySingle ? await commits.ReadAsync(context => ReadAsync(context, single), cancellationToken) : ([], null);
        var isLong = !maySingle || (rows.Count == single && rows[0].HasOlder);
        if (isLong)
        {
            // With what was held or is tried again there may be a digest, which takes what there is: nobody who writes is to wait for that.
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            (rows, budget) = await ReadAsync(context, PlanSize);
        }

        if (rows.Count == 0)
        {
            return new Seen([], 0, now, IsAll: false);
        }

        var isAll = wanted.IsEverything && !rows[0].HasOlder && rows.Count < (isLong ? PlanSize : single);
        var (free, freeAt) = budget
            ?? await commits.RunAsync(context => pacing.LookAsync(context, destination, now, cancellationToken), cancellationToken);
        // The join may have lost the order.
        return new Seen(
            [.. rows.OrderByDescending(r => r.Delivery.Severity).ThenBy(r => r.Delivery.Id)
                .Select(r => new Candidate(r.Delivery, EventPayload.ToRecord(r.Event)))],
            free, freeAt, isAll, (rows[0].ChannelsVersion, rows[0].PausesVersion));

        async Task<(List<SeenRow> Rows, (int Free, DateTimeOffset FreeAt)? Budget)> ReadAsync(NotifyDbContext context, int most)
        {
            var open = await reads.OpenAsync(context, lane, destination.Fingerprint, wanted, now, ahead, most, cancellationToken);
            return (open, open.Count == 0 ? null
                : await pacing.LookAloneAsync(context, destination, open[0].PausedUntil, now, cancellationToken));
        }
    }

    /// <summary>Whether a message that was begun is to be tried again, or to go out in smaller ones.</summary>
    public async Task<bool> HasBegunAsync(ChannelLane lane, SeverityRange severities, CancellationToken cancellationToken)
    {
        var (least, _, andNotStated) = severities;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ByChannel().OpenIn(lane)
            .Where(d => d.Severity >= least || (andNotStated && d.Severity == Severity.NotStated))
            .AnyAsync(d => d.State == DeliveryState.Retrying, cancellationToken);
    }

    /// <summary>When the next retry of the lane is due; null when nothing is open.</summary>
    public async Task<DateTimeOffset?> NextRetryAsync(ChannelLane lane, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ByChannel().OpenIn(lane).MinAsync(d => (DateTimeOffset?)d.DueAt, cancellationToken);
    }

    /// <summary>Reserves budget and commits the messages as in flight; the caller then sends them. Stops at the first without
    /// budget.</summary>
    /// <returns>What was begun, and when there is budget again if not all were.</returns>
    public async Task<(IReadOnlyList<Begun> Begun, DateTimeOffset? FreeAt)> BeginAsync(
        ChannelLane lane, Destination destination, IReadOnlyList<Outgoing> messages, CancellationToken cancellationToken)
    {
        var begun = await TryBeginAsync(lane, destination, messages, cancellationToken) is { } all ? (all, null)
            : await commits.RunAsync(context => BeginAsync(context, lane, destination, messages, cancellationToken), cancellationToken);
        if (begun.Begun.Count > 0)
        {
            feed.Announce(ChangeAreas.Deliveries);
        }

        return begun;
    }

    /// <summary>Commits what came of begun messages: attempts, deliveries and the channel's health, in one transaction.</summary>
    public async Task FinishAsync(ChannelLane lane, Destination destination, IReadOnlyList<Ended> ended,
        CancellationToken cancellationToken)
    {
        await (laneRows.IsOneStatement && ended.All(ChangesRowsOnly)
            ? commits.RunOneAsync(context => FinishAsync(context, lane, destination, ended, cancellationToken), cancellationToken)
            : commits.RunAsync(
                async context =>
                {
                    // Before anything else is locked.
                    await laneRows.FenceAsync(context, lane, cancellationToken);
                    return await FinishAsync(context, lane, destination, ended, cancellationToken);
                },
                cancellationToken));
        foreach (var result in ended.Select(e => e.Result).OfType<SendResult>())
        {
            meter.Attempted(lane.ChannelKind, result);
        }

        feed.Announce(ChangeAreas.Deliveries);
    }

    // Nothing is to be decided in the store but whether the lane is still ours, and its destination open. Null where more is, or one of
    // them is not.
    private async Task<IReadOnlyList<Begun>?> TryBeginAsync(
        ChannelLane lane, Destination destination, IReadOnlyList<Outgoing> messages, CancellationToken cancellationToken)
    {
        if (!laneRows.IsOneStatement || !destination.Pacing.IsUnlimited
            || messages.Any(m => m is { MessageId: not null } or { Following.Problem: not null }))
        {
            return null;
        }

        var now = time.GetUtcNow();
        List<Begun> begun = [.. messages.Select(m => Start(m, NewMessage(lane, m, now), now))];
        return await commits.RunOneAsync(
            context => laneRows.TryBeginAsync(context, lane, destination.Fingerprint, begun, cancellationToken), cancellationToken)
            ? begun : null;
    }

    private async Task<(IReadOnlyList<Begun> Begun, DateTimeOffset? FreeAt)> BeginAsync(NotifyDbContext context,
        ChannelLane lane, Destination destination, IReadOnlyList<Outgoing> messages, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await laneRows.FenceAsync(context, lane, cancellationToken);
        List<Begun> begun = [];
        DateTimeOffset? freeAt = null;
        foreach (var outgoing in messages)
        {
            freeAt = destination.Pacing.IsUnlimited && begun.Count > 0
                ? null : await pacing.ReserveAsync(context, destination, cancellationToken);
            if (freeAt is not null)
            {
                break;
            }

            var message = outgoing.MessageId is { } id
                ? await context.Messages.AsNoTracking().SingleAsync(m => m.Id == id, cancellationToken)
                : NewMessage(lane, outgoing, now);
            begun.Add(Start(outgoing, message, now));
        }

        if (begun.Count == 0)
        {
            return ([], freeAt);
        }

        await laneRows.BeginAsync(context, begun, cancellationToken);
        if (begun.Exists(b => b.Outgoing is { MessageId: not null } or { Following.Problem: not null }))
        {
            await WriteProblemsAsync(context, begun, cancellationToken);
        }

        return (begun, freeAt);
    }

    private async Task<bool> FinishAsync(NotifyDbContext context, ChannelLane lane, Destination destination, IReadOnlyList<Ended> ended,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var end in ended)
        {
            if (end.Result is { } result)
            {
                await RecordAsync(context, lane, destination, end.Begun, result, now, cancellationToken);
            }
            else
            {
                await TakeBackAsync(context, end.Begun, now, cancellationToken);
            }
        }

        var deliveries = ended.SelectMany(e => e.Begun.Outgoing.Deliveries).ToList();
        await laneRows.EndAsync(
            context, lane, [.. ended.Where(e => e.Result is not null).Select(e => e.Begun)], deliveries, cancellationToken);
        return true;
    }

    // What RecordAsync and TakeBackAsync would read or write besides.
    private static bool ChangesRowsOnly(Ended end) =>
        end is { Result: { StandsAlone: false, RetryAfter: null, Failure: not FailureKind.EarlierGone }, Begun.Outgoing.Revises: null }
        && (!end.Result.Accepted || end.Begun.Outgoing.Together.Count == 0);

    private static Message NewMessage(ChannelLane lane, Outgoing outgoing, DateTimeOffset now) => new()
    {
        ChannelKind = lane.ChannelKind,
        ChannelId = lane.ChannelId,
        Purpose = outgoing.Purpose,
        ShortId = outgoing.ShortId,
        Preview = outgoing.Composed.Preview,
        Part = outgoing.Part.Number,
        Parts = outgoing.Part.Count,
        RequestedBy = outgoing.Deliveries is [{ RequestedBy: { } asker }] ? asker : null,
        CreatedAt = now,
    };

    // Of copies: what is not begun after all stays as it was.
    private static Begun Start(Outgoing outgoing, Message message, DateTimeOffset now) => new(
        outgoing with { Deliveries = [.. outgoing.Deliveries.Select(d => Start(d.Copy(), now))] }, message,
        new Attempt { StartedAt = now });

    private static Delivery Start(Delivery delivery, DateTimeOffset now)
    {
        // The retry horizon stands still while a delivery is held.
        if (delivery is { HeldSince: { } since, FirstAttemptAt: { } first } && now > since)
        {
            delivery.FirstAttemptAt = first + (now - since);
        }

        delivery.FirstAttemptAt ??= now;
        delivery.HeldSince = null;
        delivery.HoldReason = HoldReason.None;
        delivery.State = DeliveryState.Sending;
        delivery.MostTogether = null;
        delivery.Attempts++;
        delivery.ChangedAt = now;
        return delivery;
    }

    private static async Task RecordAsync(NotifyDbContext context, ChannelLane lane, Destination destination, Begun begun,
        SendResult result,
        DateTimeOffset now, CancellationToken cancellationToken)
    {
        AttemptRecord.Write(begun.Attempt, result);
        AttemptRecord.Write(begun.Message, result, now);
        await EndFollowingAsync(context, lane, begun, result, cancellationToken);
        var deliveries = begun.Outgoing.Deliveries;
        var decision = LaneHealth.Apply(lane, result, destination, deliveries.Count, now);
        if (begun.Outgoing.Purpose == MessagePurpose.Drill)
        {
            LaneHealth.ApplyDrill(lane, result, decision, destination, now);
        }

        if (begun.Outgoing.Revises is { } revised && decision is not (AfterAttempt.Retry or AfterAttempt.HoldChannel))
        {
            await SettleRevisionAsync(context, revised, cancellationToken);
        }

        if (result.RetryAfter is { } pause)
        {
            await PacingStore.PauseAsync(context, destination.Fingerprint, now + pause, cancellationToken);
        }

        foreach (var delivery in deliveries)
        {
            delivery.Code = result.Code;
            delivery.ChangedAt = now;
            delivery.MayBeDuplicate |= result.OutcomeUnknown;
            Settle(delivery, decision, lane, deliveries.Count, now);
        }
    }

    private static void Settle(Delivery delivery, AfterAttempt decision, ChannelLane lane, int together, DateTimeOffset now)
    {
        switch (decision)
        {
            case AfterAttempt.Accepted:
                delivery.State = DeliveryState.Sent;
                break;
            case AfterAttempt.FailMessage:
                delivery.State = DeliveryState.Failed;
                break;
            case AfterAttempt.Halve:
                delivery.State = DeliveryState.Retrying;
                delivery.MostTogether = RetryPolicy.Half(together);
                delivery.DueAt = now;
                break;
            case AfterAttempt.StartAnew:
                delivery.State = DeliveryState.Retrying;
                delivery.DueAt = now;
                break;
            case AfterAttempt.HoldChannel:
                delivery.State = DeliveryState.Held;
                delivery.HoldReason = HoldReason.NeedsAttention;
                delivery.HeldSince = now;
                delivery.DueAt = DateTimeOffset.MaxValue;
                break;
            case AfterAttempt.Retry when now - delivery.FirstAttemptAt >= RetryPolicy.Horizon:
                delivery.State = DeliveryState.GivenUp;
                break;
            case AfterAttempt.Retry:
                delivery.State = DeliveryState.Retrying;
                delivery.DueAt = lane.BackoffUntil ?? now;
                break;
        }
    }

    // Begun but not sent, because one before it failed: as if it had never been planned.
    private static async Task TakeBackAsync(NotifyDbContext context, Begun begun, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await context.Attempts.Where(a => a.Id == begun.Attempt.Id).ExecuteDeleteAsync(cancellationToken);
        var before = begun.Outgoing.MessageId ?? begun.Outgoing.Refused?.MessageId;
        foreach (var delivery in begun.Outgoing.Deliveries)
        {
            delivery.State = before is null ? DeliveryState.Waiting : DeliveryState.Retrying;
            delivery.MessageId = before;
            delivery.MostTogether = begun.Outgoing.Refused?.MostTogether;
            delivery.Attempts--;
            delivery.FirstAttemptAt = delivery.Attempts == 0 ? null : delivery.FirstAttemptAt;
            delivery.DueAt = now;
            delivery.ChangedAt = now;
        }

        if (begun.Outgoing.MessageId is null)
        {
            await context.MessageDeliveries.Where(m => m.MessageId == begun.Message.Id).ExecuteDeleteAsync(cancellationToken);
            await context.Messages.Where(m => m.Id == begun.Message.Id).ExecuteDeleteAsync(cancellationToken);
        }
    }
}
