using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.LivePages;

namespace Notify.Admin.Events;

/// <summary>Every event, live.</summary>
public sealed partial class EventsPage
{
    private IReadOnlyList<EventSourceName> _sources = [];

    [Inject]
    private EventService Events { get; set; } = null!;

    [Inject]
    private IStringLocalizer<EventsText> T { get; set; } = null!;

    protected internal override IStringLocalizer Words => T;

    protected override string Area => ChangeAreas.Events;

    // Somebody takes an event on; a lane that comes to it late holds it back.
    protected override IReadOnlyList<string> RowAreas => [ChangeAreas.Acknowledgements, ChangeAreas.Deliveries];

    // The open event shows what the rules say now, and the name of its source.
    protected override IReadOnlyList<string> OpenRowAreas => [ChangeAreas.Channels, ChangeAreas.Sources];

    protected internal override long IdOf(EventRow row) => row.Event.RowId;

    protected override Task<HistoryList<EventRow>> ListAsync(EventAddress address, CancellationToken cancellationToken) =>
        Events.ListAsync(address.ToFilter(Now), address.Cursor, PageSize, Actor!, cancellationToken);

    protected override Task<IReadOnlyList<EventRow>> ReadAgainAsync(IReadOnlyList<EventRow> rows, CancellationToken cancellationToken) =>
        Events.RefreshAsync([.. rows.Select(row => row.Event.RowId)], Actor!, cancellationToken);

    protected override async Task ReadBesideAsync(CancellationToken cancellationToken) =>
        _sources = await Events.ListSourcesAsync(Actor!, cancellationToken);

    protected override Task<int> CountNewAsync(EventAddress address, long above, CancellationToken cancellationToken) =>
        Events.CountNewAsync(address.ToFilter(Now), above, Actor!, cancellationToken);
}
