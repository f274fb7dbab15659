using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.Events;
using Notify.Admin.Shared;

namespace Notify.Admin.WhereTo;

/// <summary>Asks where an event would go; what is answered follows the rules as they change.</summary>
public sealed partial class WhereToPage
{
    private const string PastTab = "past";

    private readonly string _titleId = ElementIds.Next("event");
    private readonly TypedEventInput _typed = new();
    private string _tab = PastTab;
    private WhereToQuery _query = WhereToQuery.Parse(null, null, null);
    private IReadOnlyList<EventSourceName> _sources = [];
    private IReadOnlyList<TypedProblem> _problems = [];
    private AskedEvent? _asked;
    private WhereToAnswer? _answer;
    private long? _read;
    private bool _isGone;

    [Inject]
    private WhereToService WhereTo { get; set; } = null!;

    [Inject]
    private EventService Events { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IStringLocalizer<WhereToText> T { get; set; } = null!;

    /// <summary>The row of a stored event.</summary>
    [SupplyParameterFromQuery(Name = "event")]
    private string? EventInAddress { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    private string? SearchInAddress { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? SentInAddress { get; set; }

    [SupplyParameterFromQuery(Name = "missed")]
    private string? MissedInAddress { get; set; }

    protected override IReadOnlyList<string> Areas => [ChangeAreas.Channels, ChangeAreas.Sources];

    private long? Stored => long.TryParse(EventInAddress, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private IReadOnlyList<TabItem> Tabs => [new(PastTab, T["Tab.Past"]), new("typed", T["Tab.Typed"])];

    protected override async Task OnParametersSetAsync()
    {
        // Before it is known who looks nothing is read yet.
        if (Actor is not null)
        {
            await LoadAsync();
        }
    }

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        _sources = await Events.ListSourcesAsync(Actor, cancellationToken);
        _query = WhereToQuery.Parse(SearchInAddress, Number(SentInAddress), Number(MissedInAddress));
        if (Stored is { } rowId)
        {
            (_asked, _problems) = (await WhereTo.FindAsync(rowId, Actor, cancellationToken), []);
            _isGone = _asked is null;
        }
        else if (_read is not null)
        {
            // The address no longer names a stored event, and nothing else is asked yet.
            (_asked, _isGone) = (null, false);
        }
        else if (_asked is not null)
        {
            // What is bound to its source may have changed.
            (_asked, _problems) = await WhereTo.ReadAsync(_typed.Json, _typed.SourceId, Actor, cancellationToken);
        }

        _read = Stored;
        _answer = _asked is null ? null : await WhereTo.AskAsync(_asked, _query, Actor, cancellationToken);
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private async Task AskTypedAsync()
    {
        (_asked, _problems) = await WhereTo.ReadAsync(_typed.Json, _typed.SourceId, Actor, Stop);
        _answer = _asked is null ? null : await WhereTo.AskAsync(_asked, _query, Actor, Stop);
    }

    private void Search(string? text) => Navigation.NavigateTo(
        AddressOf(_query with { Search = string.IsNullOrWhiteSpace(text) ? null : text, Sent = new(1), Missed = new(1) }),
        new NavigationOptions { ReplaceHistoryEntry = true });

    private string AddressOf(WhereToQuery query) => Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["q"] = query.Search,
        ["page"] = query.Sent.Page == 1 ? null : query.Sent.Page,
        ["missed"] = query.Missed.Page == 1 ? null : query.Missed.Page,
    });
}
