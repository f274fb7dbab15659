using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Notify.Admin.Layout;

/// <summary>The pages, and what a browser gets where there is none.</summary>
internal static class UserInterfaceEndpoints
{
    /// <summary>Language of the request, and our own page for an unknown address.</summary>
    public static IApplicationBuilder UseUserInterface(this IApplicationBuilder app)
    {
        app.UseRequestLocalization();
        app.UseStatusCodePagesWithReExecute("/not-found");
        return app.Use((context, next) =>
        {
            if (IsPageRequest(context))
            {
                return KeepForNotFoundAsync(context, next);
            }

            // Pages are for people; programs get the plain status.
            context.Features.GetRequiredFeature<IStatusCodePagesFeature>().Enabled = false;
            return next(context);
        });
    }

    public static IEndpointRouteBuilder MapUserInterface(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPreferences();
        endpoints.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return endpoints;
    }

    private static async Task KeepForNotFoundAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response.StatusCode != StatusCodes.Status404NotFound)
        {
            context.Features.GetRequiredFeature<IStatusCodePagesFeature>().Enabled = false;
        }
    }

    private static bool IsPageRequest(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && !context.Request.Path.StartsWithSegments("/api")
        && context.Request.GetTypedHeaders().Accept.Any(accept => accept.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
}
