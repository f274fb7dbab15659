using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Audit;

/// <summary>Who did what, live. The address holds filters, page and the entry that is open.</summary>
public sealed partial class AuditPage : IDisposable
{
    private const int PageSize = 50;

    private readonly LatestLoad _load = new();
    private IDisposable? _subscription;
    private AuditAddress _address = AuditAddress.Empty;
    private AuditList? _list;
    private AuditChoices _choices = AuditChoices.None;
    private Actor? _actor;
    private int _new;
    private int _version;

    [Inject]
    private AuditService Audit { get; set; } = null!;

    [Inject]
    private ChangeFeed Changes { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AuditText> T { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "action")]
    private string? ActionText { get; set; }

    [SupplyParameterFromQuery(Name = "who")]
    private string? WhoText { get; set; }

    [SupplyParameterFromQuery(Name = "time")]
    private string? PeriodText { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    private string? FromText { get; set; }

    [SupplyParameterFromQuery(Name = "to")]
    private string? ToText { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    private string? SearchedText { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    private string? BeforeText { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    private string? AfterText { get; set; }

    [SupplyParameterFromQuery(Name = "open")]
    private string? OpenText { get; set; }

    private long? OpenId => long.TryParse(OpenText, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private AuditFilter Filter => _address.ToFilter(Time.GetUtcNow());

    public void Dispose()
    {
        _subscription?.Dispose();
        _load.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _actor = Actor.From((await Authentication).User);
        _subscription = Changes.Subscribe(ChangeAreas.Audit, () => InvokeAsync(RefreshAsync), DispatchExceptionAsync);
        await LoadAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        var address = AuditAddress.Parse(ActionText, WhoText, TimePeriod.Parse(PeriodText, FromText, ToText), SearchedText, BeforeText,
            AfterText);
        if (address == _address)
        {
            return;
        }

        _address = address;
        if (_actor is not null)
        {
            await LoadAsync();
        }
    }

    private Task LoadAsync() => _load.RunAsync(async stop =>
    {
        var list = await Audit.ListAsync(Filter, _address.Cursor, PageSize, _actor!, stop);
        var choices = await Audit.ChoicesAsync(_actor!, stop);
        (_list, _choices, _new) = (list, choices, 0);
    });

    // What is on screen stays where it is: rows get their seals in place, new ones are announced.
    private async Task RefreshAsync()
    {
        if (_list is not { } list || _load.Stop.IsCancellationRequested)
        {
            return;
        }

        _version++;
        if (list.Rows.Count == 0)
        {
            await LoadAsync();
        }
        else
        {
            var rows = await Audit.RefreshAsync([.. list.Rows.Select(row => row.Id)], _actor!, _load.Stop);
            var fresh = _address.IsNewest ? await Audit.CountNewAsync(Filter, list.Rows[0].Id, _actor!, _load.Stop) : 0;
            if (ReferenceEquals(_list, list))
            {
                (_list, _new) = (list with { Rows = rows }, fresh);
            }
        }

        StateHasChanged();
    }

    private async Task ShowNewestAsync()
    {
        if (_address.IsNewest)
        {
            await LoadAsync();
        }
        else
        {
            Go(_address with { Cursor = PageCursor.Newest });
        }
    }

    private string Link(AuditAddress address) => Navigation.GetUriWithQueryParameters(address.ToQuery());

    // Typing in a filter is no step to go back to.
    private void Go(AuditAddress address) => Navigation.NavigateTo(Link(address), replace: true);

    private void Open(long id) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("open", id));

    private void Close() => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("open", (long?)null), replace: true);
}
