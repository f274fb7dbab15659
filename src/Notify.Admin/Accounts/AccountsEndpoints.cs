using Microsoft.AspNetCore.Antiforgery;

namespace Notify.Admin.Accounts;

/// <summary>Who may enter, and the way out.</summary>
internal static class AccountsEndpoints
{
    public static IApplicationBuilder UseAccounts(this IApplicationBuilder app) =>
        app.UseMiddleware<SetupRedirect>().UseAuthentication().UseMiddleware<TwoFactorGate>().UseAuthorization();

    public static void MapAccounts(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/Account/Logout", LogOutAsync).ExcludeFromDescription().AllowAnonymous();

    private static async Task<IResult> LogOutAsync(
        HttpContext context, IAntiforgery antiforgery, LoginService login, CancellationToken cancellationToken)
    {
        // Without a session there is nothing to protect, and the token of the page belongs to one that has ended.
        if (context.User.Identity?.IsAuthenticated == true)
        {
            if (!await antiforgery.IsRequestValidAsync(context))
            {
                return TypedResults.BadRequest("The form is out of date. Go back, load the page again and log out.");
            }

            await login.LogOutAsync(context.User, cancellationToken);
        }

        return TypedResults.LocalRedirect("/Account/Login");
    }
}
