using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Shared;

namespace Notify.Admin.Accounts;

/// <summary>Where an account stands, in icon, word and colour.</summary>
public sealed partial class PersonStateBadge
{
    [Inject]
    private IStringLocalizer<AccountsText> T { get; set; } = null!;

    [Parameter, EditorRequired]
    public PersonState State { get; set; }

    private (IconName Icon, Tone Tone) Look => State switch
    {
        PersonState.Active => (IconName.CheckCircle, Tone.Success),
        PersonState.Invited => (IconName.Clock, Tone.Info),
        PersonState.Disabled => (IconName.Ban, Tone.Neutral),
    };
}
