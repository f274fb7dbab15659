using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>What the mutes of a channel make of what waits: which deliveries end unsent, and which mutes end.</summary>
/// <param name="Skipped">By mute.</param>
/// <param name="Ended">When each of these ended: what came later is told again.</param>
internal sealed record MutePlan(ILookup<int, Delivery> Skipped, IReadOnlyDictionary<int, DateTimeOffset> Ended)
{
    public bool IsNothing => Skipped.Count == 0 && Ended.Count == 0;

    public static MutePlan Of(IReadOnlyList<ProblemMute> mutes, IReadOnlyList<Candidate> candidates)
    {
        if (mutes.Count == 0)
        {
            return new MutePlan(Array.Empty<(int, Delivery)>().ToLookup(s => s.Item1, s => s.Item2), new Dictionary<int, DateTimeOffset>());
        }

        var byProblem = mutes.ToDictionary(mute => mute.Problem, StringComparer.Ordinal);
        var about = candidates
            .Select(candidate => (Candidate: candidate, Mute: EventProblem.KeyOf(candidate.Event) is { } problem
                ? byProblem.GetValueOrDefault(problem) : null))
            .Where(found => found.Mute is not null).Select(found => (found.Candidate, Mute: found.Mute!)).ToList();
        var ended = about.Where(found => found.Mute.EndsWith(found.Candidate)).GroupBy(found => found.Mute.Id)
            .ToDictionary(same => same.Key, same => same.Min(found => found.Candidate.Delivery.CreatedAt));
        return new MutePlan(
            about.Where(found => found.Mute.Covers(found.Candidate)
                    && (!ended.TryGetValue(found.Mute.Id, out var end) || found.Candidate.Delivery.CreatedAt <= end))
                .ToLookup(found => found.Mute.Id, found => found.Candidate.Delivery),
            ended);
    }

    /// <summary>The mute that would keep an event back which came now; null where none would.</summary>
    public static ProblemMute? Find(IReadOnlyList<ProblemMute> mutes, EventRecord record, DateTimeOffset now) =>
        mutes.Count > 0 && EventProblem.KeyOf(record) is { } problem
            ? mutes.FirstOrDefault(mute => mute.Problem == problem && mute.Covers(record, now)) : null;

    /// <summary>What a message says of the mute of its problem: that it runs, or where it changes or answers the message that said so, that
    /// it is over; null where there is nothing to say.</summary>
    /// <param name="followed">The row of the first message, where this one follows it.</param>
    public static Muted? Tell(IReadOnlyList<ProblemMute> mutes, EventRecord record, long? followed, DateTimeOffset now) =>
        mutes.Count > 0 && EventProblem.KeyOf(record) is { } problem
        && mutes.FirstOrDefault(mute => mute.Problem == problem) is { } mute && (mute.EndsAt > now || mute.MessageId == followed)
            ? mute.Tell(now) : null;
}
