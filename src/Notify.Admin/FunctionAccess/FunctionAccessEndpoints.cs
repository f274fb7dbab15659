using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using Notify.Admin.Api;
using Notify.Admin.Security;

namespace Notify.Admin.FunctionAccess;

/// <summary><c>/api/function-access</c>: access lists of Slack functions, for scripts.</summary>
internal static class FunctionAccessEndpoints
{
    public const string ProblemType = "application/problem+json";

    // Most HTTP clients give up after 100 s; what takes longer goes on by itself.
    public static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(90);

    private const string Route = "/api/function-access";
    private const int HistoryPage = 50;

    public static void MapFunctionAccess(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Route).RequireAuthorization(ApiPolicies.Read).DisableAntiforgery().WithTags("Function access");
        Describe(group.MapGet("", ListAsync), "ListFunctionAccess", "The managed functions, by name, with how many may use each.")
            .Produces<FunctionItemsAnswer>();
        Describe(group.MapPost("", AddAsync), "AddFunctionAccess", "Adds a function to the list.")
            .WithDescription("Name it by function_id, or by function_callback_id and function_app_id. Its list is read at Slack and becomes the wanted one; nothing is changed there.")
            .Accepts<AddFunctionBody>("application/json", "*/*").Produces<FunctionAnswer>(StatusCodes.Status201Created)
            .Produces<Problem>(StatusCodes.Status400BadRequest, ProblemType).Produces<Problem>(StatusCodes.Status409Conflict, ProblemType)
            .Produces<Problem>(StatusCodes.Status422UnprocessableEntity, ProblemType)
            .Produces<Problem>(StatusCodes.Status502BadGateway, ProblemType);
        One(Describe(group.MapGet("/{id:int}", FindAsync), "GetFunctionAccess", "One function: what Slack has and what is wanted.")
            .WithDescription("Answers the last reading; refresh=true reads (Operator or Admin). Where Slack refuses, now is null and error says why.")).Produces<FunctionAnswer>();
        One(Describe(group.MapPatch("/{id:int}", RenameAsync), "RenameFunctionAccess",
            "Calls a function something else here. Slack is not touched."))
            .Accepts<RenameBody>("application/json", "*/*").Produces<FunctionAnswer>()
                .Produces<Problem>(StatusCodes.Status400BadRequest, ProblemType);
        One(Describe(group.MapDelete("/{id:int}", RemoveAsync), "RemoveFunctionAccess",
            "Takes a function off the list. Slack is not touched."))
            .Produces(StatusCodes.Status204NoContent);
        One(Describe(group.MapPost("/{id:int}/plan", PlanAsync), "PlanFunctionAccess",
            "Who would gain and lose access, and the calls. Changes nothing."))
            .WithDescription("Reads Slack first. An omitted list is empty. The basis, given to apply, makes sure that Slack still has what was planned for.")
            .Accepts<WishBody>("application/json", "*/*").Produces<PlanAnswer>()
            .Produces<Problem>(StatusCodes.Status400BadRequest, ProblemType)
            .Produces<Problem>(StatusCodes.Status422UnprocessableEntity, ProblemType)
            .Produces<Problem>(StatusCodes.Status502BadGateway, ProblemType);
        One(Describe(group.MapPost("/{id:int}/apply", ApplyAsync), "ApplyFunctionAccess",
            "Makes the list at Slack the given one, and reads it back."))
            .WithDescription("Goes on when the request is broken off. 202 after 90 seconds: ask the function or its history how it ended. After 409 nothing was overwritten; "
                + "422 is Slack's refusal of what was asked, with its code; after 502 or 504 apply again to finish what remains.")
            .Accepts<WishBody>("application/json", "*/*").Produces<ApplyAnswer>().Produces<ApplyAnswer>(StatusCodes.Status202Accepted)
            .Produces<Problem>(StatusCodes.Status400BadRequest, ProblemType)
            .Produces<ApplyProblem>(StatusCodes.Status409Conflict, ProblemType)
            .Produces<ApplyProblem>(StatusCodes.Status422UnprocessableEntity, ProblemType)
            .Produces<ApplyProblem>(StatusCodes.Status502BadGateway, ProblemType);
        One(Describe(group.MapGet("/{id:int}/history", HistoryAsync), "ListFunctionAccessHistory",
            "What was changed, by whom, with before and after; newest first."))
            .Produces<HistoriesAnswer>();
        One(Describe(group.MapPost("/{id:int}/check", CheckOneAsync), "CheckFunctionAccess",
            "Reads the list at Slack and says whether it drifted.")).Produces<FunctionAnswer>();
        One(Describe(group.MapPost("/{id:int}/accept", AcceptAsync), "AcceptFunctionAccess",
            "Wants what Slack has, as last read. Nothing is changed there."))
            .Produces<FunctionAnswer>().Produces<Problem>(StatusCodes.Status409Conflict, ProblemType);
        Describe(group.MapPost("/check", CheckAllAsync), "CheckAllFunctionAccess",
            "Has every list checked for drift, at the pace Slack allows.")
            .Produces<CheckAnswer>(StatusCodes.Status202Accepted);
        BulkAccessEndpoints.Map(group);
        AccessFileEndpoints.Map(group);
        AccessFileEndpoints.MapDownload(routes);
    }

    public static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name, string summary) => route
        .WithName(name)
        .WithSummary(summary)
        .Produces<Problem>(StatusCodes.Status401Unauthorized, ProblemType)
        .Produces<Problem>(StatusCodes.Status403Forbidden, ProblemType)
        .Produces<Problem>(StatusCodes.Status429TooManyRequests, ProblemType)
        .Produces<Problem>(StatusCodes.Status503ServiceUnavailable, ProblemType);

    private static RouteHandlerBuilder One(RouteHandlerBuilder route) =>
        route.Produces<Problem>(StatusCodes.Status404NotFound, ProblemType);

    private static async Task<IResult> ListAsync(HttpContext http, FunctionAccessService functions, CancellationToken cancellationToken) =>
        TypedResults.Ok(new FunctionItemsAnswer([.. (await functions.ListAsync(Actor.From(http.User), cancellationToken))
            .Select(FunctionItemAnswer.Of)]));

    private static async Task<IResult> AddAsync(
        HttpContext http, FunctionAccessService functions, IStringLocalizer<AccessText> texts, CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Edit);
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, FunctionAccessBodies.ReadAdd, cancellationToken);
        if (body is null)
        {
            return refusal!;
        }

        if (FunctionName.Read(body.FunctionId, body.CallbackId, body.AppId, out var name) is { } wrong)
        {
            return JsonBody.Refuse(wrong.Field, wrong.Rule);
        }

        return await functions.AddAsync(body.WorkspaceId!.Value, body.Name!, name!, actor, cancellationToken) switch
        {
            FunctionAddResult.Added { Function: var added } => TypedResults.Created($"{Route}/{added.Id}", FunctionAnswer.Of(added)),
            FunctionAddResult.NoWorkspace => JsonBody.Refuse("workspace_id", "names no Slack workspace"),
            FunctionAddResult.Taken =>
                Problems.Result(StatusCodes.Status409Conflict, "already_managed", "This workspace's function is on the list already."),
            FunctionAddResult.Refused refused => RefuseSlack(texts, refused.Code, refused.Detail),
            _ => throw new InvalidOperationException("An outcome without an answer."),
        };
    }

    private static async Task<IResult> FindAsync(int id, string? refresh, HttpContext http, FunctionAccessService functions,
        CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        var reads = false;
        if (refresh is not null && !bool.TryParse(refresh, out reads))
        {
            return JsonBody.Refuse("refresh", "must be true or false");
        }

        var found = reads ? await functions.RefreshAsync(id, actor, cancellationToken)
            : await functions.FindAsync(id, actor, cancellationToken);
        return found is null ? NotFound(id) : TypedResults.Ok(FunctionAnswer.Of(found));
    }

    private static async Task<IResult> RenameAsync(int id, HttpContext http, FunctionAccessService functions,
        CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Edit);
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, FunctionAccessBodies.ReadRename, cancellationToken);
        return body is null ? refusal!
            : await functions.RenameAsync(id, body.Name!, actor, cancellationToken)
                && await functions.FindAsync(id, actor, cancellationToken) is { } renamed
                ? TypedResults.Ok(FunctionAnswer.Of(renamed))
                : NotFound(id);
    }

    private static async Task<IResult> RemoveAsync(int id, HttpContext http, FunctionAccessService functions,
        CancellationToken cancellationToken) =>
        await functions.RemoveAsync(id, Actor.From(http.User), cancellationToken) ? TypedResults.NoContent() : NotFound(id);

    private static async Task<IResult> PlanAsync(
        int id, HttpContext http, AccessChangeService changes, IStringLocalizer<AccessText> texts, CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Operate);
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, FunctionAccessBodies.ReadWish, cancellationToken);
        if (body is null)
        {
            return refusal!;
        }

        var result = await changes.PlanAsync(id, body.ToWish().ToList(), actor, cancellationToken);
        return result is null ? NotFound(id)
            : result.Plan is { } plan ? TypedResults.Ok(AnswerOf(plan, texts))
            : RefuseSlack(texts, result.Code!, result.Detail);
    }

    private static async Task<IResult> ApplyAsync(
        int id, HttpContext http, FunctionAccessService functions, AccessChangeService changes, IStringLocalizer<AccessText> texts,
        CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Edit);
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, FunctionAccessBodies.ReadWish, cancellationToken);
        if (body is null)
        {
            return refusal!;
        }

        if (await functions.FindAsync(id, actor, cancellationToken) is null
            || await changes.ApplyAsync(id, body.ToWish().ToList(), body.Basis, actor, cancellationToken) is not var (queued, isQueued))
        {
            return NotFound(id);
        }

        if (!isQueued)
        {
            return Problems.Result(StatusCodes.Status409Conflict, "already_changing",
                $"The change {queued.Id} of this list is still being made. Apply when it has ended.");
        }

        return await changes.WaitAsync(queued.Id, LongestRequest, actor, cancellationToken) is { } run
            ? AnswerOf(run, changes, texts) : NotFound(id);
    }

    private static IResult AnswerOf(AccessRun run, AccessChangeService changes, IStringLocalizer<AccessText> texts)
    {
        if (run.State is AccessRunState.Open or AccessRunState.Done)
        {
            var answer = new ApplyAnswer(
                run.IsOpen ? "running" : "done", run.Id, run.After is null ? null
                : AccessListAnswer.Of(run.After), AccessListAnswer.Of(run.Wanted), run.Steps.Count,
                run.IsOpen ? (int)changes.Estimate(run.CallsAhead, run.WaitingUntil).TotalSeconds : null);
            return run.IsOpen ? TypedResults.Json(answer, statusCode: StatusCodes.Status202Accepted) : TypedResults.Ok(answer);
        }

        var status = run.State == AccessRunState.Changed ? StatusCodes.Status409Conflict : AccessErrors.StatusOf(run.Code!);
        var words = AccessErrors.Explain(texts, run.Code!, run.Detail);
        var problem = new ApplyProblem(
            "about:blank", ReasonPhrases.GetReasonPhrase(status), status, run.Code!, $"{words.Meaning} {words.Mend}", StateOf(run.State),
            run.Id,
            run.After is null ? null : AccessListAnswer.Of(run.After), run.After?.Basis, RemainingAnswer.Of(run.Remaining));
        return TypedResults.Json(problem, contentType: ProblemType, statusCode: status);
    }

    private static async Task<IResult> HistoryAsync(int id, string? cursor, HttpContext http, FunctionAccessService functions,
        CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        if (await functions.FindAsync(id, actor, cancellationToken) is null)
        {
            return NotFound(id);
        }

        long? before = null;
        if (cursor is not null)
        {
            if (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var given))
            {
                return JsonBody.Refuse("cursor", "is not a next_cursor of this route");
            }

            before = given;
        }

        var entries = await functions.HistoryAsync(id, before, HistoryPage + 1, actor, cancellationToken);
        return TypedResults.Ok(new HistoriesAnswer(
            [.. entries.Take(HistoryPage).Select(AnswerOf)],
            entries.Count > HistoryPage ? entries[HistoryPage - 1].Id.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static HistoryAnswer AnswerOf(HistoryEntry entry) => new(
        entry.Id,
        entry.Kind.ToString().ToLowerInvariant(),
        StateOf(entry.State),
        entry.Before is null ? null : AccessListAnswer.Of(entry.Before),
        AccessListAnswer.Of(entry.Wanted),
        entry.After is null ? null : AccessListAnswer.Of(entry.After),
        entry.Code,
        RemainingAnswer.Of(entry.Remaining),
        entry.StartedBy,
        entry.CreatedAt,
        entry.EndedAt,
        entry.Calls);

    private static async Task<IResult> CheckOneAsync(int id, HttpContext http, FunctionAccessService functions,
        CancellationToken cancellationToken) =>
        await functions.RefreshAsync(id, Actor.From(http.User), cancellationToken) is { } found
            ? TypedResults.Ok(FunctionAnswer.Of(found)) : NotFound(id);

    private static async Task<IResult> AcceptAsync(int id, HttpContext http, FunctionAccessService functions,
        CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Edit);
        if (await functions.FindAsync(id, actor, cancellationToken) is not { } function)
        {
            return NotFound(id);
        }

        return function.Now is { } now && await functions.AcceptAsync(id, now.Basis, actor, cancellationToken)
            ? TypedResults.Ok(FunctionAnswer.Of((await functions.FindAsync(id, actor, cancellationToken))!))
            : Problems.Result(StatusCodes.Status409Conflict, "cannot_accept",
                "The list was never read, was read anew meanwhile, or is being changed. Read it and try again.");
    }

    private static async Task<IResult> CheckAllAsync(HttpContext http, FunctionAccessService functions,
        CancellationToken cancellationToken) =>
        TypedResults.Json(new CheckAnswer(await functions.CheckAsync(null, Actor.From(http.User), cancellationToken)),
            statusCode: StatusCodes.Status202Accepted);

    public static PlanAnswer AnswerOf(AccessPlan plan, IStringLocalizer<AccessText> texts) => new(
        [.. plan.Gains.Select(user => user.UserId)],
        [.. plan.Loses.Select(user => user.UserId)],
        plan.TeamsGain,
        plan.TeamsLose,
        plan.OrgsGain,
        plan.OrgsLose,
        plan.TypeFrom,
        plan.TypeTo,
        [.. plan.Warnings.Select(warning =>
        new WarningAnswer(warning.Code, texts[$"Warning.{warning.Kind}"], [.. warning.Users.Select(user => user.UserId)]))],
        [.. plan.Calls.Select(call =>
        new CallAnswer(call.Method, call.PermissionType, call.UserIds, call.TeamIds, call.OrgIds, call.IfKept))],
        plan.Basis);

    public static string StateOf(AccessRunState state) => state switch
    {
        AccessRunState.Open => "running",
        AccessRunState.Done => "done",
        AccessRunState.Changed => "changed",
        AccessRunState.Incomplete => "incomplete",
    };

    public static IResult NotFound(int id) =>
        Problems.Result(StatusCodes.Status404NotFound, "not_found", $"There is no managed function with the id {id}.");

    private static IResult RefuseSlack(IStringLocalizer<AccessText> texts, string code, string? detail)
    {
        var words = AccessErrors.Explain(texts, code, detail);
        return Problems.Result(AccessErrors.StatusOf(code), code, $"{words.Meaning} {words.Mend}");
    }
}
