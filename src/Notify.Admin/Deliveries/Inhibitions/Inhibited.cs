namespace Notify.Admin.Deliveries;

/// <summary>An event that is held back, or that holds others back.</summary>
/// <param name="Inhibition">Its name.</param>
/// <param name="By">CloudEvents <c>id</c> of the problem's last event; null where the event is the problem.</param>
public sealed record Inhibited(string Inhibition, string? By);

/// <summary>What intake decides about an event.</summary>
/// <param name="Inhibited">Null where it is not held back, and holds nothing back.</param>
/// <param name="HeldBack">How many events the problem that it ends has held back.</param>
public readonly record struct InhibitionVerdict(Inhibited? Inhibited, int HeldBack);

/// <summary>A delivery that waits while a problem has opened which holds its event back.</summary>
/// <param name="ProblemRowId">Of the <see cref="OpenProblem"/>.</param>
internal sealed record LateDependant(Delivery Delivery, Inhibited By, long ProblemRowId)
{
    /// <summary>Those of which nobody was told yet. Not what a vendor may have already, what somebody asks to be sent again, a message of
    /// several that was begun, which is sent whole or not at all; and not a problem that holds others back itself: its message says so,
    /// and two that hold each other back would both be silent.</summary>
    public static IEnumerable<Candidate> Waiting(IReadOnlyList<Candidate> candidates)
    {
        var together = candidates.Where(c => c.Delivery.MessageId is not null).CountBy(c => c.Delivery.MessageId!.Value)
            .Where(message => message.Value > 1).Select(message => message.Key).ToHashSet();
        return candidates.Where(c => c is { Event.HoldsBack: null, Delivery: { RequestedBy: null, MayBeDuplicate: false } delivery }
            && !(delivery.MessageId is { } message && together.Contains(message)));
    }
}
