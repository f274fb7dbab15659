using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Shared;

namespace Notify.Admin.Accounts;

/// <summary>The passkeys of the person who looks. A new one arrives through the change feed.</summary>
public sealed partial class PasskeySection
{
    private IReadOnlyList<PasskeyRow>? _passkeys;

    [Inject]
    private PasskeyService Passkeys { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    protected override async Task ReadAsync(CancellationToken cancellationToken) =>
        _passkeys = await Passkeys.ListAsync(Actor, cancellationToken);

    private async Task RemoveAsync(PasskeyRow passkey)
    {
        await Passkeys.RemoveAsync(passkey.Id, Actor, CancellationToken.None);
        await LoadAsync();
    }
}
