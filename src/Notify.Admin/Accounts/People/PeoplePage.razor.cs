using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Shared;

namespace Notify.Admin.Accounts;

/// <summary>Everybody with an account, a page at a time.</summary>
public sealed partial class PeoplePage
{
    private IReadOnlyDictionary<string, ProvisionedObject> _files = new Dictionary<string, ProvisionedObject>();
    private Person? _open;
    private bool _inviting;

    [Inject]
    private PeopleService People { get; set; } = null!;

    [Inject]
    private ProvisionedMarks Files { get; set; } = null!;

    [Inject]
    private SingleSignOnOptions SignOn { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IStringLocalizer<AccountsText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    /// <summary>Whose drawer is open.</summary>
    [SupplyParameterFromQuery(Name = "open")]
    private string? OpenId { get; set; }

    protected override IReadOnlyList<string> Areas => [ChangeAreas.People];

    protected override async Task<ListedPage<Person>> ListAsync(
        ListQuery<PersonFilter, PersonSort> query, CancellationToken cancellationToken)
    {
        _files = await Files.ListByIdAsync(ProvisionedKinds.Person, cancellationToken);
        // Who is open may stand on another page.
        _open = OpenId is null ? null : await People.FindOneAsync(OpenId, Actor, cancellationToken);
        return await People.ListAsync(query, Actor, cancellationToken);
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_open?.Id != OpenId && Actor is not null)
        {
            _open = OpenId is null ? null : await People.FindOneAsync(OpenId, Actor, Stop);
        }
    }

    private void Open(string? id) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("open", id), replace: id is null);

    private string TextOf(PersonFilter filter) => filter switch
    {
        PersonFilter.All => S["List.AnyState"],
        PersonFilter.WithoutSecondFactor => T["People.WithoutSecondFactor"],
        _ => T[$"PersonState.{filter}"],
    };

    private void Filter(PersonFilter filter) => Show(Query with { Filter = filter, Page = 1 });

    private void Sort(ListOrder<PersonSort> order) => Show(Query with { Sort = order.Sort, Descending = order.Descending, Page = 1 });
}
