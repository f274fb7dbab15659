using System.Globalization;
using System.Text.Json.Serialization;
using Notify.Admin.Api;
using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.ChannelPages;

/// <param name="From">Of the first one, where it comes every week.</param>
/// <param name="Until">Of the first one, where it comes every week.</param>
/// <param name="WeeklyIn">The zone by whose clocks it comes every week; null for once.</param>
/// <param name="Meanwhile"><c>summary</c> or <c>drop</c>.</param>
/// <param name="RunningUntil">Null while it does not run.</param>
/// <param name="Next">When it begins next; null where it never does again.</param>
/// <param name="Channels">How many have the tag now.</param>
public sealed record MaintenanceAnswer(
    [property: JsonPropertyName("id")] int Id,
    [property: JsonPropertyName("tag")] string Tag,
    [property: JsonPropertyName("from")] DateTimeOffset From,
    [property: JsonPropertyName("until")] DateTimeOffset Until,
    [property: JsonPropertyName("weekly_in")] string? WeeklyIn,
    [property: JsonPropertyName("reason")] string Reason,
    [property: JsonPropertyName("meanwhile")] string Meanwhile,
    [property: JsonPropertyName("let_critical_through")] bool LetCriticalThrough,
    [property: JsonPropertyName("by")] string By,
    [property: JsonPropertyName("running_until")] DateTimeOffset? RunningUntil,
    [property: JsonPropertyName("next")] DateTimeOffset? Next,
    [property: JsonPropertyName("channels")] int Channels)
{
    public static MaintenanceAnswer Of(PlannedMaintenance planned)
    {
        var window = planned.Window;
        return new MaintenanceAnswer(
            window.Id, window.Tag, window.StartsAt, window.EndsAt, window.IsWeekly ? window.WeeklyIn : null, window.Reason,
            window.Outcome == PauseOutcome.Drop ? "drop" : "summary", window.LetCriticalThrough, window.By, planned.Running?.To,
            planned.Next?.From, planned.Channels);
    }
}

public sealed record MaintenancesAnswer([property: JsonPropertyName("maintenance")] IReadOnlyList<MaintenanceAnswer> Maintenance);

/// <param name="From">Null for now.</param>
/// <param name="Meanwhile"><c>summary</c>, which it is by itself, or <c>drop</c>.</param>
public sealed record MaintenanceBody(
    [property: JsonPropertyName("tag")] string? Tag,
    [property: JsonPropertyName("from")] DateTimeOffset? From,
    [property: JsonPropertyName("until")] DateTimeOffset? Until,
    [property: JsonPropertyName("weekly_in")] string? WeeklyIn,
    [property: JsonPropertyName("reason")] string? Reason,
    [property: JsonPropertyName("meanwhile")] string? Meanwhile,
    [property: JsonPropertyName("let_critical_through")] bool? LetCriticalThrough);

/// <summary><c>/api/maintenance</c>: for whatever deploys, and wants quiet meanwhile.</summary>
internal static class MaintenanceEndpoints
{
    private const string Route = "/api/maintenance";
    private const string ProblemType = "application/problem+json";
    private const string IfMatch = "With `If-Match` and the `ETag` that you have read, it is refused (412) where somebody else has changed it since.";

    public static void MapMaintenance(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Route).RequireAuthorization(ApiPolicies.Read).DisableAntiforgery().WithTags("Maintenance")
            .ProducesProblem(ProblemType);
        group.MapGet("", ListAsync).WithName("ListMaintenance").WithSummary("Maintenance that runs, then what is planned.")
            .Produces<MaintenancesAnswer>();
        group.MapGet("/{id:int}", FindAsync).WithName("GetMaintenance").WithSummary("One of them, with its ETag.")
            .Produces<MaintenanceAnswer>().Produces<Problem>(StatusCodes.Status404NotFound, ProblemType).AnswersETag();
        group.MapPost("", AddAsync).WithName("PlanMaintenance")
            .WithSummary("Silences the channels with a tag, from now or later. Admin or Operator.")
            .Accepts<MaintenanceBody>("application/json", "*/*").Produces<MaintenanceAnswer>(StatusCodes.Status201Created)
            .AnswersETag()
            .Produces<Problem>(StatusCodes.Status400BadRequest, ProblemType)
            .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, ProblemType);
        group.MapPut("/{id:int}", ChangeAsync).WithName("ChangeMaintenance").WithSummary("Changes one as a whole. Admin or Operator.")
            .WithDescription(IfMatch).TakesIfMatch(isRequired: false)
            .Accepts<MaintenanceBody>("application/json", "*/*").Produces<MaintenanceAnswer>().AnswersETag()
            .Produces<Problem>(StatusCodes.Status400BadRequest, ProblemType)
            .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, ProblemType)
            .Produces<Problem>(StatusCodes.Status404NotFound, ProblemType)
            .Produces<Problem>(StatusCodes.Status412PreconditionFailed, ProblemType);
        group.MapDelete("/{id:int}", EndAsync).WithName("EndMaintenance")
            .WithSummary("Ends one that runs, or takes back one to come. Admin or Operator.")
            .WithDescription(IfMatch).TakesIfMatch(isRequired: false).Produces(StatusCodes.Status204NoContent)
            .Produces<Problem>(StatusCodes.Status404NotFound, ProblemType)
            .Produces<Problem>(StatusCodes.Status412PreconditionFailed, ProblemType);
    }

    private static async Task<IResult> ListAsync(HttpContext http, MaintenanceService maintenance, CancellationToken cancellationToken) =>
        TypedResults.Ok(new MaintenancesAnswer(
            [.. (await maintenance.ListAsync(Actor.From(http.User), cancellationToken)).Select(MaintenanceAnswer.Of)]));

    private static async Task<IResult> FindAsync(
        int id, HttpContext http, MaintenanceService maintenance, CancellationToken cancellationToken) =>
        (await maintenance.ListAsync(Actor.From(http.User), cancellationToken)).FirstOrDefault(one => one.Window.Id == id) is { } planned
            ? Answer(http, planned) : NotFound(id);

    private static Task<IResult> AddAsync(HttpContext http, MaintenanceService maintenance, CancellationToken cancellationToken) =>
        SaveAsync(http, maintenance, null, cancellationToken);

    private static Task<IResult> ChangeAsync(
        int id, HttpContext http, MaintenanceService maintenance, CancellationToken cancellationToken) =>
        SaveAsync(http, maintenance, id, cancellationToken);

    private static async Task<IResult> EndAsync(
        int id, HttpContext http, MaintenanceService maintenance, CancellationToken cancellationToken)
    {
        var ended = await maintenance.EndAsync(id, Actor.From(http.User), cancellationToken, StateIn(http.Request));
        return ended.IsOutdated ? EntityTag.Outdated() : ended.Id is null ? NotFound(id) : TypedResults.NoContent();
    }

    private static async Task<IResult> SaveAsync(
        HttpContext http, MaintenanceService maintenance, int? id, CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Operate);
        var (request, refusal) = await JsonBody.ReadAsync(http.Request, Read, cancellationToken);
        if (request is null)
        {
            return refusal!;
        }

        var saved = id is { } known ? await maintenance.ChangeAsync(known, request, actor, cancellationToken, StateIn(http.Request))
            : await maintenance.AddAsync(request, actor, cancellationToken);
        if (saved.Refusals.Count > 0)
        {
            return JsonBody.Refuse([.. saved.Refusals.Select(refused => new FieldProblem(null, NameOf(refused.Field), RuleOf(refused)))]);
        }

        if (saved.IsOutdated)
        {
            return EntityTag.Outdated();
        }

        var planned = (await maintenance.ListAsync(actor, cancellationToken)).FirstOrDefault(one => one.Window.Id == saved.Id);
        return planned is null ? NotFound(id ?? 0) : Answer(http, planned, isNew: id is null);
    }

    private static IResult Answer(HttpContext http, PlannedMaintenance planned, bool isNew = false)
    {
        EntityTag.Write(http, MaintenanceService.StateOf(planned.Window));
        return isNew ? TypedResults.Created($"{Route}/{planned.Window.Id}", MaintenanceAnswer.Of(planned))
            : TypedResults.Ok(MaintenanceAnswer.Of(planned));
    }

    private static string? StateIn(HttpRequest request) => EntityTag.Read(request) is { } tag and not EntityTag.Any ? tag : null;

    private static MaintenanceRequest Read(BodyFields fields)
    {
        var meanwhile = fields.Text("meanwhile");
        if (meanwhile is not (null or "summary" or "drop"))
        {
            fields.Refuse("meanwhile", "must be summary or drop");
        }

        return new MaintenanceRequest(
            fields.Text("tag") ?? "", Moment(fields, "from"), Moment(fields, "until"), fields.Text("weekly_in") ?? "",
            fields.Text("reason") ?? "", meanwhile == "drop" ? PauseOutcome.Drop : PauseOutcome.Summary,
            fields.Flag("let_critical_through") == true);
    }

    // Without an offset nobody could say which moment is meant.
    private static DateTimeOffset? Moment(BodyFields fields, string name)
    {
        if (fields.Text(name) is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) && text.AsSpan(10).IndexOfAny('Z', '+', '-') > 0)
        {
            return moment;
        }

        fields.Refuse(name, "is not a moment such as 2026-11-29T22:00:00+08:00");
        return null;
    }

    private static string NameOf(string field) => field == nameof(MaintenanceRequest.WeeklyIn) ? "weekly_in"
        : field.ToLowerInvariant();

    private static string RuleOf(FieldRefusal refused) => refused.TextKey switch
    {
        "Tag.Bad" => $"must be letters, digits, - _ : or ., {ChannelTags.MostLength} at most",
        "Tag.TooMany" => $"cannot have more: there are {MaintenanceService.Most}",
        "From.TooFar" => "must be within two years",
        "Until.Missing" => "is required",
        "Until.BeforeFrom" => "must be after from",
        "Until.Past" => "must be still to come",
        "Until.TooLong" => "must be at most a year after from",
        "Until.TooLongForAWeek" => $"must be at most {MaintenanceRequest.LongestOfAWeek.Days} days after from",
        "WeeklyIn.Unknown" => "must be a time zone such as Europe/Berlin",
        _ => $"must be one line of 1 to {Pause.MaxReasonLength} characters",
    };

    private static IResult NotFound(int id) =>
        Problems.Result(StatusCodes.Status404NotFound, "not_found", $"There is no maintenance {id}.");
}
