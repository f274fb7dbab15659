using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.Shared;

namespace Notify.Admin.Accounts;

/// <summary>Everybody with an account.</summary>
public sealed partial class PeoplePage
{
    private IReadOnlyList<Person>? _people;
    private bool _inviting;

    [Inject]
    private PeopleService People { get; set; } = null!;

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

    private Person? Open => _people?.FirstOrDefault(person => person.Id == OpenId);

    private void Show(string? id) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("open", id), replace: id is null);

    protected override async Task ReadAsync(CancellationToken cancellationToken) =>
        _people = await People.ListAsync(Actor, cancellationToken);
}
