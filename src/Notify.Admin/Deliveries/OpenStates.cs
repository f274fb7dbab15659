using System.Linq.Expressions;

namespace Notify.Admin.Deliveries;

/// <summary>Which states are open, for queries.</summary>
internal static class OpenStates
{
    /// <summary>Values below this are open.</summary>
    public const DeliveryState FirstFinal = DeliveryState.Sent;

    public static readonly Expression<Func<Delivery, bool>> IsOpen = d => d.State < FirstFinal;

    public static IQueryable<Delivery> OpenIn(this IQueryable<Delivery> deliveries, ChannelLane lane) =>
        deliveries.Where(d => d.ChannelKind == lane.ChannelKind && d.ChannelId == lane.ChannelId).Where(IsOpen);
}
