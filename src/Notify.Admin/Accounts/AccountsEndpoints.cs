using Microsoft.AspNetCore.Antiforgery;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>Who may enter, and the way out.</summary>
internal static class AccountsEndpoints
{
    public static IApplicationBuilder UseAccounts(this IApplicationBuilder app) =>
        app.UseMiddleware<SetupRedirect>().UseAuthentication().UseMiddleware<TwoFactorGate>().UseAuthorization()
            .UseMiddleware<OpenPageLimit>();

    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/Account/Logout", LogOutAsync).ExcludeFromDescription().AllowAnonymous();
        routes.MapPost("/Account/Display", SaveDisplayAsync).ExcludeFromDescription().RequireAuthorization(Policies.View)
            .DisableAntiforgery();
        routes.MapPeopleExport();
        routes.MapPasskeys();
        routes.MapSingleSignOn();
    }

    // The choice is kept in cookies, which only a response can set: a circuit has none.
    private static async Task<IResult> SaveDisplayAsync(
        HttpContext context, IAntiforgery antiforgery, DisplayService display, CancellationToken cancellationToken)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return TypedResults.BadRequest("The form is out of date. Go back, load the page again and save once more.");
        }

        var form = await context.Request.FormOrEmptyAsync(cancellationToken);
        var wanted = PersonDisplay.FromForm(form["language"], form["timeZone"], form["theme"]);
        if (!wanted.IsValid)
        {
            return TypedResults.BadRequest("language, timeZone and theme: one of those that the profile offers, or empty.");
        }

        await display.SaveAsync(wanted, Actor.From(context.User), cancellationToken);
        wanted.ApplyTo(context);
        return TypedResults.LocalRedirect("/profile?display=saved");
    }

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
