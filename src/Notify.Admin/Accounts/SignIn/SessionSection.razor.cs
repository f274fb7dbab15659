using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Shared;

namespace Notify.Admin.Accounts;

/// <summary>The sessions of the person who looks.</summary>
public sealed partial class SessionSection
{
    private IReadOnlyList<SessionRow>? _sessions;

    [Inject]
    private SessionService Sessions { get; set; } = null!;

    [Inject]
    private IStringLocalizer<SharedText> S { get; set; } = null!;

    /// <summary>The id of the session in which this page is open.</summary>
    [Parameter]
    public string? Current { get; set; }

    protected override async Task ReadAsync(CancellationToken cancellationToken) =>
        _sessions = await Sessions.ListAsync(Actor, cancellationToken);

    private async Task EndAsync(SessionRow session)
    {
        await Sessions.EndAsync(session.Id, Actor, CancellationToken.None);
        await LoadAsync();
    }

    private async Task EndOthersAsync()
    {
        if (Current is { } current)
        {
            await Sessions.EndOthersAsync(current, Actor, CancellationToken.None);
            await LoadAsync();
        }
    }
}
