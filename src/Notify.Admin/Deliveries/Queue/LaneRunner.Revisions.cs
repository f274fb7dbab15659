using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>Has messages say who has acknowledged or muted what they tell of.</summary>
internal sealed partial class LaneRunner
{
    // A change calls nobody, so neither quiet hours nor a snooze nor the interval hold it; it is paced like every message.
    private async Task<Step?> RevisionsAsync(Look look, CancellationToken stopping)
    {
        var (lane, destination, now) = (look.Lane, look.Destination, time.GetUtcNow());
        var isUnwell = lane.BackoffUntil > now
            || (lane.Condition == ChannelCondition.NeedsAttention && destination.Revision == lane.AttentionRevision);
        if (!lane.HasRevisions || isUnwell)
        {
            return null;
        }

        if (slots.IsBusy(destination))
        {
            return Step.Sleep(now + BetweenTries);
        }

        if (await outbox.FindRevisionAsync(lane, stopping) is not { } revision)
        {
            await outbox.EndRevisionsAsync(lane, stopping);
            return Step.Repeat;
        }

        if (Compose(look, revision, now) is not { } message)
        {
            await outbox.SettleRevisionAsync(lane, revision, stopping);
            return Step.Repeat;
        }

        var (begun, freeAt) = await outbox.BeginAsync(lane, destination, [message], stopping);
        if (begun.Count == 0)
        {
            return Step.Sleep(freeAt);
        }

        var result = await SendAsync(look, message.Composed);
        await FinishAsync(lane, destination, [new Ended(begun[0], result)], stopping);
        return Step.Repeat;
    }

    // Null where the channel changes no message, or the message is not its own any more.
    private static Outgoing? Compose(Look look, Revision revision, DateTimeOffset now)
    {
        if (revision is not { Told: { } told, Message: { } sent })
        {
            return null;
        }

        var item = told.ToItem();
        var composed = look.Channel.Compose(look.Destination, new ChannelMessage(MessagePurpose.Event, item.ShortId, now, [item])
        {
            Earlier = revision.IsFollowUp ? sent : null,
            Revised = sent,
            Acknowledged = revision.Acknowledged,
            Muted = MutePlan.Tell(revision.Mute is { } mute ? [mute] : [], item.Event, revision.MessageId, now),
        });
        return composed is [{ FollowUp: FollowUp.Update } changed]
            ? new Outgoing(MessagePurpose.Revision, ShortIds.New(MessagePurpose.Revision), changed, [], new PartOf(1, 1))
            {
                Revises = revision,
            }
            : null;
    }
}
