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
    private readonly LatestLoad _load = new();
    private string _tab = PastTab;
    private WhereToQuery _query = WhereToQuery.Parse(null, null, null);
    private IReadOnlyList<EventSourceName> _sources = [];
    private IReadOnlyList<TypedProblem> _problems = [];
    private AskedEvent? _asked;
    private WhereToAnswer? _answer;
    private (string Json, int? Source)? _askedTyped;
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

    protected override Task ReadAsync(CancellationToken cancellationToken) => _load.RunAsync(LookAsync, Show);

    protected override void Dispose(bool disposing)
    {
        _load.Dispose();
        base.Dispose(disposing);
    }

    private async Task<Look> LookAsync(CancellationToken cancellationToken)
    {
        var (stored, query) = (Stored, WhereToQuery.Parse(SearchInAddress, Number(SentInAddress), Number(MissedInAddress)));
        var sources = await Events.ListSourcesAsync(Actor, cancellationToken);
        // Once the address names another event, or none any more, nothing typed is asked until somebody asks again.
        var typed = stored == _read ? _askedTyped : null;
        AskedEvent? asked = null;
        IReadOnlyList<TypedProblem> problems = [];
        if (typed is var (json, source))
        {
            // What is bound to its source may have changed.
            (asked, problems) = await WhereTo.ReadAsync(json, source, Actor, cancellationToken);
        }
        else if (stored is { } rowId)
        {
            asked = await WhereTo.FindAsync(rowId, Actor, cancellationToken);
        }

        return new Look(stored, typed is not null, query, sources, asked, problems,
            asked is null ? null : await WhereTo.AskAsync(asked, query, Actor, cancellationToken));
    }

    private void Show(Look look)
    {
        (_sources, _query, _asked, _problems, _answer) = (look.Sources, look.Query, look.Asked, look.Problems, look.Answer);
        // What is typed can be asked beside a stored one only where that is gone.
        _isGone = look.Stored is not null && (look.IsTyped || look.Asked is null);
        (_read, _askedTyped) = (look.Stored, look.IsTyped ? _askedTyped : null);
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private Task AskTypedAsync()
    {
        _askedTyped = (_typed.Json, _typed.SourceId);
        return LoadAsync();
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

    /// <summary>All that the page shows.</summary>
    private sealed record Look(long? Stored, bool IsTyped, WhereToQuery Query, IReadOnlyList<EventSourceName> Sources, AskedEvent? Asked,
        IReadOnlyList<TypedProblem> Problems, WhereToAnswer? Answer);
}
