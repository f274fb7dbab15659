using System.Security.Claims;

namespace Notify.Admin.Api;

/// <summary>Marks a route that programs call thousands of times a second: a good key goes straight to it, past the steps that are there for
/// people, their sessions and languages.</summary>
/// <param name="MayCall">As the route's own policy decides.</param>
internal sealed record StraightRoute(Func<ClaimsPrincipal, bool> MayCall);

/// <summary>Takes those who may call a <see cref="StraightRoute"/> there. Everybody else goes on through the pipeline, which refuses them
/// as on every route, with what was found out about their key.</summary>
internal sealed class StraightRoutes(RequestDelegate next, ApiKeyService keys)
{
    public Task InvokeAsync(HttpContext context) =>
        // A session that comes along may have to be heard first.
        context.GetEndpoint() is { RequestDelegate: { } run } endpoint && context.Request.Headers.Cookie.Count == 0
            && endpoint.Metadata.GetMetadata<StraightRoute>() is { } route && ApiKeyAuthenticationHandler.KeyOf(context.Request) is { } key
            ? GoAsync(context, route, key, run) : next(context);

    private async Task GoAsync(HttpContext context, StraightRoute route, string key, RequestDelegate run)
    {
        var result = await keys.AuthenticateAsync(key, ClientAddress.Of(context), context.RequestAborted);
        if (result.Caller is { } caller && ApiKeyAuthenticationHandler.PrincipalOf(caller, context) is var person && route.MayCall(person))
        {
            context.User = person;
            await run(context);
            return;
        }

        // Asked once: each call counts against limits.
        context.Features.Set(result);
        await next(context);
    }
}
