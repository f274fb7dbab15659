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

    // The open event shows its deliveries' states and what the rules say now.
    protected override IReadOnlyList<string> OpenRowAreas => [ChangeAreas.Deliveries, ChangeAreas.Channels];

    // Events never change, so only new ones are looked for.
    protected override bool RowsChange => false;

    protected internal override long IdOf(EventRow row) => row.Event.RowId;

    protected override Task<HistoryList<EventRow>> ListAsync(EventAddress address, CancellationToken cancellationToken) =>
        Events.ListAsync(address.ToFilter(Now), address.Cursor, PageSize, Actor!, cancellationToken);

    protected override async Task ReadBesideAsync(CancellationToken cancellationToken) =>
        _sources = await Events.ListSourcesAsync(Actor!, cancellationToken);

    protected override Task<int> CountNewAsync(EventAddress address, long above, CancellationToken cancellationToken) =>
        Events.CountNewAsync(address.ToFilter(Now), above, Actor!, cancellationToken);
}
