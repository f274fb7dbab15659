using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Notify.Admin.Api;

namespace Notify.Admin.Events;

/// <summary><c>POST /api/events</c>: CloudEvents in.</summary>
internal static class EventEndpoints
{
    private static readonly TimeSpan BusyFor = TimeSpan.FromSeconds(2);

    private const string Route = "/api/events";

    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        WebhookHandshake.Map(routes, Route);
        routes.MapPost(Route, PostAsync)
            .RequireAuthorization(ApiPolicies.PostEvents)
            .WithMetadata(new StraightRoute(ApiPolicies.MayPostEvents))
            .DisableAntiforgery()
            .WithName("PostEvents")
            .WithTags("Events")
            .WithSummary("Takes CloudEvents 1.0 in: structured, batch or binary mode.")
            .WithDescription("Answered after the commit. (source, id) is unique: a repeat counts as a duplicate and changes nothing. One bad event refuses the whole batch.")
            .AddOpenApiOperationTransformer(DescribeBodyAsync)
            .Produces<EventsAccepted>(StatusCodes.Status202Accepted)
            .Produces<Problem>(StatusCodes.Status400BadRequest, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status401Unauthorized, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status403Forbidden, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status408RequestTimeout, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status415UnsupportedMediaType, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status429TooManyRequests, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status503ServiceUnavailable, "application/problem+json");
    }

    private static async Task<IResult> PostAsync(HttpRequest request, EventIntake intake, CancellationToken cancellationToken)
    {
        var reading = await ReadAsync(request, cancellationToken);
        if (reading.Status != StatusCodes.Status202Accepted)
        {
            return Refuse(reading);
        }

        var result = await intake.AcceptAsync(reading.Events);
        return result.IsBusy
            ? Problems.Result(StatusCodes.Status503ServiceUnavailable, "store_busy",
                "The store cannot take events now. Send them again: what may have been stored is recognised.", null, BusyFor)
            // Of known length, and so written in one piece with its headers.
            : TypedResults.Text(
                JsonSerializer.SerializeToUtf8Bytes(new EventsAccepted(result.Accepted, result.Duplicates), JsonSerializerOptions.Web),
                "application/json; charset=utf-8", StatusCodes.Status202Accepted);
    }

    // By itself, so that the body's bytes are gone while its events wait to be stored.
    private static async Task<EventReading> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var limit = CloudEventReader.LimitOf(request.ContentType, request.Headers);
        if (await RequestBody.ReadAsync(request, limit, cancellationToken) is not { } body)
        {
            return EventReading.TooLarge($"The body is larger than {limit / (1024 * 1024)} MiB. Send fewer events at once.");
        }

        return CloudEventReader.Read(request.ContentType, request.Headers, body);
    }

    // Described here and not with Accepts: that would make routing refuse other media types, in another shape and before the key is asked
    // for.
    private static Task DescribeBodyAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken)
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "One CloudEvent, a batch (JSON array of at most 1,000), or with ce- headers just its data.",
            Content = CloudEventReader.MediaTypes.ToDictionary(media => media, _ => new OpenApiMediaType()),
        };
        return Task.CompletedTask;
    }

    private static IResult Refuse(EventReading reading) => Problems.Result(
        reading.Status,
        reading.Status switch
        {
            StatusCodes.Status413PayloadTooLarge => "too_large",
            StatusCodes.Status415UnsupportedMediaType => "unsupported_media_type",
            _ => "invalid_event",
        },
        reading.Detail!,
        reading.Problems.Count > 0 ? reading.Problems : null);
}

/// <summary>The answer to accepted events.</summary>
/// <param name="Accepted">How many were new and are now on record.</param>
/// <param name="Duplicates">How many were known by (source, id), also within the request.</param>
public sealed record EventsAccepted(int Accepted, int Duplicates);
