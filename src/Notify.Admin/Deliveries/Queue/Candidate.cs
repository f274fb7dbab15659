using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>An open delivery with its event, as a worker plans with it.</summary>
internal sealed record Candidate(Delivery Delivery, EventRecord Event)
{
    public MessageItem ToItem() => new(Delivery.Id, ShortIds.OfDelivery(Delivery.Id), Event);
}
