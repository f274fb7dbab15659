using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>Decides whether a message follows an earlier one about the same problem; README.md has the table.</summary>
internal static class FollowUpRules
{
    /// <summary>An older message is followed no more: nobody would see it far up in the channel.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <param name="told">What the channel was told of the problem; null for nothing, or for nothing that can be followed.</param>
    public static Following Decide(FollowUp wanted, Candidate candidate, ToldProblem? told, DateTimeOffset now)
    {
        if (ProblemOf(wanted, candidate) is not { } problem)
        {
            return Following.Nothing;
        }

        if (told is null || now - told.AcceptedAt > Longest)
        {
            return Following.First(problem);
        }

        // Held while something newer went out: it would set the message back.
        if (candidate.Delivery.Id < told.Newest.DeliveryId)
        {
            return Following.Nothing;
        }

        return BeginsAnew(wanted, candidate.Event, told.Newest) ? Following.First(problem) : new Following(problem, told);
    }

    /// <summary>The problem by which a candidate may follow or be followed; null for one that is a message of its own, also where somebody
    /// asked for it to be sent again: they want to see it arrive.</summary>
    public static string? ProblemOf(FollowUp wanted, Candidate candidate) =>
        wanted == FollowUp.NewMessage || candidate.Delivery.RequestedBy is not null ? null : EventProblem.KeyOf(candidate.Event);

    // Vendors notify nobody of a change: what is worse than was told, or comes back, has to be seen.
    private static bool BeginsAnew(FollowUp wanted, EventRecord next, ToldEvent last)
    {
        var state = EventProblem.StateOf(next);
        var reopens = state == EventState.Open && last.State == EventState.Resolved;
        var worsens = wanted == FollowUp.Update && state != EventState.Resolved
            && last.Severity != Severity.NotStated && next.Severity > last.Severity;
        return reopens || worsens;
    }
}
