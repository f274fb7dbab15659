namespace Notify.Admin.FunctionAccess;

/// <summary>A wanted list while a person edits it.</summary>
public sealed class AccessDraft
{
    public string Type { get; set; } = PermissionTypes.NamedEntities;

    public List<AccessUser> Users { get; } = [];

    public List<string> TeamIds { get; } = [];

    public List<string> OrgIds { get; } = [];

    public bool IsNamed => Type == PermissionTypes.NamedEntities;

    /// <summary>The list, without members where the type has none.</summary>
    public AccessList ToList() => IsNamed ? new AccessList(Type, [.. Users], [.. TeamIds], [.. OrgIds]) : new AccessList(Type, [], [], []);

    public void Fill(AccessList list)
    {
        Type = list.PermissionType;
        Replace(Users, list.NamedUsers);
        Replace(TeamIds, list.NamedTeams);
        Replace(OrgIds, list.NamedOrgs);
    }

    /// <returns>How many of them were not there before.</returns>
    public int Add(IEnumerable<AccessUser> users)
    {
        var known = Users.Select(user => user.UserId).ToHashSet(StringComparer.Ordinal);
        var added = users.Where(user => known.Add(user.UserId)).ToList();
        Users.AddRange(added);
        return added.Count;
    }

    private static void Replace<T>(List<T> list, IEnumerable<T> items)
    {
        list.Clear();
        list.AddRange(items);
    }
}
