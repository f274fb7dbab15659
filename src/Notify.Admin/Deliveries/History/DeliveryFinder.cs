using System.Globalization;
using Notify.Admin.Finding;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Deliveries;

/// <summary>Finds a delivery by the short id that its message shows.</summary>
internal sealed class DeliveryFinder(DeliveryService deliveries) : IFinder
{
    public async Task<IReadOnlyList<Found>> FindAsync(FindText text, int most, Actor actor, CancellationToken cancellationToken) =>
        text.AsksForTest || ShortIds.ToDelivery(text.Typed) is not { } id ? []
            : [.. (await deliveries.RefreshAsync([id], actor, cancellationToken)).Select(row =>
                new Found(FoundKind.Delivery, row.ShortId, row.Event.HeadlineIn(CultureInfo.CurrentUICulture), IconName.Send,
                    $"deliveries?open={row.ShortId}"))];
}
