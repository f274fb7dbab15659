using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Notify.Admin.Accounts;
using Notify.Admin.Api;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.Testing;

/// <summary>One person per role, with session cookies and keys as the product itself makes them, without going through pages each
/// time.</summary>
internal sealed class TestPeople(
    IServiceScopeFactory scopes, IDbContextFactory<NotifyDbContext> contexts, IOptionsMonitor<CookieAuthenticationOptions> cookies,
    TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    public static string EmailOf(string role) => $"{role.ToLowerInvariant()}@example.test";

    public Task<string> SessionCookieAsync(string role) => SessionCookieAsync(EmailOf(role), role);

    public async Task<string> SessionCookieAsync(string email, string role)
    {
        var user = await PersonAsync(email, role);
        await using var scope = scopes.CreateAsyncScope();
        var identity = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<AdminUser>>().CreateAsync(user);
        var options = cookies.Get(IdentityConstants.ApplicationScheme);
        var now = time.GetUtcNow();
        var session = new UserSession
        {
            Id = Guid.NewGuid().ToString("N"), UserId = user.Id, Stamp = user.SecurityStamp!, Method = LoginMethods.Password,
            Address = "192.0.2.1", Browser = "Chrome, Linux", CreatedAt = now, LastSeenAt = now,
        };
        await using var context = await contexts.CreateDbContextAsync();
        context.UserSessions.Add(session);
        await context.SaveChangesAsync();
        identity.Identities.First().AddClaim(new Claim(NotifyClaims.Session, session.Id));
        var ticket = new AuthenticationTicket(
            identity, new AuthenticationProperties { IssuedUtc = now, ExpiresUtc = now + options.ExpireTimeSpan },
            IdentityConstants.ApplicationScheme);
        return $"{options.Cookie.Name}={options.TicketDataFormat.Protect(ticket)}";
    }

    public async Task<string> CreateApiKeyAsync(string role, ApiKeyScope scope)
    {
        var user = await PersonAsync(EmailOf(role), role);
        var text = SecretText.NewApiKey();
        await using var context = await contexts.CreateDbContextAsync();
        context.ApiKeys.Add(new ApiKey
        {
            UserId = user.Id, Name = "Test", Scope = scope, Hash = ApiKeyService.Hash(text), LastFour = text[^4..],
                CreatedAt = time.GetUtcNow(),
        });
        await context.SaveChangesAsync();
        return text;
    }

    public void Dispose() => _turn.Dispose();

    public async Task<AdminUser> PersonAsync(string email, string role)
    {
        await _turn.WaitAsync();
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<AdminUser>>();
            if (await users.FindByEmailAsync(email) is { } existing)
            {
                return existing;
            }

            var user = new AdminUser { UserName = email, Email = email, EmailConfirmed = true, CreatedAt = time.GetUtcNow() };
            (await users.CreateAsync(user, NotifyAdminSettings.AdminPassword)).ThrowIfFailed();
            (await users.AddToRoleAsync(user, role)).ThrowIfFailed();
            return user;
        }
        finally
        {
            _turn.Release();
        }
    }
}
