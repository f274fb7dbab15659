using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Data;
using Notify.Admin.LivePages;

namespace Notify.Admin.Accounts;

/// <summary>A part of the profile page that lists what the person who looks has, live.</summary>
public abstract class ProfileSection : LivePage
{
    [Inject]
    protected IStringLocalizer<AccountsText> T { get; set; } = null!;

    protected override IReadOnlyList<string> Areas => [ChangeAreas.People];
}
