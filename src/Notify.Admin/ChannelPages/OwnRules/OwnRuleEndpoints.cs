using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Notify.Admin.Api;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.ChannelPages;

/// <summary>A channel's own rules.</summary>
/// <param name="Rules">An array of <c>name</c> and <c>conditions</c>, as Rules/README.md says.</param>
public sealed record OwnRulesBody([property: JsonPropertyName("rules")] JsonElement Rules);

/// <summary><c>/api/channels/{kind}/{id}/rules</c>: own rules for scripts.</summary>
internal static class OwnRuleEndpoints
{
    private const string ProblemType = "application/problem+json";

    public static void MapOwnRules(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/channels/{kind}/{id:int}/rules").RequireAuthorization(ApiPolicies.Read).DisableAntiforgery()
            .WithTags("Channels");
        group.MapGet("", FindAsync).WithName("GetOwnRules").WithSummary("A channel's own rules. kind is slack or dingtalk.")
            .Produces<OwnRulesBody>().Produces<Problem>(StatusCodes.Status401Unauthorized, ProblemType)
            .Produces<Problem>(StatusCodes.Status404NotFound, ProblemType);
        group.MapPut("", SaveAsync).WithName("SetOwnRules").WithSummary("Sets a channel's own rules; nothing else of it changes. Admin.")
            .WithDescription("What is wrong is named by its place; index is the rule's, from 0.")
            .Accepts<OwnRulesBody>("application/json", "*/*").Produces<OwnRulesBody>()
            .Produces<Problem>(StatusCodes.Status400BadRequest, ProblemType)
            .Produces<Problem>(StatusCodes.Status401Unauthorized, ProblemType)
            .Produces<Problem>(StatusCodes.Status403Forbidden, ProblemType)
            .Produces<Problem>(StatusCodes.Status404NotFound, ProblemType)
            .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, ProblemType);
    }

    private static async Task<IResult> FindAsync(
        string kind, int id, HttpContext http, IEnumerable<IOwnRules> channels, CancellationToken cancellationToken) =>
        Find(channels, kind) is { } known && await known.FindAsync(id, Actor.From(http.User), cancellationToken) is { } rules
            ? Answer(rules) : NotFound(kind, id);

    private static async Task<IResult> SaveAsync(
        string kind, int id, HttpContext http, IEnumerable<IOwnRules> channels, CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Edit);
        var (rules, refusal) = await ReadAsync(http.Request, cancellationToken);
        if (rules is null)
        {
            return refusal!;
        }

        return Find(channels, kind) is not { } known ? NotFound(kind, id)
            : await known.SaveAsync(id, rules, actor, cancellationToken) switch
            {
                Saved<string> saved => Answer(saved.Stored),
                Invalid<string> invalid => Refuse([.. invalid.Refusals.Select(wrong =>
                    new FieldProblem(null, JsonNamingPolicy.CamelCase.ConvertName(wrong.Field), $"{wrong.Argument ?? wrong.TextKey}"))]),
                _ => NotFound(kind, id),
            };
    }

    private static async Task<(string? Rules, IResult? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (await RequestBody.ReadAsync(request, RequestBody.DefaultLimit, cancellationToken) is not { } bytes)
        {
            return (null, Problems.Result(StatusCodes.Status413PayloadTooLarge, "too_large", "The body is larger than 1 MiB."));
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return (null, Problems.Result(StatusCodes.Status400BadRequest, "invalid_json", "The body is not a JSON object."));
            }

            var fields = new BodyFields(document.RootElement);
            if (fields.Items("rules") is null)
            {
                fields.Refuse("rules", "is missing");
            }

            if (fields.Finish() is { Count: > 0 } problems)
            {
                return (null, Refuse(problems));
            }

            var reading = OwnRuleJson.Read(document.RootElement.GetProperty("rules"));
            return reading.IsValid ? (OwnRuleJson.Write(reading.Rules), null)
                : (null, Refuse([.. reading.Problems.Select(problem =>
                    new FieldProblem(problem.Rule, $"rules{problem.Path}", problem.Say(RuleLanguage.En)))]));
        }
        // InvalidOperationException: text that is not UTF-8, or half a surrogate pair.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, Problems.Result(StatusCodes.Status400BadRequest, "invalid_json", "The body is not JSON."));
        }
    }

    private static IOwnRules? Find(IEnumerable<IOwnRules> channels, string kind) =>
        channels.FirstOrDefault(known => string.Equals($"{known.Kind}", kind, StringComparison.OrdinalIgnoreCase));

    private static Ok<OwnRulesBody> Answer(string rules)
    {
        using var document = JsonDocument.Parse(rules);
        return TypedResults.Ok(new OwnRulesBody(document.RootElement.Clone()));
    }

    private static IResult Refuse(IReadOnlyList<FieldProblem> problems) =>
        Problems.Result(StatusCodes.Status400BadRequest, "invalid_rules", $"{problems[0].Field}: {problems[0].Reason}.", problems);

    private static IResult NotFound(string kind, int id) =>
        Problems.Result(StatusCodes.Status404NotFound, "not_found", $"There is no channel {ForeignText.Line(kind, 40)} {id}.");
}
