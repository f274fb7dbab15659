using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Security;

namespace Notify.Admin.Deliveries;

/// <summary>Every delivery, live.</summary>
public sealed partial class DeliveriesPage
{
    // More channels than this are tried, and only counted.
    private const int MostTried = 5;

    private readonly HashSet<long> _selected = [];
    private readonly Dictionary<ChannelKey, ChannelTryOutcome> _tried = [];
    private ChannelNames _names = ChannelNames.None;
    private SendAgainTarget? _again;
    private SendAgainResult? _result;
    private DateTimeOffset _resultAt;
    private bool _legend;

    [Inject]
    private DeliveryService Deliveries { get; set; } = null!;

    [Inject]
    private IStringLocalizer<DeliveriesText> T { get; set; } = null!;

    protected internal override IStringLocalizer Words => T;

    protected override string Area => ChangeAreas.Deliveries;

    private bool MayOperate => Actor?.May(Policies.Operate) == true;

    private IEnumerable<DeliveryRow> Selection => List?.Rows.Where(row => _selected.Contains(row.Id)) ?? [];

    // What is still on its way is not sent again.
    private bool MaySendFiltered => Address.ActiveCount > 0 && List is { } list && (list.Rows.Any(row => row.State.IsFinal())
        || (list.Cursors.Older is not null && (Address.StateList.Count == 0 || Address.StateList.Any(DeliveryStates.IsFinal))));

    private bool MayTryFiltered => Address.ActiveCount > 0 && List?.Rows.Any(IsHeldByChannel) == true;

    private DeliveryFilter Filter => Address.ToFilter(Now);

    protected internal override long IdOf(DeliveryRow row) => row.Id;

    protected override Task<HistoryList<DeliveryRow>> ListAsync(DeliveryAddress address, CancellationToken cancellationToken) =>
        Deliveries.ListAsync(address.ToFilter(Now), address.Cursor, PageSize, Actor!, cancellationToken);

    protected override async Task ReadBesideAsync(CancellationToken cancellationToken) =>
        _names = await Deliveries.ChannelNamesAsync(Actor!, cancellationToken);

    protected override Task<IReadOnlyList<DeliveryRow>> ReadAgainAsync(
        IReadOnlyList<DeliveryRow> rows, CancellationToken cancellationToken) =>
        Deliveries.RefreshAsync([.. rows.Select(row => row.Id)], Actor!, cancellationToken);

    protected override Task<int> CountNewAsync(DeliveryAddress address, long above, CancellationToken cancellationToken) =>
        Deliveries.CountNewAsync(address.ToFilter(Now), above, Actor!, cancellationToken);

    protected override void OnMoved() => _selected.Clear();

    // What is not on screen any more is not acted on.
    protected override void OnShown() => _selected.IntersectWith(List!.Rows.Select(row => row.Id));

    protected override string WriteId(long id) => ShortIds.OfDelivery(id);

    protected override long? ReadId(string text) => ShortIds.ToDelivery(text);

    private void Turn(IReadOnlyList<long> ids)
    {
        foreach (var id in ids)
        {
            if (!_selected.Remove(id))
            {
                _selected.Add(id);
            }
        }
    }

    private static bool IsHeldByChannel(DeliveryRow row) =>
        row is { State: DeliveryState.Held, HoldReason: HoldReason.NeedsAttention };

    private async Task TryChannelsAsync(SendAgainTarget target)
    {
        _tried.Clear();
        var tries = await Deliveries.TryChannelsAgainAsync(target, Actor!, CancellationToken.None);
        _selected.Clear();
        foreach (var (tried, outcome) in tries.Zip(await Deliveries.AwaitTriesAsync(tries, CancellationToken.None)))
        {
            _tried[tried.Channel] = outcome;
        }
    }

    private void ShowResult(SendAgainResult result)
    {
        (_result, _resultAt, _again) = (result, Now, null);
        _selected.Clear();
    }
}
