using System.Text.Json.Serialization;
using Notify.Admin.Api;
using Notify.Admin.Security;

namespace Notify.Admin.VendorAccounts;

/// <param name="Id">At the vendor.</param>
/// <param name="Url">Masked.</param>
/// <param name="State"><c>new</c>, <c>linked</c>, <c>name_taken</c> or <c>not_kept</c>.</param>
/// <param name="Chatbot">The chatbot here that is linked to it, or has its name.</param>
public sealed record VendorChatbotAnswer(
    [property: JsonPropertyName("id")] int Id,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("url")] string Url,
    [property: JsonPropertyName("is_on")] bool IsOn,
    [property: JsonPropertyName("state")] string State,
    [property: JsonPropertyName("chatbot")] int? Chatbot)
{
    internal static VendorChatbotAnswer Of(ImportRow row) => new(
        row.There.Id, row.There.Name, row.There.Url, row.There.IsOn,
        System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(row.Standing.ToString()), row.Chatbot);
}

public sealed record VendorChatbotsAnswer([property: JsonPropertyName("items")] IReadOnlyList<VendorChatbotAnswer> Items);

/// <param name="Id">At the vendor.</param>
/// <param name="Url">The webhook of its robot, whole: the vendor shows it masked.</param>
public sealed record ImportBody([property: JsonPropertyName("id")] int? Id, [property: JsonPropertyName("url")] string? Url)
{
    /// <summary>Printing it does not print the webhook.</summary>
    public override string ToString() => $"{Id}";
}

/// <param name="Chatbot">The new chatbot's id.</param>
public sealed record ImportedAnswer([property: JsonPropertyName("chatbot")] int Chatbot);

/// <summary><c>/api/accounts/{id}/chatbots</c>: the chatbots of an account, and their import.</summary>
internal static class ImportEndpoints
{
    public static void MapVendorImport(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/accounts/{id:int}/chatbots").RequireAuthorization(ApiPolicies.Administer)
            .DisableAntiforgery().WithTags("Channels");
        group.MapGet("", PlanAsync).WithName("ListVendorChatbots").Produces<VendorChatbotsAnswer>().ProducesVendorProblems()
            .WithSummary("The chatbots of an account at the vendor, and which can be imported. Admin.");
        group.MapPost("", ImportAsync).WithName("ImportVendorChatbot").Produces<ImportedAnswer>(StatusCodes.Status201Created)
            .ProducesVendorProblems().Produces<Problem>(StatusCodes.Status409Conflict, VendorProblems.ContentType)
            .WithSummary("Creates a chatbot here as it is there, and links the two. Admin.")
            .WithDescription("id is the vendor's. url is the webhook of its robot: the vendor shows it masked, so it has to be said, and must end with what is shown.")
            .Accepts<ImportBody>("application/json", "*/*");
    }

    private static async Task<IResult> PlanAsync(int id, HttpContext http, ImportService import, CancellationToken cancellationToken)
    {
        var (rows, answer) = await import.PlanAsync(id, Actor.From(http.User), cancellationToken);
        return answer.IsAccepted ? TypedResults.Ok(new VendorChatbotsAnswer([.. rows.Select(VendorChatbotAnswer.Of)]))
            : VendorProblems.Of(id, answer);
    }

    private static async Task<IResult> ImportAsync(int id, HttpContext http, ImportService import, CancellationToken cancellationToken)
    {
        var actor = Actor.From(http.User);
        actor.Demand(Policies.Administer);
        var (body, refusal) = await JsonBody.ReadAsync(http.Request, Read, cancellationToken);
        if (body is null)
        {
            return refusal!;
        }

        var outcome = await import.ImportAsync(id, body.Id!.Value, body.Url!, actor, cancellationToken);
        return outcome.Result switch
        {
            ImportResult.Imported => TypedResults.Created($"/api/channels/dingtalk/{outcome.Chatbot}",
                new ImportedAnswer(outcome.Chatbot!.Value)),
            ImportResult.NotNew => Problems.Result(StatusCodes.Status409Conflict, "not_new",
                "It is linked already, a chatbot here has its name, or it cannot be kept here: GET says which."),
            ImportResult.Refused => JsonBody.Refuse("url",
                outcome.Reason ?? "is not the webhook of its robot: it must end as the masked one does"),
            _ => outcome.Answer.IsAccepted
                ? Problems.Result(StatusCodes.Status404NotFound, "not_found", $"The account has no chatbot with the id {body.Id}.")
                : VendorProblems.Of(id, outcome.Answer),
        };
    }

    private static ImportBody Read(BodyFields fields)
    {
        var body = new ImportBody(fields.Number("id"), fields.Text("url"));
        if (body.Id is null)
        {
            fields.Refuse("id", "is missing");
        }

        if (body.Url is null)
        {
            fields.Refuse("url", "is missing");
        }

        return body;
    }
}
