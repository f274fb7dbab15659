using Notify.Admin.Api;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary><c>/api/slack-workspaces</c>: connections to Slack, for scripts. No token is ever answered.</summary>
internal static class SlackWorkspaceEndpoints
{
    private const string Route = "/api/slack-workspaces";
    private const string ProblemType = "application/problem+json";

    public static void MapSlackWorkspaces(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Route).RequireAuthorization(ApiPolicies.Read).DisableAntiforgery().WithTags("Slack workspaces");
        Describe(group.MapGet("", ListAsync), "ListSlackWorkspaces", "All connections to Slack workspaces, by name.")
            .Produces<SlackWorkspacesAnswer>();
        Describe(group.MapPost("", AddAsync), "AddSlackWorkspace", "Adds a connection.")
            .WithDescription("The bot token and, where they are given, the app configuration token and its refresh token are checked by auth.test first; nothing is stored "
                + "unless Slack accepts them. The refresh token works once: from now on only this product may use it.")
            .Accepts<SlackWorkspaceBody>("application/json", "*/*")
            .Produces<SlackWorkspaceAnswer>(StatusCodes.Status201Created)
            .Produces<Problem>(StatusCodes.Status400BadRequest, ProblemType)
            .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, ProblemType)
            .Produces<Problem>(StatusCodes.Status422UnprocessableEntity, ProblemType)
            .Produces<Problem>(StatusCodes.Status502BadGateway, ProblemType);
        Describe(group.MapGet("/{id:int}", FindAsync), "GetSlackWorkspace", "One connection.")
            .Produces<SlackWorkspaceAnswer>().Produces<Problem>(StatusCodes.Status404NotFound, ProblemType);
        Describe(group.MapPatch("/{id:int}", ChangeAsync), "ChangeSlackWorkspace", "Changes a connection.")
            .WithDescription("An omitted field keeps its value. A config_token that is null removes the app configuration token and its refresh token, "
                + "an app_token that is null the app-level token.")
            .Accepts<SlackWorkspaceBody>("application/json", "*/*")
            .Produces<SlackWorkspaceAnswer>()
            .Produces<Problem>(StatusCodes.Status400BadRequest, ProblemType)
            .Produces<Problem>(StatusCodes.Status404NotFound, ProblemType)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemType)
            .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, ProblemType)
            .Produces<Problem>(StatusCodes.Status422UnprocessableEntity, ProblemType)
            .Produces<Problem>(StatusCodes.Status502BadGateway, ProblemType);
        Describe(group.MapPost("/{id:int}/check", CheckAsync), "CheckSlackWorkspace",
            "Asks Slack again who the bot token is and what it may do.")
            .Produces<SlackWorkspaceAnswer>().Produces<Problem>(StatusCodes.Status404NotFound, ProblemType);
        Describe(group.MapPost("/{id:int}/renew", RenewAsync), "RenewSlackConfigToken",
            "Renews the app configuration token now; config_token says what came of it.")
            .Produces<SlackWorkspaceAnswer>().Produces<Problem>(StatusCodes.Status404NotFound, ProblemType);
        WorkspacePeopleEndpoints.Map(group, Describe);
        Describe(group.MapDelete("/{id:int}", DeleteAsync), "DeleteSlackWorkspace", "Deletes a connection that nothing uses.")
            .Produces(StatusCodes.Status204NoContent)
            .Produces<Problem>(StatusCodes.Status404NotFound, ProblemType)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemType);
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name, string summary) => route
        .WithName(name)
        .WithSummary(summary)
        .Produces<Problem>(StatusCodes.Status401Unauthorized, ProblemType)
        .Produces<Problem>(StatusCodes.Status403Forbidden, ProblemType)
        .Produces<Problem>(StatusCodes.Status429TooManyRequests, ProblemType)
        .Produces<Problem>(StatusCodes.Status503ServiceUnavailable, ProblemType);

    private static async Task<IResult> ListAsync(HttpContext http, SlackWorkspaceService workspaces, CancellationToken cancellationToken) =>
        TypedResults.Ok(new SlackWorkspacesAnswer(
            [.. (await workspaces.ListAsync(Actor.From(http.User), cancellationToken))
            .Select(item => SlackWorkspaceAnswer.Of(item.Workspace))]));

    private static async Task<IResult> FindAsync(int id, HttpContext http, SlackWorkspaceService workspaces,
        CancellationToken cancellationToken) =>
        await workspaces.FindAsync(id, Actor.From(http.User), cancellationToken) is { } found
            ? TypedResults.Ok(SlackWorkspaceAnswer.Of(found)) : NotFound(id);

    private static async Task<IResult> AddAsync(HttpContext http, SlackWorkspaceService workspaces, CancellationToken cancellationToken)
    {
        // Who may not add learns nothing from what is wrong with the body.
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Edit);
        var reading = await SlackWorkspaceBodyReader.ReadAsync(http.Request, cancellationToken);
        if (reading.Refusal is { } refusal)
        {
            return refusal;
        }

        var result = await workspaces.SaveAsync(null, reading.ToModel(""), actor, cancellationToken);
        return result is Saved<SlackWorkspaceView> { Stored: var added }
            ? TypedResults.Created($"{Route}/{added.Id}", SlackWorkspaceAnswer.Of(added))
            : Refuse(result, 0);
    }

    private static async Task<IResult> ChangeAsync(int id, HttpContext http, SlackWorkspaceService workspaces,
        CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Edit);
        var reading = await SlackWorkspaceBodyReader.ReadAsync(http.Request, cancellationToken);
        if (reading.Refusal is { } refusal)
        {
            return refusal;
        }

        if (await workspaces.FindAsync(id, actor, cancellationToken) is not { } stored)
        {
            return NotFound(id);
        }

        var result = await workspaces.SaveAsync(stored, reading.ToModel(stored.Name), actor, cancellationToken);
        if (result is not Saved<SlackWorkspaceView> { Stored: var saved })
        {
            return Refuse(result, id);
        }

        var left = reading.RemovesPair ? await workspaces.RemovePairAsync(id, actor, cancellationToken) : saved;
        left = reading.RemovesAppToken ? await workspaces.RemoveAppTokenAsync(id, actor, cancellationToken) : left;
        return left is not null
            ? TypedResults.Ok(SlackWorkspaceAnswer.Of(left))
            : NotFound(id);
    }

    private static async Task<IResult> DeleteAsync(int id, HttpContext http, SlackWorkspaceService workspaces,
        CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Edit);
        if (await workspaces.FindAsync(id, actor, cancellationToken) is null)
        {
            return NotFound(id);
        }

        var uses = await workspaces.DeleteAsync(id, actor, cancellationToken);
        return uses.Count == 0
            ? TypedResults.NoContent()
            : Problems.Result(
                StatusCodes.Status409Conflict,
                "in_use",
                $"The workspace is in use: {string.Join(", ", uses.Take(20).Select(use => use.Name))}. Give these another workspace or delete them first.");
    }

    private static async Task<IResult> CheckAsync(int id, HttpContext http, SlackWorkspaceService workspaces,
        CancellationToken cancellationToken) =>
        await workspaces.CheckAsync(id, Actor.From(http.User), cancellationToken) is { } seen
            ? TypedResults.Ok(SlackWorkspaceAnswer.Of(seen)) : NotFound(id);

    private static async Task<IResult> RenewAsync(int id, HttpContext http, SlackWorkspaceService workspaces,
        CancellationToken cancellationToken) =>
        await workspaces.RenewAsync(id, Actor.From(http.User), cancellationToken) is { } seen
            ? TypedResults.Ok(SlackWorkspaceAnswer.Of(seen)) : NotFound(id);

    internal static IResult NotFound(int id) =>
        Problems.Result(StatusCodes.Status404NotFound, "not_found", $"There is no Slack workspace with the id {id}.");

    private static IResult Refuse(SaveResult<SlackWorkspaceView> result, int id) => result switch
    {
        Invalid<SlackWorkspaceView> invalid => SlackWorkspaceBodyReader.Refuse(
            [.. invalid.Refusals.Select(refusal =>
            new FieldProblem(null, SlackWorkspaceBody.NameOf(refusal.Field), SlackWorkspaceBody.RuleOf(refusal.TextKey)))]),
        Refused<SlackWorkspaceView> { Refusal: var refusal } => Refuse(refusal),
        Conflict<SlackWorkspaceView> => Problems.Result(
            StatusCodes.Status409Conflict, "conflict",
            "Somebody else has changed the workspace at this moment. Read it and send the change again."),
        _ => NotFound(id),
    };

    private static IResult Refuse(VendorRefusal refusal)
    {
        var field = SlackWorkspaceBody.NameOf(refusal.Field);
        var because = refusal.Detail is null ? "" : $" ({refusal.Detail})";
        return refusal.Passes
            ? Problems.Result(
                SlackErrors.StatusOf(refusal.Code), refusal.Code,
                $"Slack could not be asked about {field}: {refusal.Code}{because}. Nothing was stored; try again.", null,
                refusal.RetryAfter)
            : Problems.Result(
                StatusCodes.Status422UnprocessableEntity,
                refusal.Code,
                refusal.Code == TokenCheck.OtherWorkspace
                    ? $"The {field} belongs to another Slack workspace than the bot_token{because}."
                    : $"Slack refused the {field}: {refusal.Code}{because}.",
                [new FieldProblem(null, field, $"is refused by Slack: {refusal.Code}")]);
    }
}
