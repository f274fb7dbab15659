using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>Turns open deliveries into messages: one each while the budget lasts, otherwise a digest.</summary>
internal static class DeliveryPlan
{
    /// <summary>Several wait and cannot each have a message: the interval lets one through, or they are more than the budget, or they were
    /// held. Repeats of a message go first and as they were.</summary>
    public static bool IsDigest(IReadOnlyList<Candidate> candidates, Destination destination, int free) =>
        candidates.Count > 1
        && !candidates.Any(IsRepeat)
        && (destination.Interval > TimeSpan.Zero
            || candidates.Count > free
            || candidates.Count(c => c.Delivery is { State: DeliveryState.Held, HoldReason: HoldReason.Pacing or HoldReason.Interval
                or HoldReason.QuietHours }) > 1);

    /// <summary>Up to <paramref name="most"/> messages; a message to be repeated comes alone and first.</summary>
    public static IReadOnlyList<Outgoing> Single(IChannel channel, Destination destination, IReadOnlyList<Candidate> candidates, int most,
        DateTimeOffset now)
    {
        if (candidates.FirstOrDefault(IsRepeat)?.Delivery.MessageId is { } messageId)
        {
            return [Repeat(channel, destination, [.. candidates.Where(c => IsRepeat(c) && c.Delivery.MessageId == messageId)], messageId,
                now)];
        }

        return [.. candidates.Take(most).Select(candidate =>
        {
            var item = candidate.ToItem();
            var composed = channel.Compose(destination, new ChannelMessage(MessagePurpose.Event, item.ShortId, now, [item]))[0];
            return new Outgoing(MessagePurpose.Event, item.ShortId, composed, [candidate.Delivery], new PartOf(1, 1));
        })];
    }

    /// <summary>All of them, most severe first, in as many messages as it takes.</summary>
    public static IReadOnlyList<Outgoing> Digest(IChannel channel, Destination destination, IReadOnlyList<Candidate> candidates,
        DateTimeOffset now)
    {
        var shortId = ShortIds.New(MessagePurpose.Digest);
        var byId = candidates.ToDictionary(c => c.Delivery.Id, c => c.Delivery);
        var parts = channel.Compose(destination,
            new ChannelMessage(MessagePurpose.Digest, shortId, now, [.. candidates.Select(c => c.ToItem())]));
        return [.. parts.Select((part, index) => new Outgoing(
            MessagePurpose.Digest, shortId, part, [.. part.DeliveryIds.Select(id => byId[id])], new PartOf(index + 1, parts.Count)))];
    }

    private static bool IsRepeat(Candidate candidate) => candidate.Delivery is { State: DeliveryState.Retrying, MessageId: not null };

    // The same events to the channel as it is now; only what fits into one message repeats the old one.
    private static Outgoing Repeat(IChannel channel, Destination destination, IReadOnlyList<Candidate> members, long messageId,
        DateTimeOffset now)
    {
        var items = members.Select(m => m.ToItem()).ToList();
        var purpose = items.Count == 1 ? MessagePurpose.Event : MessagePurpose.Digest;
        var shortId = items.Count == 1 ? items[0].ShortId : ShortIds.New(purpose);
        var composed = channel.Compose(destination, new ChannelMessage(purpose, shortId, now, items))[0];
        var carried = composed.DeliveryIds.ToHashSet();
        return new Outgoing(purpose, shortId, composed, [.. members.Select(m => m.Delivery).Where(d => carried.Contains(d.Id))],
            new PartOf(1, 1), messageId);
    }
}
