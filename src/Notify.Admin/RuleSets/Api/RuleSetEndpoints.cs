using Notify.Admin.Api;
using Notify.Admin.ChannelPages;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.RuleSets;

/// <summary><c>/api/rule-sets</c>: rule sets for scripts. Which channels use one is set with the channel's own rules.</summary>
internal static class RuleSetEndpoints
{
    private const string Route = "/api/rule-sets";
    private const string ProblemType = "application/problem+json";

    public static void MapRuleSets(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Route).RequireAuthorization(ApiPolicies.Read).DisableAntiforgery().WithTags("Rule sets")
            .ProducesProblem(ProblemType);
        group.MapGet("", ListAsync).WithName("ListRuleSets").WithSummary("Every rule set, by name, and the channels that use it.")
            .Produces<RuleSetsAnswer>();
        group.MapPost("", CreateAsync).WithName("CreateRuleSet").WithSummary("Makes a rule set. Admin.")
            .WithDescription("No channel uses it yet: PUT /api/channels/{kind}/{id}/rules says which do.")
            .Accepts<RuleSetBody>("application/json", "*/*").Produces<RuleSetAnswer>(StatusCodes.Status201Created)
            .Produces<Problem>(StatusCodes.Status400BadRequest, ProblemType)
            .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, ProblemType);
        group.MapGet("/{id:int}", FindAsync).WithName("GetRuleSet").WithSummary("One rule set.").Produces<RuleSetAnswer>()
            .Produces<Problem>(StatusCodes.Status404NotFound, ProblemType);
        group.MapPut("/{id:int}", ChangeAsync).WithName("ChangeRuleSet")
            .WithSummary("Changes a rule set, for every channel that uses it; what is left out stays. Admin.")
            .WithDescription("What is wrong is named by its place; index is the rule's, from 0. "
                + "409 where version is given and not what is stored, and where the set comes from a configuration file.")
            .Accepts<RuleSetBody>("application/json", "*/*").Produces<RuleSetAnswer>()
            .Produces<Problem>(StatusCodes.Status400BadRequest, ProblemType)
            .Produces<Problem>(StatusCodes.Status404NotFound, ProblemType)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemType)
            .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, ProblemType);
        group.MapDelete("/{id:int}", DeleteAsync).WithName("DeleteRuleSet")
            .WithSummary("Deletes a rule set that no channel uses. Admin.").Produces(StatusCodes.Status204NoContent)
            .Produces<Problem>(StatusCodes.Status404NotFound, ProblemType)
            .Produces<Problem>(StatusCodes.Status409Conflict, ProblemType);
    }

    private static async Task<IResult> ListAsync(HttpContext http, RuleSetService sets, CancellationToken cancellationToken) =>
        TypedResults.Ok(new RuleSetsAnswer([.. (await sets.ListAsync(Actor.From(http.User), cancellationToken))
            .Select(item => RuleSetAnswer.Of(item.Set, item.Channels))]));

    private static async Task<IResult> FindAsync(int id, HttpContext http, RuleSetService sets, CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        return await sets.FindAsync(id, actor, cancellationToken) is { } set
            ? TypedResults.Ok(RuleSetAnswer.Of(set, await sets.ListUsesAsync(id, actor, cancellationToken))) : NotFound(id);
    }

    private static Task<IResult> CreateAsync(HttpContext http, RuleSetService sets, CancellationToken cancellationToken) =>
        SaveAsync(http, sets, null, cancellationToken);

    private static Task<IResult> ChangeAsync(int id, HttpContext http, RuleSetService sets, CancellationToken cancellationToken) =>
        SaveAsync(http, sets, id, cancellationToken);

    private static async Task<IResult> SaveAsync(HttpContext http, RuleSetService sets, int? id, CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Edit);
        var (change, refusal) = await JsonBody.ReadAsync(http.Request, fields => new Change(
            fields.Text("name"), OwnRuleBody.Read(fields, "rules", isShared: true), id is null ? null : fields.Number("version")),
            cancellationToken, refuse: OwnRuleBody.Refuse);
        if (change is null)
        {
            return refusal!;
        }

        var stored = id is { } known ? await sets.FindAsync(known, actor, cancellationToken) : null;
        if (id is not null && stored is null)
        {
            return NotFound(id.Value);
        }

        if (stored is not null && change.Version is { } version && version != stored.Version)
        {
            return Outdated(stored.Version);
        }

        var model = stored?.Values ?? new RuleSetFormModel();
        (model.Name, model.Rules) = (change.Name ?? model.Name, change.Rules ?? model.Rules);
        return await sets.SaveAsync(stored, model, actor, cancellationToken) switch
        {
            Saved<RuleSetView> { Stored: var saved } when id is null =>
                TypedResults.Created($"{Route}/{saved.Id}", RuleSetAnswer.Of(saved, [])),
            Saved<RuleSetView> { Stored: var saved } =>
                TypedResults.Ok(RuleSetAnswer.Of(saved, await sets.ListUsesAsync(saved.Id, actor, cancellationToken))),
            Invalid<RuleSetView> invalid => OwnRuleBody.Refuse([.. invalid.Refusals.Select(RuleSetWords.ToProblem)]),
            Conflict<RuleSetView> { Theirs: var theirs } => Outdated(theirs.Version),
            _ => NotFound(id ?? 0),
        };
    }

    private static async Task<IResult> DeleteAsync(int id, HttpContext http, RuleSetService sets, CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Edit);
        if (await sets.FindAsync(id, actor, cancellationToken) is null)
        {
            return NotFound(id);
        }

        return await sets.DeleteAsync(id, actor, cancellationToken) is { Count: > 0 } uses
            ? Problems.Result(StatusCodes.Status409Conflict, "in_use", RuleSetWords.InUse(uses)) : TypedResults.NoContent();
    }

    private static IResult Outdated(int version) => Problems.Result(StatusCodes.Status409Conflict, "changed_meanwhile",
        $"Somebody has changed it meanwhile: it is version {version} now. Read it again.");

    private static IResult NotFound(int id) =>
        Problems.Result(StatusCodes.Status404NotFound, "not_found", $"There is no rule set {id}.");

    private sealed record Change(string? Name, string? Rules, int? Version);
}
