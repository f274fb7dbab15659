using System.Text.Json;
using Notify.Admin.Api;
using Notify.Admin.Security;

namespace Notify.Admin.VendorAccounts;

/// <summary><c>/api/accounts/{id}/publish</c>: many channels published with one account.</summary>
internal static class BulkPublishEndpoints
{
    private const string Route = "/api/accounts/{id:int}/publish";

    public static void MapBulkPublish(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Route).RequireAuthorization(ApiPolicies.Administer).DisableAntiforgery().WithTags("Channels");
        group.MapPost("/plan", PlanAsync).WithName("PlanPublishing").Produces<PublishPlanAnswer>().ProducesVendorProblems()
            .WithSummary("What publishing would do to each channel that is linked with an account, or could be. Changes nothing. Admin.")
            .WithDescription("Kayran does not tell what it has: the plan compares with what was last published.");
        group.MapPost("", StartAsync).WithName("StartPublishing").Produces<PublishStartAnswer>(StatusCodes.Status202Accepted)
            .ProducesVendorProblems().Accepts<PublishBody>("application/json", "*/*")
            .WithSummary("Publishes the rows of a plan that are agreed to, one after the other. Admin.")
            .WithDescription("items are those of the plan, whole or as channel and basis. A row whose plan is another by now is left out and named. What is begun is carried out whether or not anybody waits.")
            .WithExample("""{ "items": [{ "channel": 1, "basis": "0123456789abcdef0123456789abcdef" }] }""");
        group.MapGet("", ProgressAsync).WithName("GetPublishing").Produces<PublishProgressAnswer>().ProducesVendorProblems()
            .WithSummary("How the orders stand that were last given to an account at once. Admin.");
    }

    private static async Task<IResult> PlanAsync(
        int id, HttpContext http, BulkPublishService bulk, CancellationToken cancellationToken)
    {
        var (rows, answer) = await bulk.PlanAsync(id, Actor.From(http.User), cancellationToken);
        return answer.IsAccepted ? TypedResults.Ok(new PublishPlanAnswer([.. rows.Select(PublishRowAnswer.Of)]))
            : VendorProblems.Of(id, answer);
    }

    private static async Task<IResult> StartAsync(
        int id, HttpContext http, BulkPublishService bulk, CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Administer);
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, Read, cancellationToken);
        if (body is null)
        {
            return refusal!;
        }

        var (rows, answer) = await bulk.PlanAsync(id, actor, cancellationToken);
        if (!answer.IsAccepted)
        {
            return VendorProblems.Of(id, answer);
        }

        var agreed = body.Items.Distinct().ToDictionary(item => item.Channel, item => item.Basis);
        var start = await bulk.OrderAsync(id, [.. rows.Where(row =>
            agreed.TryGetValue(row.Channel.Id, out var basis) && basis == row.Basis)], actor, CancellationToken.None);
        if (!start.Answer.IsAccepted)
        {
            return VendorProblems.Of(id, start.Answer);
        }

        bulk.CarryOutUnawaited(start, actor);
        var taken = start.Runs.Select(run => run.ChannelId)
            .Concat(rows.Where(row => row.IsSettled).Select(row => row.Channel.Id)).ToHashSet();
        return TypedResults.Accepted(http.Request.Path.Value,
            new PublishStartAnswer(start.Runs.Count, [.. agreed.Keys.Where(channel => !taken.Contains(channel)).Order()]));
    }

    private static async Task<IResult> ProgressAsync(
        int id, HttpContext http, BulkPublishService bulk, VendorAccountService accounts, CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        if (await accounts.FindAsync(id, actor, cancellationToken) is null)
        {
            return VendorProblems.Of(id, new VendorAnswer(VendorCodes.AccountGone));
        }

        var runs = await bulk.ListLastAsync(id, actor, cancellationToken);
        return TypedResults.Ok(new PublishProgressAnswer(
            runs.Count(run => run.State == PublishState.Open), [.. runs.Select(PublishRunAnswer.Of)]));
    }

    private static PublishBody Read(BodyFields fields)
    {
        List<PublishItemBody> items = [];
        foreach (var (index, item) in (fields.Items("items") ?? []).Index())
        {
            if (item.ValueKind == JsonValueKind.Object
                && item.TryGetProperty("channel", out var channel) && channel.ValueKind == JsonValueKind.Number
                && channel.TryGetInt32(out var id)
                && item.TryGetProperty("basis", out var basis) && basis.ValueKind == JsonValueKind.String)
            {
                items.Add(new PublishItemBody(id, basis.GetString()!));
            }
            else
            {
                fields.Refuse($"items[{index}]", "must be a row of the plan: {\"channel\": its id, \"basis\": its basis}");
            }
        }

        if (items.Count == 0)
        {
            fields.Refuse("items", "must name a row of the plan at least");
        }
        else if (items.Distinct().DistinctBy(item => item.Channel).Count() != items.Distinct().Count())
        {
            fields.Refuse("items", "names a channel twice");
        }

        return new PublishBody(items);
    }
}
