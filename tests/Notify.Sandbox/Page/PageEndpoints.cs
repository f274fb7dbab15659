namespace Notify.Sandbox.Page;

/// <summary>The page that shows what came in: static files from inside the assembly.</summary>
internal static class PageEndpoints
{
    private static readonly Dictionary<string, string> ContentTypes = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    public static void MapPage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", Serve("index.html"));
        foreach (var name in typeof(PageEndpoints).Assembly.GetManifestResourceNames()
            .Where(name => ContentTypes.ContainsKey(Path.GetExtension(name))))
        {
            routes.MapGet($"/{name}", Serve(name));
        }
    }

    private static RequestDelegate Serve(string name) => async http =>
    {
        await using var file = typeof(PageEndpoints).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        http.Response.ContentType = ContentTypes[Path.GetExtension(name)];
        http.Response.ContentLength = file.Length;
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        await file.CopyToAsync(http.Response.Body, http.RequestAborted);
    };
}
