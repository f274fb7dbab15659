using Microsoft.AspNetCore.Http.HttpResults;
using Notify.Admin.Api;
using Notify.Admin.Security;

namespace Notify.Admin.Slack;

/// <summary>The list's export; and <c>POST /api/UpdateSlack</c>, the same without <c>/api</c>, whose answer is its envelope whatever
/// happens.</summary>
internal static class SlackEndpoints
{
    private const string Route = "/api/UpdateSlack";

    // The vendor's newer hosts serve the method at this path.
    private const string NewerRoute = "/UpdateSlack";

    public static void MapSlack(this IEndpointRouteBuilder routes)
    {
        routes.MapSlackExport();
        routes.MapPost(Route, PostAsync)
            // The key is in the body.
            .AllowAnonymous()
            .DisableAntiforgery()
            .WithName("UpdateSlack")
            .WithTags("Slack")
            .WithSummary("Adds or changes the Slack integration of a channel.")
            .WithDescription(
                "The API key in the body needs the scope full and an Admin as its owner. An omitted optional field keeps its value; for a new "
                + "integration it is false, and Informative for slackAvgThreat. Slack itself is not called. Success is Error 0; any other number "
                + "is a failure with its reason in Data, and nothing was changed.")
            // Scripts often name another type, or none; the body decides.
            .Accepts<UpdateSlackBody>("application/json", "*/*")
            .Produces<UpdateSlackAnswer>()
            .Produces<UpdateSlackAnswer>(StatusCodes.Status400BadRequest)
            .Produces<UpdateSlackAnswer>(StatusCodes.Status401Unauthorized)
            .Produces<UpdateSlackAnswer>(StatusCodes.Status403Forbidden)
            .Produces<UpdateSlackAnswer>(StatusCodes.Status413PayloadTooLarge)
            .Produces<UpdateSlackAnswer>(StatusCodes.Status429TooManyRequests)
            .Produces<UpdateSlackAnswer>(StatusCodes.Status500InternalServerError);
        routes.MapPost(NewerRoute, PostAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        routes.MapMethods(NewerRoute, [HttpMethods.Get, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete], RefuseMethod)
            .AllowAnonymous()
            .DisableAntiforgery()
            .ExcludeFromDescription();
        routes.MapMethods(Route, [HttpMethods.Get, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete], RefuseMethod)
            .AllowAnonymous()
            .DisableAntiforgery()
            .ExcludeFromDescription();
    }

    private static async Task<JsonHttpResult<UpdateSlackAnswer>> PostAsync(
        HttpContext context, UpdateSlackService service, ILogger<UpdateSlackService> logger, CancellationToken cancellationToken)
    {
        try
        {
            var body = await RequestBody.ReadAsync(context.Request, UpdateSlackReader.MaxBytes, cancellationToken);
            var reading = body is null ? new UpdateSlackReading(null, UpdateSlackAnswer.TooLarge) : UpdateSlackReader.Read(body);
            if (reading.Request is not { } request)
            {
                return Result(reading.Error!);
            }

            var outcome = await service.UpdateAsync(request, ClientAddress.Of(context), cancellationToken);
            SetRetryAfter(context, outcome.RetryAfter);
            return Result(outcome.Answer);
        }
        catch (BodyRefusedException e)
        {
            SetRetryAfter(context, e.RetryAfter);
            return Result(UpdateSlackAnswer.Unread(e.Status));
        }
        catch (BadHttpRequestException)
        {
            // The client broke off, or its transfer encoding is malformed.
            return Result(UpdateSlackAnswer.NotValidJson);
        }
        catch (ProvisionedException e)
        {
            return Result(UpdateSlackAnswer.Provisioned(e.Message));
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogError(e, "UpdateSlack failed");
            return Result(UpdateSlackAnswer.InternalError);
        }
    }

    private static void SetRetryAfter(HttpContext context, TimeSpan? wait)
    {
        if (wait is { } time)
        {
            context.Response.Headers.RetryAfter = Problems.Seconds(time);
        }
    }

    private static JsonHttpResult<UpdateSlackAnswer> RefuseMethod(HttpContext context)
    {
        context.Response.Headers.Allow = HttpMethods.Post;
        return TypedResults.Json(UpdateSlackAnswer.NotValid("method"), statusCode: StatusCodes.Status405MethodNotAllowed);
    }

    private static JsonHttpResult<UpdateSlackAnswer> Result(UpdateSlackAnswer answer) =>
        TypedResults.Json(answer, statusCode: answer.Status);
}
