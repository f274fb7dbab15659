using System.Net.Http.Headers;
using System.Text;
using Notify.Admin.Api;

namespace Notify.Admin.Sources;

/// <summary>Where tools post: <c>/in/{key}</c>, or <c>/in</c> with the key where else the tool can have it.</summary>
internal static class SourceIntakeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/in/{key}", (string key, HttpContext http, SourceIntake intake, CancellationToken stop) =>
            PostAsync(key, http, intake, stop)).AllowAnonymous().DisableAntiforgery();
        routes.MapPost("/in", (HttpContext http, SourceIntake intake, CancellationToken stop) =>
            PostAsync(KeyOf(http.Request), http, intake, stop)).AllowAnonymous().DisableAntiforgery();
    }

    private static async Task<IResult> PostAsync(string key, HttpContext http, SourceIntake intake, CancellationToken cancellationToken)
    {
        var taking = await intake.TakeAsync(key, http, cancellationToken);
        return taking.Refusal is { } refusal
            ? Problems.Result(refusal.Status, refusal.Code, refusal.Detail, taking.Problems.Count > 0 ? taking.Problems : null,
                refusal.RetryAfter)
            : TypedResults.Json(new PayloadTaken(taking.Accepted, taking.Duplicates, taking.Unmapped),
                statusCode: StatusCodes.Status202Accepted);
    }

    // A sender that cannot have a key in its path has it where it can.
    private static string KeyOf(HttpRequest request)
    {
        if (AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) && header.Parameter is { } parameter)
        {
            if (header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            {
                return parameter;
            }

            var bytes = new byte[parameter.Length + 4];
            return header.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
                && Convert.TryFromBase64String(parameter, bytes, out var length)
                && Encoding.UTF8.GetString(bytes, 0, length) is var pair
                    && pair.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0
                ? pair[(colon + 1)..] : "";
        }

        return request.Query.TryGetValue("token", out var token) ? token.ToString() : request.Query["access_token"].ToString();
    }
}

/// <summary>The answer to a payload that was taken.</summary>
/// <param name="Accepted">How many of its events were new and are now on record.</param>
/// <param name="Duplicates">How many were known.</param>
/// <param name="Unmapped">How many parts of it are no events; the payload is kept.</param>
internal sealed record PayloadTaken(int Accepted, int Duplicates, int Unmapped);
