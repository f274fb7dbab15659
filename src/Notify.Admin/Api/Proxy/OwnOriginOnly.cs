using Notify.Admin.Security;

namespace Notify.Admin.Api;

/// <summary>Refuses what a page of another origin makes a browser send here: upgrades, everything of a circuit, and every request that can
/// change something. The session's cookie goes along with such a request where the other origin is of the same site (another port,
/// a sibling host), and a WebSocket asks nobody before it opens. Programs send no <c>Origin</c> and are not affected.</summary>
internal sealed class OwnOriginOnly(RequestDelegate next, ProxyOptions proxy, TimeProvider time, ILogger<OwnOriginOnly> logger)
{
    private static readonly TimeSpan BetweenLogs = TimeSpan.FromMinutes(1);

    private long _loggedAt = time.GetTimestamp() - (long)(BetweenLogs.TotalSeconds * time.TimestampFrequency);

    public Task InvokeAsync(HttpContext context) =>
        !MattersTo(context) || IsOwn(context.Request) ? next(context) : RefuseAsync(context);

    private static bool MattersTo(HttpContext context)
    {
        var request = context.Request;
        return request.Path.StartsWithSegments("/_blazor")
            || request.Headers.Upgrade.Count > 0
            || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
            || context.GetEndpoint()?.Metadata.GetMetadata<ChangesByGet>() is not null;
    }

    private bool IsOwn(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        if (origin.Count > 0)
        {
            return origin.Count == 1 && Origin.Parse(origin[0]) is { } given
                && (given == Origin.Of(request) || proxy.AllowedOrigins.Contains(given));
        }

        // A browser that leaves the origin out, as for a link or a picture, still says how far away the page is.
        return !request.Headers.TryGetValue("Sec-Fetch-Site", out var site) || site.ToString() is "same-origin" or "none";
    }

    private Task RefuseAsync(HttpContext context)
    {
        // The line is written once a minute: anybody can cause it.
        var loggedAt = Interlocked.Read(ref _loggedAt);
        if (time.GetElapsedTime(loggedAt) >= BetweenLogs
            && Interlocked.CompareExchange(ref _loggedAt, time.GetTimestamp(), loggedAt) == loggedAt)
        {
            logger.LogWarning(
                "Refused {Method} {Path} from a page of {Origin}; this server is {Own}. If a proxy shows it there, see Proxy:Trusted and Proxy:AllowedOrigins.",
                context.Request.Method, Clean(context.Request.Path.Value), Clean(context.Request.Headers.Origin.ToString()),
                Origin.Of(context.Request));
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("This request came from a page of another origin.\n");
    }

    private static string Clean(string? text) => text is null ? "" : new string([.. text.Take(200).Where(one => !char.IsControl(one))]);
}
