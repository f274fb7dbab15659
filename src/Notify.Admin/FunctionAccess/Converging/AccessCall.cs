using System.Text.Json.Nodes;

namespace Notify.Admin.FunctionAccess;

public enum AccessCallKind
{
    /// <summary>Sets the type, and for <c>named_entities</c> people, workspaces and organisations.</summary>
    Set = 1,

    Add = 2,

    Remove = 3,
}

/// <summary>One call that changes an access list. Every one of them may be repeated without harm.</summary>
/// <param name="PermissionType">Only for <see cref="AccessCallKind.Set"/>.</param>
/// <param name="IfKept">Made only where the read-back after <c>set</c> shows that Slack kept these people: whether <c>set</c> replaces or
/// merges is undocumented.</param>
public sealed record AccessCall(
    AccessCallKind Kind,
    string? PermissionType,
    IReadOnlyList<string> UserIds,
    IReadOnlyList<string> TeamIds,
    IReadOnlyList<string> OrgIds,
    bool IfKept = false)
{
    /// <summary>Slack's name of the method.</summary>
    public string Method => FunctionPermissionsClient.MethodOf(Kind);

    public static AccessCall Set(string type, IReadOnlyList<string> users, IReadOnlyList<string> teams, IReadOnlyList<string> orgs) =>
        new(AccessCallKind.Set, type, users, teams, orgs);

    public static AccessCall Add(IReadOnlyList<string> users) => new(AccessCallKind.Add, null, users, [], []);

    public static AccessCall Remove(IReadOnlyList<string> users, bool ifKept = false) =>
        new(AccessCallKind.Remove, null, users, [], [], ifKept);

    /// <summary>What is sent beside the function's name. A set names all three lists, empty ones too: what an omitted one means is
    /// undocumented.</summary>
    public IEnumerable<KeyValuePair<string, JsonNode?>> Arguments()
    {
        if (Kind != AccessCallKind.Set)
        {
            return [new("user_ids", Ids(UserIds))];
        }

        return PermissionType == PermissionTypes.NamedEntities
            ? [new("permission_type", PermissionType), new("user_ids", Ids(UserIds)), new("team_ids", Ids(TeamIds)),
                new("org_ids", Ids(OrgIds))]
            : [new("permission_type", PermissionType)];
    }

    private static JsonArray Ids(IEnumerable<string> ids) => new([.. ids.Select(id => JsonValue.Create(id))]);
}
