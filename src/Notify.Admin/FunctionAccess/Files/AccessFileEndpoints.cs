using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using Notify.Admin.Api;
using Notify.Admin.Security;

namespace Notify.Admin.FunctionAccess;

/// <summary>Export and import of wanted lists.</summary>
internal static class AccessFileEndpoints
{
    /// <summary>Where the page's export is.</summary>
    public const string DownloadPath = "slack/functions/export";

    private const string FileRule = "must be yaml, json or csv";

    public static void Map(RouteGroupBuilder group)
    {
        FunctionAccessEndpoints.Describe(group.MapGet("/export", ExportAsync), "ExportFunctionAccess",
            "The wanted lists of the managed functions as a file.")
            .WithDescription("format is yaml (default), json or csv; workspace_id names one workspace. An import takes the same file.")
            .Produces<string>(StatusCodes.Status200OK, "application/yaml", "application/json", "text/csv")
            .Produces<Problem>(StatusCodes.Status400BadRequest, FunctionAccessEndpoints.ProblemType);
        Takes(FunctionAccessEndpoints.Describe(group.MapPost("/import", PlanAsync), "PlanFunctionAccessImport",
            "What a file of wanted lists would change. Changes nothing."))
            .WithDescription("Takes what an export gives, in the format that format or the content type names. Compares with what was read at Slack last. A file with anything "
                + "wrong in it is refused whole, every line and field named. The basis, given to apply, makes sure that just this is applied.")
            .Produces<BulkPlanAnswer>();
        Takes(BulkAccessEndpoints.Applies(FunctionAccessEndpoints.Describe(group.MapPost("/import/apply", ApplyAsync),
            "ApplyFunctionAccessImport", "Makes the lists of a file the wanted ones.")))
            .WithDescription("The same file as for the plan, with its basis in the address. Goes on when the request is broken off. 202 after 90 seconds: ask bulk/{bulk_id}.");
    }

    /// <summary>The export for people, who have no key but are logged in.</summary>
    public static void MapDownload(IEndpointRouteBuilder routes) =>
        routes.MapGet($"/{DownloadPath}", ExportAsync).RequireAuthorization(Policies.View).ExcludeFromDescription();

    private static RouteHandlerBuilder Takes(RouteHandlerBuilder route) => route
        .Accepts<string>("application/yaml", "application/json", "text/csv", "*/*")
        .Produces<FileProblemsAnswer>(StatusCodes.Status400BadRequest, FunctionAccessEndpoints.ProblemType)
        .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, FunctionAccessEndpoints.ProblemType);

    private static async Task<IResult> ExportAsync(
        string? format, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "workspace_id")] string? workspaceId, HttpContext http,
        AccessFileService files, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (AccessFileFormats.OfName(format ?? "yaml") is not { } wanted)
        {
            return JsonBody.Refuse("format", FileRule);
        }

        var id = 0;
        if (workspaceId is not null && !FunctionAccessBodies.IsId(workspaceId, out id))
        {
            return JsonBody.Refuse("workspace_id", "is not the id of a Slack workspace");
        }

        var text = await files.ExportAsync(wanted, workspaceId is null ? null : id, Actor.From(http.User), cancellationToken);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(Encoding.UTF8.GetBytes(text), wanted.ToContentType(),
            $"access-lists-{time.GetUtcNow():yyyyMMdd-HHmmss}.{wanted.ToName()}");
    }

    private static async Task<IResult> PlanAsync(
        string? format, HttpContext http, AccessFileService files, IStringLocalizer<AccessText> texts, CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Operate);
        var (plan, refusal) = await ReadAsync(format, http.Request, files, actor, cancellationToken);
        return plan is null ? refusal! : TypedResults.Ok(BulkAccessEndpoints.AnswerOf(plan.Lines, plan.Places, texts));
    }

    private static async Task<IResult> ApplyAsync(
        string? format, string? basis, HttpContext http, AccessFileService files, BulkAccessService bulk, AccessChangeService changes,
        CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Edit);
        var (plan, refusal) = await ReadAsync(format, http.Request, files, actor, cancellationToken);
        return plan is null ? refusal!
            : await BulkAccessEndpoints.ApplyLinesAsync(plan.Lines, basis, bulk, changes, actor, cancellationToken);
    }

    private static async Task<(AccessFilePlan? Plan, IResult? Refusal)> ReadAsync(
        string? format, HttpRequest request, AccessFileService files, Actor actor, CancellationToken cancellationToken)
    {
        if ((format is null ? AccessFileFormats.OfContentType(request.ContentType) : AccessFileFormats.OfName(format)) is not { } given)
        {
            return (null, JsonBody.Refuse("format", FileRule + (format is null ? ", or the content type must say it" : "")));
        }

        if (await RequestBody.ReadAsync(request, AccessFile.MostBytes, cancellationToken) is not { } bytes)
        {
            return (null, Problems.Result(StatusCodes.Status413PayloadTooLarge, "too_large",
                $"The file is larger than {AccessFile.MostBytes / (1024 * 1024)} MiB."));
        }

        var plan = await files.PlanAsync(bytes, given, actor, cancellationToken);
        return plan.Problems.Count == 0 ? (plan, null) : (null, Refuse(plan));
    }

    private static JsonHttpResult<FileProblemsAnswer> Refuse(AccessFilePlan plan)
    {
        var first = plan.Problems[0];
        var others = plan.Problems.Count == 1 ? "" : $" And {plan.Problems.Count - 1}{(plan.HasMore ? " or more" : "")} others.";
        const int Status = StatusCodes.Status400BadRequest;
        return TypedResults.Json(
            new FileProblemsAnswer(
                "about:blank", ReasonPhrases.GetReasonPhrase(Status), Status, "invalid_file",
                $"Line {first.Line}: the field {first.Field} {first.Reason}.{others}",
                [.. plan.Problems.Select(problem => new FileProblemAnswer(problem.Line, problem.Field, problem.Reason))]),
            contentType: FunctionAccessEndpoints.ProblemType, statusCode: Status);
    }
}
