using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Notify.Admin.Api;

/// <summary>The description of the API, its page, and health.</summary>
internal static class ApiEndpoints
{
    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(ApiPolicies.PersonOrKey);
        routes.MapApiDocs();

        // Live: the process answers. Ready: the store answers and its schema is up to date; failing background work makes it degraded,
        // which is still ready.
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains("ready"),
            ResponseWriter = HealthText.WriteAsync,
        }).AllowAnonymous();
    }
}
