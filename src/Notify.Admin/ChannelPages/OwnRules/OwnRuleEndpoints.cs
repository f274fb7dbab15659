using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Notify.Admin.Api;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.ChannelPages;

/// <summary>A channel's own rules, and the rule sets that it uses beside them.</summary>
/// <param name="Rules">An array of <c>name</c> and <c>conditions</c>, as Rules/README.md says; left out in a change: they stay.</param>
/// <param name="RuleSets">Their ids; left out in a change: they stay.</param>
public sealed record OwnRulesBody(
    [property: JsonPropertyName("rules")] JsonElement? Rules,
    [property: JsonPropertyName("rule_sets")] IReadOnlyList<int>? RuleSets);

/// <summary><c>/api/channels/{kind}/{id}/rules</c>: own rules and rule sets for scripts.</summary>
internal static class OwnRuleEndpoints
{
    private const string ProblemType = "application/problem+json";

    public static void MapOwnRules(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/channels/{kind}/{id:int}/rules").RequireAuthorization(ApiPolicies.Read).DisableAntiforgery()
            .WithTags("Channels").ProducesProblem(ProblemType);
        group.MapGet("", FindAsync).WithName("GetOwnRules")
            .WithSummary("A channel's own rules, and the ids of the rule sets that it uses. kind is slack or dingtalk.")
            .Produces<OwnRulesBody>()
            .Produces<Problem>(StatusCodes.Status404NotFound, ProblemType);
        group.MapPut("", SaveAsync).WithName("SetOwnRules")
            .WithSummary("Sets a channel's own rules, its rule sets, or both; nothing else of it changes. Admin.")
            .WithDescription("What is left out stays. What is wrong is named by its place; index is the rule's, from 0.")
            .Accepts<OwnRulesBody>("application/json", "*/*").Produces<OwnRulesBody>()
            .Produces<Problem>(StatusCodes.Status400BadRequest, ProblemType)
            .Produces<Problem>(StatusCodes.Status404NotFound, ProblemType)
            .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, ProblemType);
    }

    private static async Task<IResult> FindAsync(
        string kind, int id, HttpContext http, IEnumerable<IOwnRules> channels, CancellationToken cancellationToken) =>
        Find(channels, kind) is { } known && await known.FindAsync(id, Actor.From(http.User), cancellationToken) is { } hearing
            ? Answer(hearing) : NotFound(kind, id);

    private static async Task<IResult> SaveAsync(
        string kind, int id, HttpContext http, IEnumerable<IOwnRules> channels, CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Edit);
        var (change, refusal) = await JsonBody.ReadAsync(http.Request, Read, cancellationToken, refuse: OwnRuleBody.Refuse);
        if (change is null)
        {
            return refusal!;
        }

        return Find(channels, kind) is not { } known ? NotFound(kind, id)
            : await known.SaveAsync(id, change, actor, cancellationToken) switch
            {
                Saved<OwnHearing> saved => Answer(saved.Stored),
                Invalid<OwnHearing> invalid => OwnRuleBody.Refuse([.. invalid.Refusals.Select(wrong =>
                    new FieldProblem(null, JsonNamingPolicy.SnakeCaseLower.ConvertName(wrong.Field),
                        RuleSetChecks.Say(wrong) ?? $"{wrong.Argument ?? wrong.TextKey}"))]),
                _ => NotFound(kind, id),
            };
    }

    private static OwnHearing Read(BodyFields fields)
    {
        var change = new OwnHearing(OwnRuleBody.Read(fields, "rules"), fields.Numbers("rule_sets"));
        if (change is { Rules: null, RuleSets: null })
        {
            fields.Refuse("rules", "is missing, and so is rule_sets");
        }

        return change;
    }

    private static IOwnRules? Find(IEnumerable<IOwnRules> channels, string kind) =>
        channels.FirstOrDefault(known => string.Equals($"{known.Kind}", kind, StringComparison.OrdinalIgnoreCase));

    private static Ok<OwnRulesBody> Answer(OwnHearing hearing)
    {
        using var document = JsonDocument.Parse(hearing.Rules!);
        return TypedResults.Ok(new OwnRulesBody(document.RootElement.Clone(), hearing.RuleSets));
    }

    private static IResult NotFound(string kind, int id) =>
        Problems.Result(StatusCodes.Status404NotFound, "not_found", $"There is no channel {ForeignText.Line(kind, 40)} {id}.");
}
