using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>Turns open deliveries into messages: one each while the budget lasts, otherwise a digest.</summary>
internal static class DeliveryPlan
{
    /// <summary>What goes next: a message that failed, with the events it had; or events of a refused one, no more than may go together,
    /// unless something more severe waits; else everything.</summary>
    /// <param name="candidates">Most severe first.</param>
    public static IReadOnlyList<Candidate> Foremost(IReadOnlyList<Candidate> candidates)
    {
        if (candidates.FirstOrDefault(IsRepeat) is { } repeat)
        {
            return [.. candidates.Where(c => IsRepeat(c) && c.Delivery.MessageId == repeat.Delivery.MessageId)];
        }

        if (candidates.FirstOrDefault(IsRefused) is not { } refused)
        {
            return candidates;
        }

        IReadOnlyList<Candidate> graver = [.. candidates.TakeWhile(c => c.Delivery.Severity > refused.Delivery.Severity)];
        return graver.Count > 0 ? graver
            : [.. candidates.Where(c => IsRefused(c) && c.Delivery.MessageId == refused.Delivery.MessageId)
                .Take(refused.Delivery.MostTogether!.Value)];
    }

    /// <summary>Several wait and cannot each have a message: the interval lets one through, or they are more than the budget, or they were
    /// held.</summary>
    /// <param name="candidates">The <see cref="Foremost"/>.</param>
    public static bool IsDigest(IReadOnlyList<Candidate> candidates, Destination destination, int free) =>
        candidates.Count > 1
        && !IsRepeat(candidates[0]) && !IsRefused(candidates[0])
        && (destination.Interval > TimeSpan.Zero
            || candidates.Count > free
            || candidates.Count(c => c.Delivery is { State: DeliveryState.Held, HoldReason: not HoldReason.NeedsAttention }) > 1);

    /// <summary>What goes into the next messages of their own, up to <paramref name="most"/>. Of one problem the oldest comes first,
    /// however severe it is, and the next only when that one's outcome is known: it may follow it.</summary>
    /// <param name="candidates">The <see cref="Foremost"/>.</param>
    public static IReadOnlyList<Candidate> Next(IReadOnlyList<Candidate> candidates, FollowUp wanted, int most)
    {
        if (IsRepeat(candidates[0]) || IsRefused(candidates[0]))
        {
            return candidates;
        }

        if (wanted == FollowUp.NewMessage)
        {
            return [.. candidates.Take(most)];
        }

        var keyed = candidates.Select(c => (Candidate: c, Problem: FollowUpRules.ProblemOf(wanted, c))).ToList();
        var oldest = keyed.Where(k => k.Problem is not null).GroupBy(k => k.Problem!)
            .ToDictionary(same => same.Key, same => same.MinBy(k => k.Candidate.Delivery.Id).Candidate);
        return [.. keyed.Select(k => k.Problem is null ? k.Candidate : oldest[k.Problem])
            .DistinctBy(candidate => candidate.Delivery.Id).Take(most)];
    }

    /// <summary>One message each; a message to be repeated, or a part of a refused one, comes alone.</summary>
    /// <param name="next">What is <see cref="Next"/>.</param>
    /// <param name="told">What the channel was told of their problems.</param>
    /// <param name="mutes">Those of the channel.</param>
    public static IReadOnlyList<Outgoing> Single(IChannel channel, Destination destination, IReadOnlyList<Candidate> next,
        IReadOnlyDictionary<string, ToldProblem> told, IReadOnlyList<ProblemMute> mutes, DateTimeOffset now)
    {
        if (IsRepeat(next[0]) || IsRefused(next[0]))
        {
            return [Again(channel, destination, next, told, mutes, now)];
        }

        return [.. next.Select(candidate =>
        {
            var item = candidate.ToItem();
            var following = Follow(destination, candidate, told, now);
            var composed = channel.Compose(destination, new ChannelMessage(MessagePurpose.Event, item.ShortId, now, [item])
            {
                Earlier = following.Told?.Message,
                Muted = MutePlan.Tell(mutes, candidate.Event, following.Told?.FirstId, now),
            })[0];
            return new Outgoing(MessagePurpose.Event, item.ShortId, composed, [candidate.Delivery], new PartOf(1, 1))
            {
                Following = following,
            };
        })];
    }

    /// <summary>All of them, most severe first, in as many messages as it takes.</summary>
    public static IReadOnlyList<Outgoing> Digest(IChannel channel, Destination destination, IReadOnlyList<Candidate> candidates,
        DateTimeOffset now)
    {
        var shortId = ShortIds.New(MessagePurpose.Digest);
        var byId = candidates.ToDictionary(c => c.Delivery.Id);
        var parts = channel.Compose(destination,
            new ChannelMessage(MessagePurpose.Digest, shortId, now, [.. candidates.Select(c => c.ToItem())]));
        return [.. parts.Select((part, index) => new Outgoing(
            MessagePurpose.Digest, shortId, part, [.. part.DeliveryIds.Select(id => byId[id].Delivery)], new PartOf(index + 1, parts.Count))
        {
            Together = Together(destination, part.DeliveryIds.Select(id => byId[id])),
        })];
    }

    private static bool IsRepeat(Candidate candidate) =>
        candidate.Delivery is { State: DeliveryState.Retrying, MessageId: not null, MostTogether: null };

    private static bool IsRefused(Candidate candidate) => candidate.Delivery is { MessageId: not null, MostTogether: not null };

    // Events of an earlier message to the channel as it is now; what does not fit into one message comes after it. Repeated it is the same
    // message; in parts each is another.
    private static Outgoing Again(IChannel channel, Destination destination, IReadOnlyList<Candidate> members,
        IReadOnlyDictionary<string, ToldProblem> told, IReadOnlyList<ProblemMute> mutes, DateTimeOffset now)
    {
        var messageId = members[0].Delivery.MessageId!.Value;
        var refused = members[0].Delivery.MostTogether is { } most ? new RefusedMessage(messageId, most) : null;
        var items = members.Select(m => m.ToItem()).ToList();
        var purpose = items.Count == 1 ? MessagePurpose.Event : MessagePurpose.Digest;
        var shortId = items.Count == 1 ? items[0].ShortId : ShortIds.New(purpose);
        var following = items.Count == 1 ? Follow(destination, members[0], told, now) : Following.Nothing;
        var composed = channel.Compose(destination, new ChannelMessage(purpose, shortId, now, items)
        {
            Earlier = following.Told?.Message,
            Muted = items.Count == 1 ? MutePlan.Tell(mutes, items[0].Event, following.Told?.FirstId, now) : null,
        })[0];
        var carried = composed.DeliveryIds.ToHashSet();
        return new Outgoing(purpose, shortId, composed, [.. members.Select(m => m.Delivery).Where(d => carried.Contains(d.Id))],
            new PartOf(1, 1), refused is null ? messageId : null, refused)
        {
            Following = following,
            Together = items.Count == 1 ? [] : Together(destination, members.Where(m => carried.Contains(m.Delivery.Id))),
        };
    }

    private static IReadOnlyList<string> Together(Destination destination, IEnumerable<Candidate> members) =>
        [.. members.Select(member => FollowUpRules.ProblemOf(destination.FollowUp, member)).OfType<string>().Distinct()];

    private static Following Follow(
        Destination destination, Candidate candidate, IReadOnlyDictionary<string, ToldProblem> told, DateTimeOffset now) =>
        FollowUpRules.Decide(destination.FollowUp, candidate,
            FollowUpRules.ProblemOf(destination.FollowUp, candidate) is { } problem ? told.GetValueOrDefault(problem) : null, now);
}
