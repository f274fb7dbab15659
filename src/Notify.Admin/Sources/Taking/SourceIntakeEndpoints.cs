using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Notify.Admin.Api;

namespace Notify.Admin.Sources;

/// <summary>Where tools post: <c>/in/{key}</c>, and the addresses of DingTalk's robot and of Slack's incoming webhook in their own
/// form.</summary>
internal static class SourceIntakeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/in/{key}", (string key, HttpContext http, SourceIntake intake, CancellationToken stop) =>
            PostAsync(key, http, intake, stop)).AllowAnonymous().DisableAntiforgery();
        routes.MapPost("/in", (HttpContext http, SourceIntake intake, CancellationToken stop) =>
            PostAsync(KeyOf(http.Request), http, intake, stop)).AllowAnonymous().DisableAntiforgery();
        routes.MapPost("/robot/send", RobotAsync).AllowAnonymous().DisableAntiforgery();
        routes.MapPost("/services/{a}/{b}/{c}", WebhookAsync).AllowAnonymous().DisableAntiforgery();
    }

    private static async Task<IResult> PostAsync(string key, HttpContext http, SourceIntake intake, CancellationToken cancellationToken)
    {
        var taking = await intake.TakeAsync(key, source => source.Kind is not (SourceKinds.DingTalkRobot or SourceKinds.SlackWebhook),
            isRobot: false, http, cancellationToken);
        return taking.Refusal is { } refusal
            ? Problems.Result(refusal.Status, refusal.Code, refusal.Detail, taking.Problems.Count > 0 ? taking.Problems : null,
                refusal.RetryAfter)
            : TypedResults.Json(new PayloadTaken(taking.Accepted, taking.Duplicates, taking.Unmapped),
                statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> RobotAsync(HttpContext http, SourceIntake intake, CancellationToken cancellationToken)
    {
        var taking = await intake.TakeAsync(http.Request.Query["access_token"].ToString(), source => source.Kind == SourceKinds.DingTalkRobot,
            isRobot: true, http, cancellationToken);
        return taking.Refusal is { } refusal ? RobotAnswer.Of(refusal, http) : RobotAnswer.Ok;
    }

    private static async Task<IResult> WebhookAsync(string a, string b, string c, HttpContext http, SourceIntake intake,
        CancellationToken cancellationToken)
    {
        var taking = await intake.TakeAsync($"{a}/{b}/{c}", source => source.Kind == SourceKinds.SlackWebhook, isRobot: true, http,
            cancellationToken);
        return taking.Refusal is { } refusal ? WebhookAnswer.Of(refusal, http) : WebhookAnswer.Ok;
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
                && Encoding.UTF8.GetString(bytes, 0, length) is var pair && pair.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0
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

/// <summary>DingTalk's answers: 200 with an <c>errcode</c>, also to what is refused. Only a store that is away is 503, so that a sender which
/// looks at the status alone does not take it for sent.</summary>
internal static class RobotAnswer
{
    public static readonly IResult Ok = Result(StatusCodes.Status200OK, 0, "ok");

    public static IResult Of(SourceRefusal refusal, HttpContext http) => refusal.Reason switch
    {
        RefusalReason.UnknownKey => Result(StatusCodes.Status200OK, 300005, "token is not exist"),
        RefusalReason.Off => Result(StatusCodes.Status200OK, 400102, "robot is disabled"),
        RefusalReason.TooManyRequests => Result(StatusCodes.Status200OK, 130101, "send too fast"),
        RefusalReason.AddressNotAllowed => Result(StatusCodes.Status200OK, 310000, $"ip {ClientAddress.Of(http)} not in whitelist"),
        RefusalReason.ProofWrong => Result(StatusCodes.Status200OK, 310000, "sign not match"),
        RefusalReason.TimeWrong => Result(StatusCodes.Status200OK, 310000, "invalid timestamp"),
        RefusalReason.TooLarge => Result(StatusCodes.Status200OK, 460101, "message too long"),
        RefusalReason.Malformed => Result(StatusCodes.Status200OK, refusal.Field == "msgtype" ? 400105 : 40035, refusal.Detail),
        RefusalReason.BodyRefused or RefusalReason.StoreBusy => Busy(refusal, http),
    };

    private static ContentHttpResult Busy(SourceRefusal refusal, HttpContext http)
    {
        if (refusal.RetryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = Problems.Seconds(wait);
        }

        return Result(refusal.Status, -1, "system busy");
    }

    private static ContentHttpResult Result(int status, int code, string message) => TypedResults.Text(
        string.Create(CultureInfo.InvariantCulture, $"{{\"errcode\":{code},\"errmsg\":{System.Text.Json.JsonSerializer.Serialize(message)}}}"),
        "application/json", statusCode: status);
}

/// <summary>The answers of Slack's incoming webhooks: a word, and a status.</summary>
internal static class WebhookAnswer
{
    public static readonly IResult Ok = TypedResults.Text("ok");

    public static IResult Of(SourceRefusal refusal, HttpContext http)
    {
        if (refusal.RetryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = Problems.Seconds(wait);
        }

        var (status, word) = refusal.Reason switch
        {
            RefusalReason.UnknownKey => (StatusCodes.Status404NotFound, "no_service"),
            RefusalReason.Off => (StatusCodes.Status404NotFound, "no_active_hooks"),
            RefusalReason.TooManyRequests => (StatusCodes.Status429TooManyRequests, "rate_limited"),
            RefusalReason.AddressNotAllowed => (StatusCodes.Status403Forbidden, "action_prohibited"),
            RefusalReason.ProofWrong or RefusalReason.TimeWrong => (StatusCodes.Status403Forbidden, "invalid_token"),
            RefusalReason.TooLarge => (StatusCodes.Status400BadRequest, "invalid_payload"),
            RefusalReason.Malformed => (StatusCodes.Status400BadRequest, refusal.Field switch
            {
                "text" => "no_text",
                "attachments" => "too_many_attachments",
                "blocks" => "invalid_blocks",
                _ => "invalid_payload",
            }),
            RefusalReason.BodyRefused or RefusalReason.StoreBusy => (refusal.Status, "rollup_error"),
        };
        return TypedResults.Text(word, statusCode: status);
    }
}
