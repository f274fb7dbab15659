using System.Text.Json.Serialization;
using Notify.Admin.Api;
using Notify.Admin.Security;

namespace Notify.Admin.VendorAccounts;

/// <param name="There">What the vendor calls it.</param>
/// <param name="Here">Null where it has no name here.</param>
/// <param name="Change"><c>none</c>, <c>name</c>, or <c>replace</c> where it is called something else here.</param>
public sealed record VendorGroupAnswer(
    [property: JsonPropertyName("id")] int Id,
    [property: JsonPropertyName("there")] string There,
    [property: JsonPropertyName("here")] string? Here,
    [property: JsonPropertyName("change")] string Change);

public sealed record VendorGroupsAnswer([property: JsonPropertyName("items")] IReadOnlyList<VendorGroupAnswer> Items)
{
    public static VendorGroupsAnswer Of(IReadOnlyList<VendorGroup> groups) => new([.. groups.Select(group =>
        new VendorGroupAnswer(group.Id, group.There, group.Here, group.Change.ToString().ToLowerInvariant()))]);
}

/// <param name="Replace">Whether names that people gave here are replaced; left out, they stay.</param>
public sealed record TakeGroupsBody([property: JsonPropertyName("replace")] bool? Replace);

/// <summary><c>/api/accounts/{id}/asset-groups</c>: the names of an account's asset groups.</summary>
internal static class VendorGroupEndpoints
{
    public static void MapVendorGroups(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/accounts/{id:int}/asset-groups").RequireAuthorization(ApiPolicies.Administer)
            .DisableAntiforgery().WithTags("Asset groups");
        group.MapGet("", PlanAsync).WithName("ReadVendorAssetGroups").Produces<VendorGroupsAnswer>().ProducesVendorProblems()
            .WithSummary("The asset groups of an account at the vendor, and what they are called here. Admin.");
        group.MapPost("", TakeAsync).WithName("TakeVendorAssetGroups").Produces<VendorGroupsAnswer>().ProducesVendorProblems()
            .WithSummary("Takes their names over; the answer has those that were changed. Admin.")
            .WithDescription("Names that people gave here stay, unless replace is true.")
            .Accepts<TakeGroupsBody>("application/json", "*/*");
    }

    private static async Task<IResult> PlanAsync(int id, HttpContext http, VendorGroupService groups, CancellationToken cancellationToken)
    {
        var (found, answer) = await groups.PlanAsync(id, Actor.From(http.User), cancellationToken);
        return Answer(id, found, answer);
    }

    private static async Task<IResult> TakeAsync(int id, HttpContext http, VendorGroupService groups, CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Administer);
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, fields => new TakeGroupsBody(fields.Flag("replace")),
            cancellationToken, mayBeEmpty: true);
        if (body is null)
        {
            return refusal!;
        }

        var (taken, answer) = await groups.TakeAsync(id, body.Replace == true, actor, cancellationToken);
        return Answer(id, taken, answer);
    }

    private static IResult Answer(int id, IReadOnlyList<VendorGroup> groups, VendorAnswer answer) =>
        answer.IsAccepted ? TypedResults.Ok(VendorGroupsAnswer.Of(groups)) : VendorProblems.Of(id, answer);
}
