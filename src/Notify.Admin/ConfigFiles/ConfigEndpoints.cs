using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Notify.Admin.Api;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary><c>/api/config</c>: the whole configuration for scripts; and the schema of its file for editors.</summary>
internal static class ConfigEndpoints
{
    /// <summary>Where the page's download is.</summary>
    public const string DownloadPath = "settings/file/export";

    /// <summary>As which an export is sent.</summary>
    public const string FileType = "application/yaml";

    private const string ProblemType = "application/problem+json";

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    public static void MapConfigFile(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(ConfigSchema.Path, (ConfigSchema schema) => TypedResults.Text(schema.Write(), "application/schema+json"))
            .AllowAnonymous().ExcludeFromDescription();
        routes.MapGet($"/{DownloadPath}", ExportAsync).RequireAuthorization(Policies.Administer).ExcludeFromDescription();
        var group = routes.MapGroup("/api/config").RequireAuthorization(ApiPolicies.Read).DisableAntiforgery().WithTags("Configuration");
        foreach (var status in new[] { StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden,
            StatusCodes.Status429TooManyRequests })
        {
            group.WithMetadata(new Microsoft.AspNetCore.Http.ProducesResponseTypeMetadata(status, typeof(Problem), [ProblemType]));
        }

        group.MapGet("", ExportAsync).WithName("ExportConfig").WithSummary("The whole configuration as one file. Admin.")
            .WithDescription("Secrets are not in it: keep stands for what is stored.").Produces<string>(StatusCodes.Status200OK, FileType);
        Takes(group.MapPost("/plan", PlanAsync)).WithName("PlanConfig").WithSummary("What a file would change. Changes nothing. Admin.")
            .WithDescription("prune=true also deletes what stands and is not in a section of the file. The basis, given to PUT, makes sure that just this is applied.")
            .Produces<ConfigPlanAnswer>();
        Takes(group.MapPut("", ApplyAsync)).WithName("ApplyConfig").WithSummary("Applies a file: all of it, or nothing. Admin.")
            .WithDescription("prune as for the plan. basis is a plan's: where something has changed since, the answer is 409. The answer alone has the addresses of new sources.")
            .Produces<ConfigAppliedAnswer>().Produces<Problem>(StatusCodes.Status409Conflict, ProblemType);
    }

    private static RouteHandlerBuilder Takes(RouteHandlerBuilder route) => route.Accepts<string>(FileType, "*/*")
        .Produces<ConfigProblemsAnswer>(StatusCodes.Status400BadRequest, ProblemType)
        .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, ProblemType);

    private static async Task<IResult> ExportAsync(HttpContext http, ConfigService config, CancellationToken cancellationToken)
    {
        var text = await config.ExportAsync(Actor.From(http.User), cancellationToken);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(text, FileType, Encoding.UTF8);
    }

    private static async Task<IResult> PlanAsync(string? prune, HttpContext http, ConfigService config, CancellationToken cancellationToken)
    {
        // Rules are said in the language of whoever reads them; programs read English.
        CultureInfo.CurrentUICulture = English;
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Administer);
        var (text, prunes, refusal) = await ReadAsync(prune, http.Request, cancellationToken);
        if (text is null)
        {
            return refusal!;
        }

        var plan = await config.PlanAsync(text, prunes, actor, cancellationToken);
        return plan.Problems.Count > 0 ? Refuse(plan.Problems) : TypedResults.Ok(ConfigPlanAnswer.Of(plan));
    }

    private static async Task<IResult> ApplyAsync(
        string? prune, string? basis, HttpContext http, ConfigService config, CancellationToken cancellationToken)
    {
        CultureInfo.CurrentUICulture = English;
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Administer);
        var (text, prunes, refusal) = await ReadAsync(prune, http.Request, cancellationToken);
        if (text is null)
        {
            return refusal!;
        }

        var outcome = await config.ApplyAsync(text, prunes, basis, actor, cancellationToken);
        http.Response.Headers.CacheControl = "no-store";
        return outcome.Result switch
        {
            ConfigResult.Applied => TypedResults.Ok(new ConfigAppliedAnswer(
                [.. outcome.Plan.Changes.Select(ConfigChangeAnswer.Of)],
                [.. outcome.Addresses.Select(address => new NewAddressAnswer(address.Source,
                    $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}{address.Path}"))])),
            ConfigResult.Outdated => Problems.Result(StatusCodes.Status409Conflict, "outdated",
                "Something has changed since the plan. Plan again; nothing was changed."),
            _ => Refuse(outcome.Plan.Problems),
        };
    }

    private static async Task<(string? Text, bool Prune, IResult? Refusal)> ReadAsync(
        string? prune, HttpRequest request, CancellationToken cancellationToken)
    {
        if (prune is not (null or "true" or "false"))
        {
            return (null, false, Problems.Result(StatusCodes.Status400BadRequest, "invalid_request", "prune must be true or false.",
                [new FieldProblem(null, "prune", "must be true or false")]));
        }

        if (await RequestBody.ReadAsync(request, ConfigService.MostBytes, cancellationToken) is not { } bytes)
        {
            return (null, false, Problems.Result(StatusCodes.Status413PayloadTooLarge, "too_large",
                $"The file is larger than {ConfigService.MostBytes / (1024 * 1024)} MiB."));
        }

        var read = ConfigBytes.Read(bytes);
        return (read.Text, prune == "true", read.Problem is { } problem ? Refuse([problem]) : null);
    }

    private static JsonHttpResult<ConfigProblemsAnswer> Refuse(IReadOnlyList<ConfigProblem> problems)
    {
        const int Status = StatusCodes.Status400BadRequest;
        var others = problems.Count == 1 ? "" : $" And {problems.Count - 1} others.";
        return TypedResults.Json(
            new ConfigProblemsAnswer("about:blank", ReasonPhrases.GetReasonPhrase(Status), Status, "invalid_file",
                $"{problems[0]}.{others}", [.. problems.Take(ConfigService.MostProblems)]),
            contentType: ProblemType, statusCode: Status);
    }
}
