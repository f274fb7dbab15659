using System.Data.Common;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Notify.Admin.Data;

namespace Notify.Admin.Accounts;

/// <summary>Who is signed in on an open page, checked against the store twice a minute and whenever people or sessions change: someone who
/// was disabled, got another role, or whose session was ended loses the page at once.</summary>
internal sealed class OpenPageSession : RevalidatingServerAuthenticationStateProvider
{
    private static readonly AuthenticationState Anonymous = new(new ClaimsPrincipal(new ClaimsIdentity()));

    private readonly SessionService _sessions;
    private readonly LastSeen _lastSeen;
    private readonly ILogger<OpenPageSession> _logger;
    private readonly ChangeSubscription _subscription;

    public OpenPageSession(ILoggerFactory loggers, SessionService sessions, LastSeen lastSeen, ChangeFeed changes)
        : base(loggers)
    {
        _sessions = sessions;
        _lastSeen = lastSeen;
        _logger = loggers.CreateLogger<OpenPageSession>();
        _subscription = changes.Subscribe(ChangeAreas.People, CheckNowAsync);
    }

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState,
        CancellationToken cancellationToken)
    {
        var user = authenticationState.User;
        try
        {
            if (await _sessions.CheckAsync(user, cancellationToken) != SessionVerdict.Good)
            {
                return false;
            }
        }
        catch (Exception e) when (e is DbException or TimeoutException or InvalidOperationException)
        {
            // The store is away: nothing can be done on the page either, and logging everyone out would lose what they typed.
            _logger.LogWarning(e, "Whether {Person} is still logged in cannot be checked; the page stays open", user.Identity?.Name);
            return true;
        }

        await _lastSeen.TouchAsync(SessionService.IdOf(user)!, user.FindFirstValue(ClaimTypes.NameIdentifier)!, cancellationToken);
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        _subscription.Dispose();
        base.Dispose(disposing);
    }

    private async Task CheckNowAsync()
    {
        AuthenticationState state;
        try
        {
            state = await GetAuthenticationStateAsync();
        }
        catch (InvalidOperationException)
        {
            // Nobody has asked who is signed in yet.
            return;
        }

        if (state.User.Identity?.IsAuthenticated == true && !await ValidateAuthenticationStateAsync(state, CancellationToken.None))
        {
            SetAuthenticationState(Task.FromResult(Anonymous));
        }
    }
}
