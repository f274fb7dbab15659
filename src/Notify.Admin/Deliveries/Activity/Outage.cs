using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>A time in which nothing arrived at a channel.</summary>
/// <param name="From">When the first attempt failed.</param>
/// <param name="To">When one was accepted again; null while it lasts.</param>
/// <param name="Attempts">How many failed.</param>
/// <param name="Code">Of the last of them.</param>
/// <param name="NeededAttention">Somebody had to act; otherwise it passed by itself.</param>
public sealed record Outage(DateTimeOffset From, DateTimeOffset? To, int Attempts, string? Code, bool NeededAttention)
{
    // A shorter interruption is only a retry.
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>The outages that attempts tell of, newest first.</summary>
    /// <param name="attempts">Oldest first; without tests, which say nothing about deliveries.</param>
    /// <param name="failureOf">What a code means for the channel. A message that is refused for its content is no outage.</param>
    /// <param name="failingSince">Since when the channel fails; null while it is well, and what has not ended is over all the same:
    /// somebody has mended it and nothing was sent since.</param>
    internal static IReadOnlyList<Outage> Of(
        IEnumerable<AttemptBrief> attempts, Func<string, FailureKind> failureOf, DateTimeOffset? failingSince)
    {
        List<Outage> outages = [];
        Outage? current = null;
        DateTimeOffset last = default;
        foreach (var attempt in attempts)
        {
            if (attempt.Outcome == AttemptOutcome.Accepted)
            {
                Close(attempt.StartedAt);
            }
            else if (attempt is { Outcome: AttemptOutcome.Failed or AttemptOutcome.Unknown, Code: { } code }
                && failureOf(code) is var failure && failure is not (FailureKind.MessagePermanent or FailureKind.EarlierGone))
            {
                var outage = current ?? new Outage(attempt.StartedAt, null, 0, null, false);
                current = outage with
                {
                    Attempts = outage.Attempts + 1,
                    Code = code,
                    NeededAttention = outage.NeededAttention || failure == FailureKind.ChannelPermanent,
                };
                last = attempt.StartedAt;
            }
        }

        if (current is not null && failingSince is not null)
        {
            outages.Add(current);
        }
        else
        {
            Close(last);
        }

        outages.Reverse();
        return outages;

        void Close(DateTimeOffset at)
        {
            if (current is { } ended && (ended.NeededAttention || at - ended.From >= Shortest))
            {
                outages.Add(ended with { To = at });
            }

            current = null;
        }
    }
}

/// <summary>One attempt, as far as outages go.</summary>
internal sealed record AttemptBrief(DateTimeOffset StartedAt, AttemptOutcome Outcome, string? Code);
