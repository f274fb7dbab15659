using System.Globalization;

namespace Notify.Admin.FunctionAccess;

/// <summary>The fields of a function in a file, in their order: Slack's names.</summary>
internal static class AccessFileFields
{
    /// <summary>What the list of functions is called.</summary>
    public const string Root = "functions";

    public const string WorkspaceId = "workspace_id";

    public const string Name = "name";

    public static readonly IReadOnlyList<string> All =
        [WorkspaceId, Name, "function_id", "function_callback_id", "function_app_id", "permission_type", "user_ids", "team_ids", "org_ids"];

    public static bool IsList(string field) => field is "user_ids" or "team_ids" or "org_ids";

    /// <summary>What an export says of a function: a field that has nothing is left out, the lists of named entities never.</summary>
    public static IEnumerable<(string Field, IReadOnlyList<string> Texts)> Of(ManagedFunction function)
    {
        var wanted = function.Wanted;
        var texts = new (string Field, IReadOnlyList<string> Texts)[]
        {
            (WorkspaceId, [function.WorkspaceId.ToString(CultureInfo.InvariantCulture)]),
            (Name, [function.Name]),
            ("function_id", One(function.FunctionId)),
            ("function_callback_id", One(function.CallbackId)),
            ("function_app_id", One(function.AppId)),
            ("permission_type", [wanted.PermissionType]),
            ("user_ids", Sorted(wanted.NamedUsers.Select(user => user.UserId))),
            ("team_ids", Sorted(wanted.NamedTeams)),
            ("org_ids", Sorted(wanted.NamedOrgs)),
        };
        return texts.Where(value => value.Texts.Count > 0 || (wanted.IsNamed && IsList(value.Field)));
    }

    private static IReadOnlyList<string> One(string? text) => text is null ? [] : [text];

    private static IReadOnlyList<string> Sorted(IEnumerable<string> ids) => [.. ids.Order(StringComparer.Ordinal)];
}
