using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Routing.Template;
using Notify.Admin.Security;

namespace Notify.Admin.Api;

/// <summary>Answers what no <c>api/</c> route covers: with a good key 404, or 405 and the methods that there are; without one, as every
/// route does.</summary>
internal static class UnknownApiRoutes
{
    public static IApplicationBuilder UseUnknownApiRoutes(this IApplicationBuilder app) => app.Use((context, next) =>
        // Routing makes an endpoint of its own, without a route, for a method or media type that none takes.
        context.GetEndpoint() is var endpoint && (endpoint is RouteEndpoint || !context.Request.Path.StartsWithSegments("/api"))
            ? next(context) : RefuseAsync(context, endpoint));

    private static async Task RefuseAsync(HttpContext context, Endpoint? refusal)
    {
        if (!(await context.AuthenticateAsync(ApiPolicies.KeyScheme)).Succeeded)
        {
            await context.ChallengeAsync(ApiPolicies.KeyScheme);
        }
        else if (refusal is not null && MethodsAt(context) is { Length: > 0 } methods)
        {
            context.Response.Headers.Allow = string.Join(", ", methods);
            await Problems.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "not_allowed",
                $"This route does not take {PlainText.Shorten(context.Request.Method, 20)}.");
        }
        else
        {
            await Problems.WriteAsync(context, StatusCodes.Status404NotFound, "not_found",
                "There is no such route. /openapi/v1.json describes those that there are.");
        }
    }

    // Routing's own list of methods includes those of static files, which match any path.
    private static string[] MethodsAt(HttpContext context) =>
    [
        .. context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText?.TrimStart('/').StartsWith("api/", StringComparison.OrdinalIgnoreCase) == true
                && new TemplateMatcher(new RouteTemplate(route.RoutePattern), new RouteValueDictionary())
                    .TryMatch(context.Request.Path, new RouteValueDictionary()))
            .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
            .Distinct().Order(StringComparer.Ordinal),
    ];
}
