using Notify.Admin.Channels;

namespace Notify.Admin.ChannelPages;

/// <summary>What a channel has of the settings that can be set for many at once.</summary>
public sealed record ChannelDelivery(int IntervalMinutes, DeliveryPolicy Policy);

/// <summary>Delivery settings that many channels get; what is null stays as each has it.</summary>
public sealed record DeliveryChange
{
    public int? IntervalMinutes { get; init; }

    public QuietHours? QuietHours { get; init; }

    public Deduplication? Deduplication { get; init; }

    public Fallback? Fallback { get; init; }

    public bool IsEmpty => this == new DeliveryChange();

    /// <summary>What a channel has of these settings, as the change that puts it back.</summary>
    public DeliveryChange Read(ChannelDelivery from) => new()
    {
        IntervalMinutes = IntervalMinutes is null ? null : from.IntervalMinutes,
        QuietHours = QuietHours is null ? null : from.Policy.QuietHours,
        Deduplication = Deduplication is null ? null : from.Policy.Deduplication,
        Fallback = Fallback is null ? null : from.Policy.Fallback,
    };

    /// <param name="own">Whose it becomes; null while that is open.</param>
    public IEnumerable<PolicyRefusal> Check(ChannelKey? own)
    {
        // What a channel has already is its own affair: only what is set is checked.
        var refusals = DeliveryPolicyCheck.Of(Over(DeliveryPolicy.Off), own);
        const int most = ChannelPages.IntervalMinutes.Most;
        return IntervalMinutes is < 0 or > most
            ? refusals.Prepend(new PolicyRefusal(nameof(IntervalMinutes), "Interval.Wrong", most)) : refusals;
    }

    /// <summary>What would come of it for one channel.</summary>
    public DeliveryVerdict Apply(ChannelKey own, ChannelDelivery current)
    {
        if (Check(own).FirstOrDefault() is { } refusal)
        {
            return new DeliveryVerdict(DeliveryOutcome.Refused) { Refusal = refusal };
        }

        var after = new ChannelDelivery(IntervalMinutes ?? current.IntervalMinutes, Over(current.Policy));
        return after == current ? new DeliveryVerdict(DeliveryOutcome.WasSo)
            : new DeliveryVerdict(DeliveryOutcome.Done) { After = after, Before = Read(current) };
    }

    private DeliveryPolicy Over(DeliveryPolicy policy) => policy with
    {
        QuietHours = QuietHours ?? policy.QuietHours,
        Deduplication = Deduplication ?? policy.Deduplication,
        Fallback = Fallback ?? policy.Fallback,
    };
}

/// <summary>What came of one channel's part in a <see cref="DeliveryChange"/>.</summary>
public enum DeliveryOutcome
{
    Done,
    WasSo,
    Refused,
    Gone,
}

/// <inheritdoc cref="DeliveryOutcome"/>
public sealed record DeliveryVerdict(DeliveryOutcome Outcome)
{
    /// <summary>What the channel has then; null where nothing changes.</summary>
    public ChannelDelivery? After { get; init; }

    /// <summary>Puts back what it had; null where nothing changes.</summary>
    public DeliveryChange? Before { get; init; }

    public PolicyRefusal? Refusal { get; init; }
}
