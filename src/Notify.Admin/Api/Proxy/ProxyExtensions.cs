using Microsoft.AspNetCore.HttpOverrides;

namespace Notify.Admin.Api;

/// <summary>What a reverse proxy in front changes about a request.</summary>
internal static class ProxyExtensions
{
    /// <summary>Before everything else: whom a request is from, whether it came by https, where the product is mounted, and whether a page
    /// of another origin sent it.</summary>
    /// <exception cref="Data.StartupException">A setting of <see cref="ProxyOptions"/> is wrong.</exception>
    public static void UseProxy(this WebApplication app)
    {
        var options = ProxyOptions.Read(app.Configuration);
        if (options.Trusted.Count > 0)
        {
            // Not the host: the proxy passes that on itself, and a header that clients can set must not replace it.
            var forwarded = new ForwardedHeadersOptions { ForwardedHeaders =
                ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in options.Trusted)
            {
                forwarded.KnownIPNetworks.Add(network);
            }

            app.UseForwardedHeaders(forwarded);
        }

        if (options.PathBase.Length > 0)
        {
            app.Use((context, next) => MountAsync(context, options.PathBase, next));
        }

        // Routing stands after the prefix is taken off, since routes are matched without it.
        app.UseRouting();
        app.UseMiddleware<OwnOriginOnly>(options);
    }

    /// <summary>An address of ours as a browser has to hear it: under the path where the product is mounted. One that is there already
    /// stays as it is.</summary>
    public static string Mounted(string address, PathString pathBase) =>
        address is "/" or ['/', not '/', ..] && !new PathString(address.Split('?')[0]).StartsWithSegments(pathBase)
            ? pathBase + address : address;

    // Whether the proxy passes the prefix on or takes it off, what is answered carries it.
    private static Task MountAsync(HttpContext context, PathString pathBase, RequestDelegate next)
    {
        var request = context.Request;
        if (request.Path == pathBase && HttpMethods.IsGet(request.Method))
        {
            // Relative links on the first page need the slash at the end of the prefix.
            context.Response.Redirect($"{pathBase}/{request.QueryString}");
            return Task.CompletedTask;
        }

        if (request.Path.StartsWithSegments(pathBase, out var rest))
        {
            request.Path = rest.HasValue ? rest : "/";
        }

        request.PathBase = pathBase;
        context.Response.OnStarting(static state =>
        {
            var (response, prefix) = ((HttpResponse, PathString))state;
            if (response.Headers.Location.ToString() is { Length: > 0 } location)
            {
                response.Headers.Location = Mounted(location, prefix);
            }

            return Task.CompletedTask;
        }, (context.Response, pathBase));
        return next(context);
    }
}
