namespace Notify.Admin.Api;

/// <summary>Which paths are for programs: they are never answered with a redirect to the log-in page or an HTML error.</summary>
internal static class ApiRoutes
{
    public static bool Covers(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/openapi") || path.StartsWithSegments("/metrics")
            || path.StartsWithSegments("/health") || path.StartsWithSegments("/in")
            || path.StartsWithSegments("/robot") || path.StartsWithSegments("/services");
}
