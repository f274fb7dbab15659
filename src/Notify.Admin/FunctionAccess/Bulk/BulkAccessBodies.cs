using System.Text.Json.Serialization;
using Notify.Admin.Api;

namespace Notify.Admin.FunctionAccess;

/// <summary>A change of many functions.</summary>
/// <param name="Action"><c>give</c> or <c>take</c> one person's access, or <c>copy</c> one function's wanted list.</param>
/// <param name="WorkspaceId">With give and take: whose functions.</param>
/// <param name="UserId">With give and take: the person.</param>
/// <param name="SourceId">With copy: the id here of the function whose list is copied.</param>
/// <param name="Ids">The ids here of the functions to change. Take changes every list that names the person where they are left
/// out.</param>
/// <param name="Basis">Of the plan that is applied.</param>
public sealed record BulkBody(
    [property: JsonPropertyName("action")] string Action,
    [property: JsonPropertyName("workspace_id")] int? WorkspaceId,
    [property: JsonPropertyName("user_id")] string? UserId,
    [property: JsonPropertyName("source_id")] int? SourceId,
    [property: JsonPropertyName("ids")] IReadOnlyList<int>? Ids,
    [property: JsonPropertyName("basis")] string? Basis)
{
    private const string Give = "give";
    private const string Take = "take";
    private const string Copy = "copy";

    [JsonIgnore]
    public bool IsCopy => Action == Copy;

    [JsonIgnore]
    public bool Gives => Action == Give;

    internal static BulkBody Read(BodyFields fields)
    {
        var body = new BulkBody(
            fields.Text("action") ?? "", fields.Number("workspace_id"), fields.Text("user_id"), fields.Number("source_id"),
            fields.Numbers("ids"), fields.Text("basis"));
        if (body.Action is not (Give or Take or Copy))
        {
            fields.Refuse("action", "must be one of give, take, copy");
            return body;
        }

        Expect(fields, "workspace_id", body.WorkspaceId is not null, !body.IsCopy, "give and take");
        Expect(fields, "user_id", body.UserId is not null, !body.IsCopy, "give and take");
        Expect(fields, "source_id", body.SourceId is not null, body.IsCopy, "copy");
        if (body.UserId is { } user && !AccessWish.IsId(user, "user_ids"))
        {
            fields.Refuse("user_id", $"is not an id that begins with {AccessWish.BeginningOf("user_ids")}");
        }

        if (body.Ids is null && body.Action != Take)
        {
            fields.Refuse("ids", $"is required with the action {body.Action}: which functions to change");
        }

        return body;
    }

    private static void Expect(BodyFields fields, string name, bool isGiven, bool isWanted, string actions)
    {
        if (isGiven != isWanted)
        {
            fields.Refuse(name, isWanted ? $"is required with {actions}" : $"is only for {actions}");
        }
    }
}
