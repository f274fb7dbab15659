using System.Data.Common;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Notify.Admin.Data;

namespace Notify.Admin.Accounts;

/// <summary>Who is signed in on an open page, checked against the store twice a minute and whenever people change: someone who was disabled
/// or got another role loses the page at once.</summary>
internal sealed class OpenPageSession : RevalidatingServerAuthenticationStateProvider
{
    private static readonly AuthenticationState Anonymous = new(new ClaimsPrincipal(new ClaimsIdentity()));

    private readonly AccountStore _accounts;
    private readonly LastSeen _lastSeen;
    private readonly string _stampClaim;
    private readonly IDisposable _subscription;

    public OpenPageSession(ILoggerFactory loggers, AccountStore accounts, LastSeen lastSeen, ChangeFeed changes, IOptions<IdentityOptions> identity)
        : base(loggers)
    {
        _accounts = accounts;
        _lastSeen = lastSeen;
        _stampClaim = identity.Value.ClaimsIdentity.SecurityStampClaimType;
        _subscription = changes.Subscribe(ChangeAreas.People, CheckNowAsync);
    }

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var user = authenticationState.User;
        if (user.FindFirstValue(ClaimTypes.NameIdentifier) is not { } userId || user.FindFirstValue(_stampClaim) is not { } stamp)
        {
            return false;
        }

        try
        {
            if (!await _accounts.IsSessionValidAsync(userId, stamp, cancellationToken))
            {
                return false;
            }
        }
        catch (Exception e) when (e is DbException or TimeoutException or InvalidOperationException)
        {
            // The store is away: nothing can be done on the page either, and logging everyone out would lose what they typed.
            return true;
        }

        await _lastSeen.TouchAsync(userId, cancellationToken);
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
