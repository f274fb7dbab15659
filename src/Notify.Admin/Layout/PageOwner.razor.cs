using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace Notify.Admin.Layout;

/// <summary>Binds a circuit to the person whom its page was rendered for. What a page hands to its browser to start a circuit with is
/// encrypted but names nobody, and the circuit takes whoever's cookie its connection carries, at each reconnection anew: without this,
/// one person's page would run with another's rights.</summary>
public sealed partial class PageOwner
{
    private bool _isTheirs;
    private bool _isRefused;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ILogger<PageOwner> Logger { get; set; } = null!;

    /// <summary>The id of the person at the request that rendered the page, part of what is encrypted; null for nobody.</summary>
    [Parameter, EditorRequired]
    public string? PersonId { get; set; }

    [Parameter, EditorRequired]
    public RenderFragment? ChildContent { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (Authentication is { IsCompletedSuccessfully: false })
        {
            _isTheirs = false;
        }

        var user = Authentication is null ? null : (await Authentication).User;
        var personId = user?.FindFirstValue(ClaimTypes.NameIdentifier);
        // A session that ended leaves nobody: the router leads to the log-in page.
        _isTheirs = !_isRefused && (personId is null || personId == PersonId);
        if (!_isTheirs && !_isRefused)
        {
            _isRefused = true;
            Logger.LogWarning("A page rendered for {Owner} was opened with the session of {Person}; it was loaded anew.",
                PersonId ?? "nobody", personId);
            Navigation.Refresh(forceReload: true);
        }
    }
}
