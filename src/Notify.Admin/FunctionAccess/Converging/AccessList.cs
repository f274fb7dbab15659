using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Notify.Admin.FunctionAccess;

/// <summary>Who may add a function to a workflow: a permission type, and for <c>named_entities</c> its members. For
/// <c>app_collaborators</c> Slack lists the collaborators as users; they are shown and never compared.</summary>
public sealed record AccessList(
    string PermissionType, IReadOnlyList<AccessUser> Users, IReadOnlyList<string> TeamIds, IReadOnlyList<string> OrgIds)
{
    /// <summary>The most workspaces, and the most organisations, that Slack takes.</summary>
    public const int MostTeams = 50;

    [JsonIgnore]
    public bool IsNamed => PermissionType == PermissionTypes.NamedEntities;

    /// <summary>Nobody at all has access.</summary>
    [JsonIgnore]
    public bool IsEmpty => IsNamed && Users.Count == 0 && TeamIds.Count == 0 && OrgIds.Count == 0;

    [JsonIgnore]
    public IEnumerable<string> UserIds => Users.Select(user => user.UserId);

    /// <summary>The users that are granted access by name: none unless the type is <c>named_entities</c>.</summary>
    [JsonIgnore]
    public IReadOnlyList<AccessUser> NamedUsers => IsNamed ? Users : [];

    [JsonIgnore]
    public IReadOnlyList<string> NamedTeams => IsNamed ? TeamIds : [];

    [JsonIgnore]
    public IReadOnlyList<string> NamedOrgs => IsNamed ? OrgIds : [];

    public static AccessList Of(string type, IEnumerable<string>? userIds = null, IEnumerable<string>? teamIds = null,
        IEnumerable<string>? orgIds = null) =>
        new(type, [.. Once(userIds).Select(id => new AccessUser(id))], [.. Once(teamIds)], [.. Once(orgIds)]);

    /// <summary>The same access: type, and members as sets where they count.</summary>
    public bool SameAs(AccessList other) => PermissionType == other.PermissionType
        && (!IsNamed || (SameSet(UserIds, other.UserIds) && SameSet(TeamIds, other.TeamIds) && SameSet(OrgIds, other.OrgIds)));

    /// <summary>A fingerprint of this access: two lists with the same one are <see cref="SameAs"/>. A plan made for it holds while it
    /// lasts.</summary>
    [JsonIgnore]
    public string Basis
    {
        get
        {
            var text = new StringBuilder(PermissionType);
            foreach (var (label, ids) in new (char, IEnumerable<string>)[] { ('u', NamedUsers.Select(user => user.UserId)),
                ('t', NamedTeams), ('o', NamedOrgs) })
            {
                foreach (var id in ids.Order(StringComparer.Ordinal))
                {
                    text.Append('\n').Append(label).Append(id);
                }
            }

            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];
        }
    }

    /// <summary>This list with names filled in from others that know them.</summary>
    public AccessList WithNamesFrom(params IEnumerable<AccessUser>[] sources)
    {
        var known = sources.SelectMany(users => users).Where(user => user.Username is not null || user.Email is not null)
            .GroupBy(user => user.UserId, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        return this with { Users = [.. Users.Select(user => user.Username is null && user.Email is null
            ? known.GetValueOrDefault(user.UserId, user) : user)] };
    }

    private static IEnumerable<string> Once(IEnumerable<string>? ids) => (ids ?? []).Distinct(StringComparer.Ordinal);

    private static bool SameSet(IEnumerable<string> one, IEnumerable<string> other) =>
        one.ToHashSet(StringComparer.Ordinal).SetEquals(other);
}
