using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using Notify.Admin.Api;
using Notify.Admin.Security;

namespace Notify.Admin.FunctionAccess;

/// <summary>One person across many functions, one list for several, two compared: what the page <em>Change many</em> does.</summary>
internal static class BulkAccessEndpoints
{
    private const string IdRule = "is required: the id of a managed function";

    public static void Map(RouteGroupBuilder group)
    {
        FunctionAccessEndpoints.Describe(group.MapPost("/bulk/plan", PlanAsync), "PlanBulkFunctionAccess",
            "What giving or taking one person's access, or copying a list, would change. Changes nothing.")
            .WithDescription("Compares with what was read at Slack last. A function that is left out says why. The basis, given to apply, makes sure that just this is applied.")
            .Accepts<BulkBody>("application/json", "*/*").Produces<BulkPlanAnswer>()
            .Produces<Problem>(StatusCodes.Status400BadRequest, FunctionAccessEndpoints.ProblemType)
            .Produces<Problem>(StatusCodes.Status404NotFound, FunctionAccessEndpoints.ProblemType);
        Applies(FunctionAccessEndpoints.Describe(group.MapPost("/bulk/apply", ApplyAsync), "ApplyBulkFunctionAccess",
            "Makes the planned changes, each on the list it was planned for."))
            .WithDescription("Goes on when the request is broken off. 202 after 90 seconds: ask bulk/{bulk_id} how it ended. 409 where the basis is not that of a plan made now; "
                + "422 where Slack refused a list, 502 where it could not be asked, 409 where a list was changed meanwhile: plan again for what remains.")
            .Accepts<BulkBody>("application/json", "*/*")
            .Produces<Problem>(StatusCodes.Status400BadRequest, FunctionAccessEndpoints.ProblemType)
            .Produces<Problem>(StatusCodes.Status404NotFound, FunctionAccessEndpoints.ProblemType);
        FunctionAccessEndpoints.Describe(group.MapGet("/bulk/{bulkId:guid}", FindAsync), "GetBulkFunctionAccess",
            "How a change of many stands.")
            .Produces<BulkAnswer>().Produces<Problem>(StatusCodes.Status404NotFound, FunctionAccessEndpoints.ProblemType);
        FunctionAccessEndpoints.Describe(group.MapGet("/compare", CompareAsync), "CompareFunctionAccess",
            "The wanted lists of two functions: what only one of them has.")
            .WithDescription("first and second are ids of GET /api/function-access.")
            .Produces<ComparisonAnswer>()
            .Produces<Problem>(StatusCodes.Status400BadRequest, FunctionAccessEndpoints.ProblemType)
            .Produces<Problem>(StatusCodes.Status404NotFound, FunctionAccessEndpoints.ProblemType);
    }

    /// <summary>What every route answers that makes a planned change of many.</summary>
    public static RouteHandlerBuilder Applies(RouteHandlerBuilder route) => route
        .Produces<BulkAnswer>()
        .Produces<BulkAnswer>(StatusCodes.Status202Accepted)
        .Produces<BulkProblem>(StatusCodes.Status409Conflict, FunctionAccessEndpoints.ProblemType)
        .Produces<BulkProblem>(StatusCodes.Status422UnprocessableEntity, FunctionAccessEndpoints.ProblemType)
        .Produces<BulkProblem>(StatusCodes.Status502BadGateway, FunctionAccessEndpoints.ProblemType);

    public static BulkPlanAnswer AnswerOf(IReadOnlyList<BulkLine> lines, IReadOnlyDictionary<int, int>? places,
        IStringLocalizer<AccessText> texts) => new(
        [
            .. lines.Select(line => new BulkLineAnswer(
                line.FunctionId, line.WorkspaceId, line.Name, places?.GetValueOrDefault(line.FunctionId), line.Skip is { } skip
                ? BulkLineAnswer.NameOf(skip) : null,
                line.Plan is null ? null : FunctionAccessEndpoints.AnswerOf(line.Plan, texts))),
        ],
        lines.Count(line => line.Plan is not null),
        BulkAccessService.BasisOf(lines));

    /// <summary>Begins what was planned, unless the caller planned something else, and waits for its end.</summary>
    public static async Task<IResult> ApplyLinesAsync(
        IReadOnlyList<BulkLine> lines, string? basis, BulkAccessService bulk, AccessChangeService changes, Actor actor,
        CancellationToken cancellationToken)
    {
        var now = BulkAccessService.BasisOf(lines);
        if (basis is not null && basis != now)
        {
            return Refuse(StatusCodes.Status409Conflict, "plan_changed",
                "A plan made now is another one. Nothing was begun. Plan again, look, and apply with its basis.", null, now, []);
        }

        if (lines.All(line => line.Plan is null))
        {
            return TypedResults.Ok(new BulkAnswer("done", null, [], null));
        }

        var start = await bulk.ApplyAsync(lines, actor, cancellationToken);
        if (start.Begun == 0)
        {
            return Refuse(StatusCodes.Status409Conflict, "already_changing",
                "All these lists are being changed by somebody else. Apply when that has ended.", null, now, []);
        }

        var runs = await changes.WaitBulkAsync(start.Id, FunctionAccessEndpoints.LongestRequest, actor, cancellationToken);
        var answer = AnswerOf(start.Id, runs, changes);
        return answer.State switch
        {
            "running" => TypedResults.Json(answer, statusCode: StatusCodes.Status202Accepted),
            "done" when start.Busy.Count == 0 => TypedResults.Ok(answer),
            _ => Refuse(
                StatusOf(runs), "incomplete",
                $"{runs.Count(run => run.State == AccessRunState.Done)} of {runs.Count + start.Busy.Count} lists are done. The others say why; plan again for what remains.", start.Id, null, answer.Items),
        };
    }

    // Where Slack could not be asked, that comes first: sending the same again may help.
    private static int StatusOf(IEnumerable<BulkRun> runs) =>
        runs.Where(run => run.State == AccessRunState.Incomplete).Select(run => AccessErrors.StatusOf(run.Code!))
            .DefaultIfEmpty(StatusCodes.Status409Conflict).Max();

    private static async Task<IResult> PlanAsync(
        HttpContext http, FunctionAccessService functions, BulkAccessService bulk, IStringLocalizer<AccessText> texts,
        CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Operate);
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, BulkBody.Read, cancellationToken);
        if (body is null)
        {
            return refusal!;
        }

        var (lines, wrong) = await LinesAsync(body, functions, bulk, actor, cancellationToken);
        return lines is null ? wrong! : TypedResults.Ok(AnswerOf(lines, null, texts));
    }

    private static async Task<IResult> ApplyAsync(
        HttpContext http, FunctionAccessService functions, BulkAccessService bulk, AccessChangeService changes,
        CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Edit);
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, BulkBody.Read, cancellationToken);
        if (body is null)
        {
            return refusal!;
        }

        var (lines, wrong) = await LinesAsync(body, functions, bulk, actor, cancellationToken);
        return lines is null ? wrong! : await ApplyLinesAsync(lines, body.Basis, bulk, changes, actor, cancellationToken);
    }

    private static async Task<(IReadOnlyList<BulkLine>? Lines, IResult? Refusal)> LinesAsync(
        BulkBody body, FunctionAccessService functions, BulkAccessService bulk, Actor actor, CancellationToken cancellationToken)
    {
        if (body.IsCopy && await functions.FindAsync(body.SourceId!.Value, actor, cancellationToken) is null)
        {
            return (null, FunctionAccessEndpoints.NotFound(body.SourceId.Value));
        }

        if (!body.IsCopy && (await functions.ListWorkspacesAsync(actor, cancellationToken))
            .All(workspace => workspace.Id != body.WorkspaceId))
        {
            return (null, JsonBody.Refuse("workspace_id", "names no Slack workspace"));
        }

        var lines = body.IsCopy
            ? await bulk.PlanCopyAsync(body.SourceId!.Value, actor, cancellationToken)
            : await bulk.PlanPersonAsync(body.WorkspaceId!.Value, new AccessUser(body.UserId!), body.Gives, actor, cancellationToken);
        if (body.Ids is null)
        {
            return (lines, null);
        }

        var chosen = body.Ids.ToHashSet();
        chosen.ExceptWith(lines.Select(line => line.FunctionId));
        return chosen.Count > 0
            ? (null, JsonBody.Refuse("ids", $"has {chosen.Min()}, which is no other function of this workspace"))
            : ([.. lines.Where(line => body.Ids.Contains(line.FunctionId))], null);
    }

    private static async Task<IResult> FindAsync(Guid bulkId, HttpContext http, AccessChangeService changes,
        CancellationToken cancellationToken)
    {
        var runs = await changes.ListBulkAsync(bulkId, Actor.From(http.User), cancellationToken);
        return runs.Count == 0
            ? Problems.Result(StatusCodes.Status404NotFound, "not_found", $"There is no change of many with the id {bulkId}.")
            : TypedResults.Ok(AnswerOf(bulkId, runs, changes));
    }

    private static async Task<IResult> CompareAsync(
        string? first, string? second, HttpContext http, FunctionAccessService functions, BulkAccessService bulk,
        CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        if (!FunctionAccessBodies.IsId(first, out var one))
        {
            return JsonBody.Refuse("first", IdRule);
        }

        if (!FunctionAccessBodies.IsId(second, out var other))
        {
            return JsonBody.Refuse("second", IdRule);
        }

        return await bulk.CompareAsync(one, other, actor, cancellationToken) is { } plan
            ? TypedResults.Ok(new ComparisonAnswer(plan.Now.SameAs(plan.Wanted), ComparedAnswer.Of(one, plan.Now, plan.Wanted),
                ComparedAnswer.Of(other, plan.Wanted, plan.Now)))
            : FunctionAccessEndpoints.NotFound(await functions.FindAsync(one, actor, cancellationToken) is null ? one : other);
    }

    private static BulkAnswer AnswerOf(Guid id, IReadOnlyList<BulkRun> runs, AccessChangeService changes)
    {
        var isOpen = runs.Any(run => run.IsOpen);
        return new BulkAnswer(
            isOpen ? "running" : runs.All(run => run.State == AccessRunState.Done) ? "done" : "incomplete",
            id,
            [.. runs.Select(run => new BulkRunAnswer(run.FunctionId, run.Id, FunctionAccessEndpoints.StateOf(run.State), run.Code,
            RemainingAnswer.Of(run.Remaining)))],
            isOpen ? (int)changes.Estimate(runs).TotalSeconds : null);
    }

    private static JsonHttpResult<BulkProblem> Refuse(int status, string code, string detail, Guid? id, string? basis,
        IReadOnlyList<BulkRunAnswer> items) => TypedResults.Json(
        new BulkProblem("about:blank", ReasonPhrases.GetReasonPhrase(status), status, code, detail, id, basis, items),
        contentType: FunctionAccessEndpoints.ProblemType, statusCode: status);
}
