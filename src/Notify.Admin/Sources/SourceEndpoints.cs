using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Notify.Admin.Api;
using Notify.Admin.Security;

namespace Notify.Admin.Sources;

/// <summary><c>/api/sources</c>: sources for scripts; and where their tools post.</summary>
internal static class SourceEndpoints
{
    private const string Route = "/api/sources";
    private const string ProblemType = "application/problem+json";
    private const string PatchType = "application/merge-patch+json";

    public static void MapSources(this IEndpointRouteBuilder routes)
    {
        SourceIntakeEndpoints.Map(routes);
        RobotEndpoints.Map(routes);
        var group = routes.MapGroup(Route).RequireAuthorization(ApiPolicies.Read).DisableAntiforgery().WithTags("Sources")
            .ProducesProblem(ProblemType);
        group.MapGet("", ListAsync).WithName("ListSources").WithSummary("Every source, by name; by part of it.").Produces<SourcesAnswer>();
        group.MapPost("", CreateAsync).WithName("CreateSource").WithSummary("Makes a source. The answer alone has its whole address.")
            .WithDescription("Admin. channels get every event of it; without them, rules decide. auth is what the sender shows besides the key in the address.")
            .Accepts<SourceBody>("application/json", "*/*").Produces<SourceAnswer>(StatusCodes.Status201Created)
            .Produces<Problem>(StatusCodes.Status400BadRequest, ProblemType)
            .WithExample("""{ "name": "Prometheus", "kind": "alertmanager", "auth": "bearer", "secret": "a-token-of-your-own", "per_minute": 120 }""")
            .AnswersETag();
        group.MapGet("/{id:int}", FindAsync).WithName("GetSource").WithSummary("One source, with its ETag.").Produces<SourceAnswer>()
            .Produces<Problem>(StatusCodes.Status404NotFound, ProblemType).AnswersETag();
        group.MapPatch("/{id:int}", ChangeAsync).WithName("ChangeSource").WithSummary("Changes a source; what is left out stays. Admin.")
            .WithDescription($"With If-Match, the ETag that was read, the answer is 412 where somebody has changed it since. As {PatchType} (RFC 7396) null sets a key back to what a new source has; as JSON it is left out.")
            .Accepts<SourceBody>("application/json", PatchType, "*/*").Produces<SourceAnswer>()
            .WithExample("""{ "per_minute": 60, "is_on": false }""")
            .WithExample("""{ "per_minute": null, "allowed_addresses": ["10.0.0.0/8"] }""", PatchType)
            .TakesIfMatch(isRequired: false).AnswersETag()
            .Produces<Problem>(StatusCodes.Status412PreconditionFailed, ProblemType)
            .Produces<Problem>(StatusCodes.Status400BadRequest, ProblemType)
            .Produces<Problem>(StatusCodes.Status404NotFound, ProblemType);
        group.MapDelete("/{id:int}", DeleteAsync).WithName("DeleteSource").WithSummary("Deletes a source; its events stay. Admin.")
            .WithDescription("If-Match as for a change.").TakesIfMatch(isRequired: false)
            .Produces(StatusCodes.Status204NoContent).Produces<Problem>(StatusCodes.Status404NotFound, ProblemType)
            .Produces<Problem>(StatusCodes.Status412PreconditionFailed, ProblemType);
        group.MapPost("/{id:int}/rotate", RotateAsync).WithName("RotateSource")
            .WithSummary("Gives it a new address; the old one stays good for a day, or as long as asked for. Admin.")
            .WithDescription("One old address is good beside the new one: where the one before it still was, it ends at once, "
                + "also within its time.")
            .Accepts<RotateBody>("application/json", "*/*").Produces<SourceAnswer>()
            .Produces<Problem>(StatusCodes.Status400BadRequest, ProblemType)
            .Produces<Problem>(StatusCodes.Status404NotFound, ProblemType);
        group.MapGet("/{id:int}/payloads", PayloadsAsync).WithName("ListSourcePayloads")
            .WithSummary("Its last 20 payloads, newest first, without secrets. Admin.").Produces<PayloadsAnswer>()
            .Produces<Problem>(StatusCodes.Status404NotFound, ProblemType);
        group.MapGet("/{id:int}/mappings", MappingsAsync).WithName("ListSourceMappings")
            .WithSummary("The mappings it was saved with, newest first: the first is what it has now. Admin.")
            .WithDescription($"The newest {MappingVersion.MostKept}. To go back to one, change the source with its mapping.")
            .Produces<MappingVersionsAnswer>().Produces<Problem>(StatusCodes.Status404NotFound, ProblemType);
        group.MapGet("/{id:int}/polls", PollsAsync).WithName("ListSourcePolls")
            .WithSummary("How the reading of an account stands, by type of alert; empty for other kinds.").Produces<PollsAnswer>()
            .Produces<Problem>(StatusCodes.Status404NotFound, ProblemType);
        group.MapPost("/{id:int}/poll", PollAsync).WithName("PollSource")
            .WithSummary("Reads an account as soon as may be, also one that is paused because it was refused. Admin or Operator.")
            .Produces(StatusCodes.Status202Accepted).Produces<Problem>(StatusCodes.Status404NotFound, ProblemType);
        group.MapPost("/{id:int}/map-again", MapAgainAsync).WithName("MapSourceAgain")
            .WithSummary($"Maps payloads again that could not be mapped, {MapAgainService.BatchSize} at most a call. Admin or Operator.")
            .WithDescription("What they become goes to channels like any event, once however often this is called. Call it with next as cursor until next is null.")
            .Accepts<MapAgainBody>("application/json", "*/*").Produces<MapAgainAnswer>()
            .Produces<Problem>(StatusCodes.Status400BadRequest, ProblemType)
            .Produces<Problem>(StatusCodes.Status404NotFound, ProblemType)
            .Produces<Problem>(StatusCodes.Status503ServiceUnavailable, ProblemType);
    }

    private static async Task<IResult> PollsAsync(int id, HttpContext http, SourceService sources, SourcePollService polls,
        CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        return await sources.FindAsync(id, actor, cancellationToken) is null ? NotFound(id)
            : TypedResults.Ok(new PollsAnswer([.. (await polls.ListAsync(id, actor, cancellationToken)).Select(PollAnswer.Of)]));
    }

    private static async Task<IResult> PollAsync(int id, HttpContext http, SourcePollService polls, CancellationToken cancellationToken) =>
        await polls.PollNowAsync(id, Actor.From(http.User), cancellationToken) ? TypedResults.Accepted((string?)null) : NotFound(id);

    private static async Task<IResult> MapAgainAsync(int id, HttpContext http, MapAgainService again, CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Operate);
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, MapAgainBody.Read, cancellationToken, mayBeEmpty: true);
        if (body is null)
        {
            return refusal!;
        }

        return await again.MapNextAsync(id, body.After, actor, cancellationToken) is not { } batch ? NotFound(id)
            : batch is { IsBusy: true, Mapped: 0 } ? Problems.Result(SourceRefusal.StoreBusy.Status, SourceRefusal.StoreBusy.Code,
                "The store cannot take events now. Ask again: nothing has been mapped.", retryAfter: SourceRefusal.StoreBusy.RetryAfter)
            : TypedResults.Ok(MapAgainAnswer.Of(batch, await again.CountOfAsync(id, actor, cancellationToken)));
    }

    private static async Task<IResult> ListAsync(string? name, HttpContext http, SourceService sources, CancellationToken cancellationToken)
    {
        var origin = OriginOf(http.Request);
        return TypedResults.Ok(new SourcesAnswer([.. (await sources.ListAsync(Actor.From(http.User), cancellationToken))
            .Where(source => string.IsNullOrEmpty(name) || source.Name.Contains(name, StringComparison.OrdinalIgnoreCase))
            .Select(source => SourceAnswer.Of(source, origin))]));
    }

    private static async Task<IResult> CreateAsync(HttpContext http, SourceService sources, CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Edit);
        var (draft, refusal) = await JsonBody.ReadAsync(http.Request, SourceBodies.ReadDraft, cancellationToken, mayBeEmpty: true);
        if (draft is null)
        {
            return refusal!;
        }

        var made = await sources.CreateAsync(draft, actor, cancellationToken);
        if (made.Source is not { } source)
        {
            return JsonBody.Refuse(made.Problems);
        }

        WriteTag(http, source);
        return TypedResults.Created($"{Route}/{source.Id}", SourceAnswer.Of(source, OriginOf(http.Request), made.Key));
    }

    private static async Task<IResult> FindAsync(int id, HttpContext http, SourceService sources, CancellationToken cancellationToken) =>
        await sources.FindAsync(id, Actor.From(http.User), cancellationToken) is { } source ? Answer(http, source) : NotFound(id);

    private static async Task<IResult> ChangeAsync(int id, HttpContext http, SourceService sources, CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Edit);
        var isPatch = http.Request.ContentType?.StartsWith(PatchType, StringComparison.OrdinalIgnoreCase) == true;
        var (draft, refusal) = await JsonBody.ReadAsync(
            http.Request, fields => isPatch ? SourceBodies.ReadPatch(fields) : SourceBodies.ReadDraft(fields), cancellationToken,
            mayBeEmpty: true);
        if (draft is null)
        {
            return refusal!;
        }

        var change = await sources.ChangeAsync(id, draft, actor, cancellationToken, VersionOf(http.Request));
        return change.Problems.Count > 0 ? JsonBody.Refuse(change.Problems)
            : change.IsOutdated ? EntityTag.Outdated()
            : change.Source is { } source ? Answer(http, source) : NotFound(id);
    }

    private static async Task<IResult> DeleteAsync(int id, HttpContext http, SourceService sources, CancellationToken cancellationToken) =>
        await sources.DeleteAsync(id, Actor.From(http.User), cancellationToken, VersionOf(http.Request)) switch
        {
            SourceDeletion.Done => TypedResults.NoContent(),
            SourceDeletion.Outdated => EntityTag.Outdated(),
            SourceDeletion.Gone => NotFound(id),
        };

    // Null for any. What is no number is the version of no state.
    private static int? VersionOf(HttpRequest request) => EntityTag.Read(request) is not { } tag || tag == EntityTag.Any ? null
        : int.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : -1;

    private static async Task<IResult> RotateAsync(int id, HttpContext http, SourceService sources, CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Edit);
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, SourceBodies.ReadRotate, cancellationToken, mayBeEmpty: true);
        if (body is null)
        {
            return refusal!;
        }

        var grace = body.GraceSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        return await sources.RotateAsync(id, grace, actor, cancellationToken) is { Source: { } source, Key: { } key }
            ? TypedResults.Ok(SourceAnswer.Of(source, OriginOf(http.Request), key)) : NotFound(id);
    }

    private static async Task<IResult> PayloadsAsync(int id, HttpContext http, SourceService sources, CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        var payloads = await sources.PayloadsAsync(id, actor, cancellationToken);
        return await sources.FindAsync(id, actor, cancellationToken) is null ? NotFound(id)
            : TypedResults.Ok(new PayloadsAnswer([.. payloads.Select(PayloadAnswer.Of)]));
    }

    private static async Task<IResult> MappingsAsync(int id, HttpContext http, SourceService sources, MappingVersionService versions,
        CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        var saved = await versions.ListAsync(id, actor, cancellationToken);
        return await sources.FindAsync(id, actor, cancellationToken) is not { } source ? NotFound(id)
            : TypedResults.Ok(new MappingVersionsAnswer([.. saved.Select(version => MappingVersionAnswer.Of(version, source.Kind))]));
    }

    private static Ok<SourceAnswer> Answer(HttpContext http, Source source)
    {
        WriteTag(http, source);
        return TypedResults.Ok(SourceAnswer.Of(source, OriginOf(http.Request)));
    }

    private static void WriteTag(HttpContext http, Source source) =>
        EntityTag.Write(http, source.Version.ToString(CultureInfo.InvariantCulture));

    private static string OriginOf(HttpRequest request) => $"{request.Scheme}://{request.Host}{request.PathBase}";

    private static IResult NotFound(int id) =>
        Problems.Result(StatusCodes.Status404NotFound, "not_found", $"There is no source with the id {id}.");
}
