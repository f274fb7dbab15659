using System.Globalization;
using System.Text.Json.Serialization;
using Notify.Admin.Api;

namespace Notify.Admin.FunctionAccess;

/// <summary>What adding a function takes: its id, or its callback id with its app id.</summary>
public sealed record AddFunctionBody(
    [property: JsonPropertyName("workspace_id")] int? WorkspaceId,
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("function_id")] string? FunctionId,
    [property: JsonPropertyName("function_callback_id")] string? CallbackId,
    [property: JsonPropertyName("function_app_id")] string? AppId);

/// <summary>What a function is called here.</summary>
public sealed record RenameBody([property: JsonPropertyName("name")] string? Name);

/// <summary>A wanted list. An omitted list is empty.</summary>
/// <param name="Basis">Of the plan that is applied; without it, whatever Slack has is taken.</param>
public sealed record WishBody(
    [property: JsonPropertyName("permission_type")] string? PermissionType,
    [property: JsonPropertyName("user_ids")] IReadOnlyList<string>? UserIds,
    [property: JsonPropertyName("team_ids")] IReadOnlyList<string>? TeamIds,
    [property: JsonPropertyName("org_ids")] IReadOnlyList<string>? OrgIds,
    [property: JsonPropertyName("basis")] string? Basis)
{
    public AccessWish ToWish() => new(PermissionType, UserIds ?? [], TeamIds ?? [], OrgIds ?? []);
}

/// <summary>Reads the bodies of <c>/api/function-access</c>.</summary>
internal static class FunctionAccessBodies
{
    /// <summary>An id in the address.</summary>
    /// <returns>Whether it is one.</returns>
    public static bool IsId(string? text, out int id) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id);

    public static AddFunctionBody ReadAdd(BodyFields fields)
    {
        var body = new AddFunctionBody(
            fields.Number("workspace_id"), fields.Text("name")?.Trim(), fields.Text("function_id"), fields.Text("function_callback_id"),
            fields.Text("function_app_id"));
        if (body.WorkspaceId is null)
        {
            fields.Refuse("workspace_id", "is required");
        }

        CheckName(fields, body.Name);
        return body;
    }

    public static RenameBody ReadRename(BodyFields fields)
    {
        var body = new RenameBody(fields.Text("name")?.Trim());
        CheckName(fields, body.Name);
        return body;
    }

    public static WishBody ReadWish(BodyFields fields)
    {
        var body = new WishBody(fields.Text("permission_type"), fields.Texts("user_ids"), fields.Texts("team_ids"),
            fields.Texts("org_ids"), fields.Text("basis"));
        foreach (var problem in body.ToWish().Check())
        {
            fields.Refuse(problem.Field, problem.Reason);
        }

        return body;
    }

    private static void CheckName(BodyFields fields, string? name)
    {
        if (!FunctionAccessService.IsName(name))
        {
            fields.Refuse("name", $"is required, at most {FunctionAccessService.MostNameLength} characters");
        }
    }
}
