namespace Notify.Admin.Api;

/// <summary>Response headers that limit what a browser does with our pages, and how long it keeps what never changes.</summary>
internal static class SecurityHeaders
{
    // Inline styles stay allowed: components and charts set style attributes. Scripts come from files only.
    private const string ContentPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private const string BrowserFeatures =
        "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        // At the start of the response, so that nothing that writes the same header later weakens it.
        context.Response.OnStarting(static state =>
        {
            Apply((HttpContext)state);
            return Task.CompletedTask;
        }, context);
        return next(context);
    });

    private static void Apply(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = BrowserFeatures;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        // The component library's files carry their version in the query.
        if (context.Request.Path.StartsWithSegments("/_content/MudBlazor") && context.Request.Query.ContainsKey("v"))
        {
            headers.CacheControl = $"public, max-age={TimeSpan.FromDays(365).TotalSeconds}, immutable";
        }

        if (context.Request.IsHttps && !string.Equals(context.Request.Host.Host, "localhost", StringComparison.OrdinalIgnoreCase))
        {
            headers.StrictTransportSecurity = $"max-age={TimeSpan.FromDays(365).TotalSeconds}";
        }
    }
}
