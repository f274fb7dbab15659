using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Notify.Admin.Api;
using Notify.Admin.Security;

namespace Notify.Admin.Accounts;

/// <summary>What <c>js/passkeys.js</c> asks for: options for the browser, and what the browser made of them. Each needs the page's
/// antiforgery token.</summary>
internal static class PasskeyEndpoints
{
    public static void MapPasskeys(this IEndpointRouteBuilder routes)
    {
        var passkeys = routes.MapGroup("/Account/Passkeys").ExcludeFromDescription().AddEndpointFilter(RequireTokenAsync)
            .DisableAntiforgery();
        passkeys.MapPost("/CreationOptions", CreationOptionsAsync).RequireAuthorization(Policies.View);
        passkeys.MapPost("/Add", AddAsync).RequireAuthorization(Policies.View);
        passkeys.MapPost("/RequestOptions", RequestOptionsAsync).AllowAnonymous();
        passkeys.MapPost("/LogIn", LogInAsync).AllowAnonymous();
    }

    private static async Task<ContentHttpResult> CreationOptionsAsync(HttpContext context, PasskeyService passkeys) =>
        TypedResults.Text(await passkeys.CreationOptionsAsync(Actor.From(context.User)), "application/json");

    private static async Task<Ok<PasskeyAnswer>> AddAsync(
        HttpContext context, PasskeyService passkeys, CancellationToken cancellationToken)
    {
        var form = await context.Request.FormOrEmptyAsync(cancellationToken);
        return Answer(await passkeys.AddAsync($"{form["credential"]}", $"{form["name"]}", Actor.From(context.User), cancellationToken));
    }

    private static async Task<ContentHttpResult> RequestOptionsAsync(PasskeyService passkeys) =>
        TypedResults.Text(await passkeys.RequestOptionsAsync(), "application/json");

    private static async Task<Ok<PasskeyAnswer>> LogInAsync(
        HttpContext context, PasskeyService passkeys, CancellationToken cancellationToken)
    {
        var form = await context.Request.FormOrEmptyAsync(cancellationToken);
        return Answer(await passkeys.LogInAsync($"{form["credential"]}", ClientAddress.Of(context), cancellationToken),
            ProxyExtensions.Mounted(ReturnAddress.Of(form["returnUrl"]), context.Request.PathBase));
    }

    // The script shows the words that the page holds for the outcome.
    private static Ok<PasskeyAnswer> Answer(PasskeyOutcome outcome, string? next = null) =>
        TypedResults.Ok(new PasskeyAnswer(outcome.ToString(), next));

    private static async ValueTask<object?> RequireTokenAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await context.HttpContext.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context.HttpContext)
            ? await next(context)
            : TypedResults.BadRequest("The page is out of date. Load it again.");

    internal sealed record PasskeyAnswer(string Outcome, string? Next);
}
