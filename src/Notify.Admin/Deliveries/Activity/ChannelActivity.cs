using Notify.Admin.Channels;
using Notify.Admin.Shared;

namespace Notify.Admin.Deliveries;

/// <summary>How sending to one channel has gone.</summary>
/// <param name="Steps">Of the range, oldest first.</param>
/// <param name="Hours">Of the last 24 hours, whatever the range.</param>
/// <param name="Latency">Null where nothing was sent in the range.</param>
/// <param name="Newest">The newest deliveries, of any time.</param>
/// <param name="Verdicts">What the vendor said last, newest first.</param>
/// <param name="Outages">Newest first.</param>
/// <param name="OutagesSince">How far back attempts were looked at; null where that is all that are on record.</param>
public sealed record ChannelActivity(
    ChartRange Range,
    IReadOnlyList<OutcomeStep> Steps,
    IReadOnlyList<HourOfSending> Hours,
    Latency? Latency,
    IReadOnlyList<DeliveryRow> Newest,
    IReadOnlyList<StoryAttempt> Verdicts,
    IReadOnlyList<Outage> Outages,
    DateTimeOffset? OutagesSince)
{
    /// <summary>Whether another one says nothing else.</summary>
    public bool IsSameAs(ChannelActivity other) => (Range, Latency, OutagesSince) == (other.Range, other.Latency, other.OutagesSince)
        && Steps.SequenceEqual(other.Steps) && Hours.SequenceEqual(other.Hours) && Newest.SequenceEqual(other.Newest)
        && Verdicts.SequenceEqual(other.Verdicts) && Outages.SequenceEqual(other.Outages);

    public Outcomes Outcomes { get; } = Steps.Aggregate(default(Outcomes), (sum, step) => sum + step.Outcomes);
}
