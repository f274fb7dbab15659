using Microsoft.AspNetCore.Components;

namespace Notify.Admin.Accounts;

/// <summary>The AccessKey pairs of the person who looks.</summary>
public sealed partial class AccessKeySection
{
    private IReadOnlyList<AccessKeyRow>? _keys;
    private bool _creating;

    [Inject]
    private KeyService Keys { get; set; } = null!;

    protected override async Task ReadAsync(CancellationToken cancellationToken) =>
        _keys = await Keys.ListAccessKeysAsync(Actor.UserId!, Actor, cancellationToken);

    private async Task OnDialogChangedAsync(bool isOpen)
    {
        _creating = isOpen;
        await LoadAsync();
    }

    private async Task RevokeAsync(AccessKeyRow key)
    {
        await Keys.RevokeAccessKeyAsync(key.Id, Actor, CancellationToken.None);
        await LoadAsync();
    }
}
