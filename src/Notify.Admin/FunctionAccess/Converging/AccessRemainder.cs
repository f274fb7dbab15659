using System.Text.Json.Serialization;

namespace Notify.Admin.FunctionAccess;

/// <summary>What an apply has not reached.</summary>
/// <param name="TypeFrom">Slack's type, where it is another than the wanted one; else null.</param>
/// <param name="IsCertain">False where the last read-back failed: it is then what the answers until then add up to.</param>
public sealed record AccessRemainder(
    string? TypeFrom,
    string? TypeTo,
    IReadOnlyList<string> AddUserIds,
    IReadOnlyList<string> RemoveUserIds,
    IReadOnlyList<string> AddTeamIds,
    IReadOnlyList<string> RemoveTeamIds,
    IReadOnlyList<string> AddOrgIds,
    IReadOnlyList<string> RemoveOrgIds,
    bool IsCertain)
{
    [JsonIgnore]
    public bool IsEmpty => TypeTo is null
        && AddUserIds.Count + RemoveUserIds.Count + AddTeamIds.Count + RemoveTeamIds.Count + AddOrgIds.Count + RemoveOrgIds.Count == 0;

    public static AccessRemainder Of(AccessList seen, AccessList wanted, bool isCertain)
    {
        var changesType = seen.PermissionType != wanted.PermissionType;

        // Members count only for named entities: a change to another type drops them by itself.
        IReadOnlyList<string> Missing(Func<AccessList, IEnumerable<string>> ids) =>
            wanted.IsNamed ? [.. ids(wanted).Except(ids(seen), StringComparer.Ordinal)] : [];
        IReadOnlyList<string> Surplus(Func<AccessList, IEnumerable<string>> ids) =>
            wanted.IsNamed ? [.. ids(seen).Except(ids(wanted), StringComparer.Ordinal)] : [];
        return new AccessRemainder(
            changesType ? seen.PermissionType : null,
            changesType ? wanted.PermissionType : null,
            Missing(Users), Surplus(Users), Missing(Teams), Surplus(Teams), Missing(Orgs), Surplus(Orgs),
            isCertain);

        static IEnumerable<string> Users(AccessList list) => list.NamedUsers.Select(user => user.UserId);
        static IEnumerable<string> Teams(AccessList list) => list.NamedTeams;
        static IEnumerable<string> Orgs(AccessList list) => list.NamedOrgs;
    }
}
