using System.Globalization;
using Notify.Admin.Api;
using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.Deliveries;

/// <summary><c>GET /api/deliveries</c>: the record, for scripts.</summary>
internal static class DeliveryEndpoints
{
    private const int PageSize = 50;

    public static void MapDeliveries(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/deliveries", ListAsync)
            .RequireAuthorization(ApiPolicies.Read)
            .WithName("ListDeliveries")
            .WithTags("Deliveries")
            .WithSummary("What was sent, what waits and what failed, with every attempt.")
            .WithDescription("Newest first, in pages: give nextCursor as cursor for the next. A filter by source alone looks through so many rows at a time, so a page can "
                + "be empty although nextCursor says that there is more.")
            .Produces<DeliveriesAnswer>()
            .Produces<Problem>(StatusCodes.Status400BadRequest, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status401Unauthorized, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status403Forbidden, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status429TooManyRequests, "application/problem+json")
            .Produces<Problem>(StatusCodes.Status503ServiceUnavailable, "application/problem+json");

    private static async Task<IResult> ListAsync(
        [AsParameters] DeliveryQuery query, HttpContext http, DeliveryService deliveries, CancellationToken cancellationToken)
    {
        var (filter, cursor, problems) = query.Read();
        if (problems.Count > 0)
        {
            return Problems.Result(
                StatusCodes.Status400BadRequest, "invalid_query", $"The parameter {problems[0].Field} {problems[0].Reason}.", problems);
        }

        var actor = Actor.From(http.User);
        var page = await deliveries.ListAsync(filter, cursor, PageSize, actor, cancellationToken);
        var attempts = await deliveries.AttemptsAsync([.. page.Rows.Select(row => row.Id)], actor, cancellationToken);
        var names = await deliveries.ChannelNamesAsync(actor, cancellationToken);
        return TypedResults.Ok(new DeliveriesAnswer(
            [.. page.Rows.Select(row => ToAnswer(row, names.Find(row.Channel)?.Name, attempts[row.Id]))],
            page.Cursors.Older?.ToString(CultureInfo.InvariantCulture)));
    }

    private static DeliveryAnswer ToAnswer(DeliveryRow row, string? channelName, IEnumerable<StoryAttempt> attempts) => new(
        row.Id,
        row.ShortId,
        new DeliveryEventAnswer(row.Event.Id, row.Event.Source, row.Event.Type, row.Event.Time, NameOf(row.Event.Severity),
        row.Event.Title),
        new DeliveryChannelAnswer(NameOf(row.Channel.Kind), row.Channel.Id, channelName),
        row.State.ToName(),
        row.HoldReason.ToName(),
        row.Code,
        row.MatchReason,
        row.NextAt,
        row.CreatedAt,
        row.ChangedAt,
        [.. attempts.Select(a => new AttemptAnswer(a.StartedAt, (int)a.Duration.TotalMilliseconds, a.Outcome.ToName(), a.Code, a.Detail))],
        row.MayBeDuplicate,
        row.RepeatOf is { } first ? ShortIds.OfDelivery(first) : null,
        row.InhibitedBy,
        NameOf(row.FollowUp));

    private static string? NameOf(FollowUp followUp) => followUp switch
    {
        FollowUp.NewMessage => null,
        FollowUp.Update => "update",
        FollowUp.Reply => "reply",
    };

    private static string NameOf(Severity severity) => severity switch
    {
        Severity.Critical => "critical",
        Severity.High => "high",
        Severity.Medium => "medium",
        Severity.Low => "low",
        Severity.Informative => "informative",
        Severity.NotStated => "not_stated",
    };

    private static string NameOf(ChannelKind kind) => kind switch
    {
        ChannelKind.Slack => "slack",
        ChannelKind.DingTalk => "dingtalk",
    };
}
