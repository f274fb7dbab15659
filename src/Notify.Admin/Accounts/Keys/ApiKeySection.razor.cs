using Microsoft.AspNetCore.Components;

namespace Notify.Admin.Accounts;

/// <summary>The API keys of the person who looks.</summary>
public sealed partial class ApiKeySection
{
    private IReadOnlyList<ApiKeyRow>? _keys;
    private bool _creating;

    [Inject]
    private KeyService Keys { get; set; } = null!;

    protected override async Task ReadAsync(CancellationToken cancellationToken) =>
        _keys = await Keys.ListApiKeysAsync(Actor.UserId!, Actor, cancellationToken);

    private async Task OnDialogChangedAsync(bool isOpen)
    {
        _creating = isOpen;
        await LoadAsync();
    }

    private async Task RevokeAsync(ApiKeyRow key)
    {
        await Keys.RevokeApiKeyAsync(key.Id, Actor, CancellationToken.None);
        await LoadAsync();
    }
}
