using System.Globalization;
using Microsoft.Extensions.Options;
using Notify.Admin.Api;

namespace Notify.Admin.Events;

/// <summary><c>OPTIONS /api/events</c>: a sender asks, before its first event, whether events are wanted here. The answer is no
/// authorisation: events still need a key.</summary>
/// <remarks>Source: CloudEvents 1.0.2, HTTP 1.1 Web Hooks for Event Delivery, section 4. A callback that the request names is not called:
/// consent is given at once, or not.</remarks>
internal static class WebhookHandshake
{
    private const string RequestOrigin = "WebHook-Request-Origin";
    private const string RequestRate = "WebHook-Request-Rate";
    private const string AllowedOrigin = "WebHook-Allowed-Origin";
    private const string AllowedRate = "WebHook-Allowed-Rate";
    private const int SecondsAMinute = 60;

    public static void Map(IEndpointRouteBuilder routes, string route) =>
        routes.MapMethods(route, [HttpMethods.Options], Answer).AllowAnonymous().ExcludeFromDescription();

    private static IResult Answer(HttpContext http, IOptionsMonitor<EventsOptions> events, IOptionsMonitor<ApiOptions> api)
    {
        var (asked, answer) = (http.Request.Headers, http.Response.Headers);
        answer.Allow = HttpMethods.Post;
        if (asked[RequestOrigin] is not [{ Length: > 0 } origin])
        {
            return TypedResults.NoContent();
        }

        if (!events.CurrentValue.Allows(origin))
        {
            return Problems.Result(StatusCodes.Status403Forbidden, "origin_not_allowed",
                $"{EventsOptions.Section}:{nameof(EventsOptions.AllowedOrigins)} does not name this {RequestOrigin}.");
        }

        answer[AllowedOrigin] = origin;
        answer[AllowedRate] = RateFor(asked[RequestRate], api.CurrentValue.RequestsPerSecondPerKey * (long)SecondsAMinute);
        return TypedResults.Ok();
    }

    // Requests a minute: as many as are asked for, at most as many as a key may make.
    private static string RateFor(string? asked, long most) =>
        long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && rate > 0
            ? Math.Min(rate, most).ToString(CultureInfo.InvariantCulture)
            : "*";
}
