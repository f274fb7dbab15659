using System.Collections.ObjectModel;
using Notify.Admin.Channels;
using Notify.Admin.Deliveries;

namespace Notify.Admin.Events;

/// <summary>An event that is not in the store yet, with the channels that hear it.</summary>
internal readonly record struct NewEvent(IncomingEvent Row, IReadOnlyList<ChannelMatch> Matches)
{
    /// <summary>How deliveries of a severity to a channel begin: null where they wait.</summary>
    public IReadOnlyDictionary<(ChannelKey Channel, Severity Severity), Hold?> Held { get; init; } =
        ReadOnlyDictionary<(ChannelKey Channel, Severity Severity), Hold?>.Empty;

    /// <summary>The deliveries as they begin.</summary>
    /// <param name="rowId">The event's id in the store.</param>
    public IEnumerable<Delivery> Deliveries(long rowId, DateTimeOffset now)
    {
        foreach (var match in Matches)
        {
            var isInhibited = Row.InhibitedBy is not null;
            var hold = isInhibited ? null : Held.GetValueOrDefault((match.Channel, Row.Severity));
            yield return new Delivery
            {
                EventRowId = rowId,
                ChannelKind = match.Channel.Kind,
                ChannelId = match.Channel.Id,
                State = isInhibited ? DeliveryState.Skipped : hold is null ? DeliveryState.Waiting : DeliveryState.Held,
                Code = isInhibited ? OutcomeCodes.Inhibited : null,
                HoldReason = hold?.Reason ?? HoldReason.None,
                HeldSince = hold is null ? null : now,
                MatchReason = match.Reason,
                DueAt = hold?.Until ?? now,
                Severity = Row.Severity,
                CreatedAt = now,
                ChangedAt = now,
            };
        }
    }
}
