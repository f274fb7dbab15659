using Notify.Admin.Channels;
using Notify.Admin.Deliveries;

namespace Notify.Admin.Events;

/// <summary>An event that is not in the store yet, with the channels that hear it.</summary>
internal readonly record struct NewEvent(IncomingEvent Row, IReadOnlyList<ChannelMatch> Matches)
{
    /// <summary>The deliveries as they begin.</summary>
    /// <param name="rowId">The event's id in the store.</param>
    public IEnumerable<Delivery> Deliveries(long rowId, DateTimeOffset now)
    {
        foreach (var match in Matches)
        {
            yield return new Delivery
            {
                EventRowId = rowId,
                ChannelKind = match.Channel.Kind,
                ChannelId = match.Channel.Id,
                State = DeliveryState.Waiting,
                MatchReason = match.Reason,
                DueAt = now,
                Severity = Row.Severity,
                CreatedAt = now,
                ChangedAt = now,
            };
        }
    }
}
