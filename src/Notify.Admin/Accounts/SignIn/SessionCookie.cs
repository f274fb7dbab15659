using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.StaticAssets;
using Notify.Admin.Api;

namespace Notify.Admin.Accounts;

/// <summary>The cookie that keeps a browser logged in.</summary>
internal static class SessionCookie
{
    public static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "notify.session";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        // The session's row decides when it ends.
        options.ExpireTimeSpan = TimeSpan.FromDays(AccountsOptions.MostDays);
        options.SlidingExpiration = false;
        options.LoginPath = "/Account/Login";
        options.AccessDeniedPath = "/Account/Denied";
        options.Events.OnRedirectToLogin = context => Redirect(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => Redirect(context, StatusCodes.Status403Forbidden);
        // The log-in page leads on, and looks at the address first.
        options.Events.OnRedirectToReturnUrl = _ => Task.CompletedTask;
        options.Events.OnValidatePrincipal = ValidateAsync;
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        // A stylesheet needs no session, and must not wait for the store.
        if (http.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
        {
            return;
        }

        var user = context.Principal!;
        switch (await http.RequestServices.GetRequiredService<SessionService>().CheckAsync(user, http.RequestAborted))
        {
            case SessionVerdict.Ended:
                context.RejectPrincipal();
                await http.SignOutAsync(context.Scheme.Name);
                return;
            case SessionVerdict.NeedsTwoFactor:
                http.Items[TwoFactorGate.Needed] = true;
                break;
        }

        await http.RequestServices.GetRequiredService<LastSeen>()
            .TouchAsync(SessionService.IdOf(user)!, user.FindFirstValue(ClaimTypes.NameIdentifier)!, http.RequestAborted);
    }

    // A program wants a status, a person a page.
    private static Task Redirect(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (ApiRoutes.Covers(context.Request.Path))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            // Without scheme and host, which a proxy in front may not pass on.
            context.Response.Redirect(new Uri(context.RedirectUri).PathAndQuery);
        }

        return Task.CompletedTask;
    }
}
