using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.StoredSecrets;

/// <summary>Secrets that cannot be read any more since their encryption key is gone, each with the way to its form.</summary>
public sealed partial class LostSecretsPage : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private IReadOnlyList<LostSecret>? _lost;

    [Inject]
    private LostSecretService Secrets { get; set; } = null!;

    [Inject]
    private IStringLocalizer<StoredSecretsText> T { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = null!;

    public void Dispose() => _stop.Cancel();

    protected override async Task OnInitializedAsync() =>
        _lost = await Secrets.ListAsync(Actor.From((await Authentication).User), _stop.Token);

    private static string VerbOf(LostSecret secret, string suffix = "") => $"{(secret.Href == "people" ? "Replace" : "Enter")}{suffix}";
}
