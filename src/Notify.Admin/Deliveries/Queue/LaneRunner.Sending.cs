using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Sends what was planned, and records what came of it.</summary>
internal sealed partial class LaneRunner
{
    // How long a continued digest waits in place for budget; a longer pause ends the plan.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    // A verdict is kept for this long while the store is away.
    private static readonly TimeSpan LongestOutage = TimeSpan.FromMinutes(10);

    private async Task<Step> SendDrillAsync(Look look, CancellationToken stopping)
    {
        var (lane, channel, destination) = (look.Lane, look.Channel, look.Destination);
        var now = time.GetUtcNow();
        var shortId = ShortIds.New(MessagePurpose.Drill);
        var told = await events.FindAsync(channel, destination, TestChoice.Newest, now, stopping);
        var composed = channel.Compose(destination,
            new ChannelMessage(MessagePurpose.Drill, shortId, now, [new MessageItem(0, shortId, told)]))[0];
        var (begun, freeAt) = await outbox.BeginAsync(lane, destination,
            [new Outgoing(MessagePurpose.Drill, shortId, composed, [], new PartOf(1, 1))], stopping);
        if (begun.Count == 0)
        {
            return Step.Sleep(freeAt);
        }

        var result = await SendAsync(look, composed);
        await FinishAsync(lane, destination, [new Ended(begun[0], result)], stopping);
        return Step.Repeat;
    }

    // What comes after the look, where that saw all, is found when the lane does not let go.
    private async Task<Step> SendAllAsync(Look look, IReadOnlyList<Outgoing> messages, bool isAll, CancellationToken stopping)
    {
        var (lane, destination) = (look.Lane, look.Destination);
        var (begun, freeAt) = await outbox.BeginAsync(lane, destination, messages, stopping);
        if (begun.Count == 0 && freeAt is { } free)
        {
            // Another channel of the same destination was quicker.
            await HoldForPacingAsync(look, free, stopping);
            return Step.Closed(free);
        }

        List<Ended> ended = [];
        var goOn = true;
        foreach (var message in begun)
        {
            var result = goOn && !stopping.IsCancellationRequested ? await SendAsync(look, message.Outgoing.Composed) : null;
            goOn &= result is { Failure: null or FailureKind.MessagePermanent or FailureKind.EarlierGone };
            ended.Add(new Ended(message, result));
        }

        await FinishAsync(lane, destination, ended, stopping);
        return isAll && ended.Count == messages.Count && ended.TrueForAll(end => end.Result is { Accepted: true })
            ? Step.Sleep(null) : Step.Repeat;
    }

    private async Task SendDigestAsync(Look look, IReadOnlyList<Outgoing> parts, CancellationToken stopping)
    {
        var (lane, channel, destination) = (look.Lane, look.Channel, look.Destination);
        foreach (var part in parts)
        {
            if (look.Open == SeverityRange.All && destination.Policy.QuietHours.EndAfter(time.GetUtcNow()) is not null)
            {
                return; // They have begun meanwhile: the rest waits for their end.
            }

            var (begun, freeAt) = await outbox.BeginAsync(lane, destination, [part], stopping);
            while (begun.Count == 0 && freeAt is { } free)
            {
                await HoldForPacingAsync(look, free, stopping);
                var wait = free - time.GetUtcNow();
                if (wait > LongestWait)
                {
                    return;
                }

                await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time, stopping);
                if (await channel.FindAsync(lane.ChannelId, stopping) != destination)
                {
                    return; // Edited meanwhile: plan again for what it is now.
                }

                (begun, freeAt) = await outbox.BeginAsync(lane, destination, [part], stopping);
            }

            var result = await SendAsync(look, part.Composed);
            await FinishAsync(lane, destination, [new Ended(begun[0], result)], stopping);
            if (result is not { Accepted: true })
            {
                return;
            }
        }
    }

    // Null where the lane may be another instance's by now: what it has taken over is not sent here, too.
    private async Task<SendResult?> SendAsync(Look look, ComposedMessage composed)
    {
        if (!look.Turn.Lease.IsSure && !await ConfirmAsync(look.Turn.Lease))
        {
            return null;
        }

        // What has begun is finished even when the program stops: a send takes at most its timeout.
        return await look.Turn.Slot.SendAsync(
            look.Destination, () => look.Channel.SendAsync(look.Destination, composed, CancellationToken.None));
    }

    private async Task<bool> ConfirmAsync(LaneLease lease)
    {
        try
        {
            return await lanes.ConfirmAsync(lease, CancellationToken.None);
        }
        catch (Exception e)
        {
            // The store is away, and so nobody knows whose the lane is. It goes back as it was.
            logger.LogWarning(e, "Confirming the lease of {Kind} channel {Channel} failed", lease.Lane.ChannelKind, lease.Lane.ChannelId);
            return false;
        }
    }

    // The vendor's answer is known, and worth keeping through an outage of the store: without it the message would be sent again. What is
    // no outage would last: then the verdict is kept alone, without what the vendor said beside it.
    private async Task FinishAsync(ChannelLane lane, Destination destination, IReadOnlyList<Ended> ended, CancellationToken stopping)
    {
        var since = time.GetTimestamp();
        var (isAgain, isBare) = (false, false);
        while (true)
        {
            try
            {
                if (isAgain)
                {
                    if (await outbox.RereadAsync(lane, ended, CancellationToken.None) is not { } reread)
                    {
                        return;
                    }

                    (lane, ended) = reread;
                }

                await outbox.FinishAsync(lane, destination, ended, CancellationToken.None);
                return;
            }
            catch (Exception e) when (e is not LeaseLostException && !stopping.IsCancellationRequested
                && time.GetElapsedTime(since) < LongestOutage && StoreErrors.IsPassing(e))
            {
                logger.LogWarning(e, "Recording what came of a message to {Kind} channel {Channel} failed. Trying again",
                    lane.ChannelKind, lane.ChannelId);
                isAgain = true;
                await Task.Delay(BetweenTries, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception e) when (e is not LeaseLostException && !isBare && !StoreErrors.IsPassing(e))
            {
                logger.LogError(e, "The store refuses what the vendor said to a message to {Kind} channel {Channel}. Only the verdict is kept",
                    lane.ChannelKind, lane.ChannelId);
                (isAgain, isBare) = (true, true);
                ended = [.. ended.Select(e => e with { Result = e.Result?.WithoutContent() })];
            }
            catch (Exception e) when (e is not LeaseLostException && !StoreErrors.IsPassing(e))
            {
                throw new VerdictLostException(e);
            }
        }
    }

    /// <summary>What was sent cannot be recorded, and that will not pass by itself.</summary>
    private sealed class VerdictLostException(Exception cause) : Exception("The verdict on a message cannot be stored.", cause);
}
