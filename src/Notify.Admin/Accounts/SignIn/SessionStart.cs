using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Notify.Admin.Audit;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>The last step of every way to log in: asks for the second factor where the account has one, begins the session and records
/// it.</summary>
internal sealed class SessionStart(
    AccountStore accounts, AccountSignIn signIn, LoginAttempts attempts, KnownBrowsers browsers, AuditTrail audit, TimeProvider time)
{
    private const string StampClaim = "notify/stamp";

    // How long the second step may take.
    private static readonly TimeSpan PendingFor = TimeSpan.FromMinutes(5);

    /// <summary>Goes on after the first factor was right.</summary>
    /// <param name="method">One of <see cref="LoginMethods"/>.</param>
    /// <returns>False: the person has to give a code; the current response remembers who.</returns>
    public async Task<bool> ContinueAsync(AdminUser user, string method, string address, CancellationToken cancellationToken)
    {
        if (user.TwoFactorEnabled)
        {
            var identity = new ClaimsIdentity(
                [new Claim(ClaimTypes.Name, user.Id), new Claim(StampClaim, user.SecurityStamp!)], IdentityConstants.TwoFactorUserIdScheme);
            await signIn.Context.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(identity),
                new AuthenticationProperties { IsPersistent = false, IssuedUtc = time.GetUtcNow(),
                ExpiresUtc = time.GetUtcNow() + PendingFor });
            return false;
        }

        await CompleteAsync(user, method, address, cancellationToken);
        return true;
    }

    /// <summary>Whose second step this request is; null when there is none, or it has taken too long.</summary>
    public async Task<AdminUser?> PendingAsync(CancellationToken cancellationToken)
    {
        var pending = await signIn.Context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme);
        return pending.Principal?.FindFirstValue(ClaimTypes.Name) is { } id
            && await accounts.GetAsync(id, cancellationToken) is { IsDisabled: false, TwoFactorEnabled: true } user
            && user.SecurityStamp == pending.Principal.FindFirstValue(StampClaim)
                ? user
                : null;
    }

    /// <summary>Begins the session: its row, the audit entry, and the cookie in the current response.</summary>
    public async Task CompleteAsync(AdminUser user, string method, string address, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var session = new UserSession
        {
            Id = Guid.NewGuid().ToString("N"),
            UserId = user.Id,
            Stamp = user.SecurityStamp!,
            Method = method,
            Address = address,
            Browser = BrowserName.Of(signIn.Context.Request.Headers.UserAgent),
            CreatedAt = now,
            LastSeenAt = now,
        };
        await accounts.RecordLoginAsync(session,
            audit.Entry(new Actor(user.Id, user.Email!, null, $"{address} browser"), "person.log-in", PersonSubject.Of(user),
            [new FieldChange("method", null, method)]),
            cancellationToken);
        if (browsers.Find(signIn.Context, user.Email!) is { } browser)
        {
            attempts.Forget(browser);
        }
        else
        {
            attempts.Forget(user.Email!);
            browsers.Remember(signIn.Context, user.Email!);
        }

        PersonDisplay.Of(user).ApplyTo(signIn.Context);
        await signIn.Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await signIn.SignInWithClaimsAsync(user, isPersistent: false, [new Claim(NotifyClaims.Session, session.Id)]);
    }
}
