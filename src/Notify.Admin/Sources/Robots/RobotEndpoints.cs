using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Notify.Admin.Api;

namespace Notify.Admin.Sources;

/// <summary>The addresses of DingTalk's robots and of Slack's incoming webhooks, in their own form and with their own answers.</summary>
internal static class RobotEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/robot/send", async (HttpContext http, RobotIntake robots, CancellationToken stop) => RobotAnswer(http,
            (await robots.TakeAsync(http.Request.Query["access_token"].ToString(), SourceKinds.DingTalkRobot, http, stop)).Refusal))
            .AllowAnonymous().DisableAntiforgery();
        routes.MapPost("/services/{a}/{b}/{c}", async (string a, string b, string c, HttpContext http, RobotIntake robots,
            CancellationToken stop) => WebhookAnswer(http,
                (await robots.TakeAsync($"{a}/{b}/{c}", SourceKinds.SlackWebhook, http, stop)).Refusal))
            .AllowAnonymous().DisableAntiforgery();
    }

    // DingTalk answers 200 to what it refuses too. Only where the message may come again it is another status here: a sender that looks at
    // nothing else would take it for sent.
    private static ContentHttpResult RobotAnswer(HttpContext http, SourceRefusal? refusal) => refusal?.Code switch
    {
        null => RobotAnswer(0, "ok"),
        SourceRefusal.UnknownKeyCode => RobotAnswer(300001, "token is not exist"),
        SourceRefusal.OffCode => RobotAnswer(400102, "robot is disabled"),
        SourceRefusal.TooManyCode => RobotAnswer(130101, "send too fast"),
        SourceRefusal.AddressCode => RobotAnswer(310000, $"ip {ClientAddress.Of(http)} not in whitelist"),
        SourceRefusal.ProofCode => RobotAnswer(310000, "sign not match"),
        SourceRefusal.TimestampCode => RobotAnswer(310000, "invalid timestamp"),
        SourceRefusal.ReplayedCode => RobotAnswer(310000, "sign not match: this message came with this timestamp before"),
        SourceRefusal.TooLargeCode => RobotAnswer(460101, "message too long, exceed 20000 bytes"),
        var code when int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var theirs) =>
            RobotAnswer(theirs, refusal.Detail),
        _ => RobotAnswer(-1, "system busy", Delay(http, refusal).Status),
    };

    private static ContentHttpResult RobotAnswer(int code, string message, int status = StatusCodes.Status200OK) => TypedResults.Text(
        JsonSerializer.Serialize(new { errcode = code, errmsg = message }), "application/json", statusCode: status);

    private static ContentHttpResult WebhookAnswer(HttpContext http, SourceRefusal? refusal)
    {
        var (status, word) = refusal?.Code switch
        {
            null => (StatusCodes.Status200OK, "ok"),
            SourceRefusal.UnknownKeyCode => (StatusCodes.Status404NotFound, "no_service"),
            SourceRefusal.OffCode => (StatusCodes.Status404NotFound, "no_active_hooks"),
            SourceRefusal.TooManyCode => (Delay(http, refusal).Status, "rate_limited"),
            SourceRefusal.AddressCode => (StatusCodes.Status403Forbidden, "action_prohibited"),
            SourceRefusal.ProofCode => (StatusCodes.Status403Forbidden, "invalid_token"),
            SourceRefusal.TooLargeCode => (StatusCodes.Status413PayloadTooLarge, "invalid_payload"),
            SourceRefusal.BusyCode => (Delay(http, refusal).Status, "service_unavailable"),
            var code => (Delay(http, refusal).Status, code),
        };
        return TypedResults.Text(word, statusCode: status);
    }

    private static SourceRefusal Delay(HttpContext http, SourceRefusal refusal)
    {
        if (refusal.RetryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = Problems.Seconds(wait);
        }

        return refusal;
    }
}
