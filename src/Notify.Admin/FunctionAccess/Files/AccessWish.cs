using System.Globalization;

namespace Notify.Admin.FunctionAccess;

/// <summary>A wanted list as somebody gave it, before it is checked.</summary>
public sealed record AccessWish(string? PermissionType, IReadOnlyList<string> UserIds, IReadOnlyList<string> TeamIds,
    IReadOnlyList<string> OrgIds)
{
    private const int MostIdLength = 64;

    /// <summary>What is wrong with it.</summary>
    public IEnumerable<AccessProblem> Check()
    {
        if (!PermissionTypes.IsSettable(PermissionType))
        {
            yield return new AccessProblem(null, "permission_type", AccessRule.SettableType);
        }

        var isNamed = PermissionType == PermissionTypes.NamedEntities;
        foreach (var (field, ids, most) in new[] { ("user_ids", UserIds, int.MaxValue), ("team_ids", TeamIds, AccessList.MostTeams),
            ("org_ids", OrgIds, AccessList.MostTeams) })
        {
            if (!isNamed && ids.Count > 0)
            {
                yield return new AccessProblem(null, field, AccessRule.MembersOnlyIfNamed);
            }

            if (ids.Distinct(StringComparer.Ordinal).Count() > most)
            {
                yield return new AccessProblem(null, field, AccessRule.AtMost, most.ToString(CultureInfo.InvariantCulture));
            }

            if (ids.FirstOrDefault(id => !IsId(id, field)) is { } odd)
            {
                yield return new AccessProblem(null, field, AccessRule.Id, odd.Length > 40 ? odd[..40] + "…" : odd);
            }
        }
    }

    public AccessList ToList() => AccessList.Of(PermissionType!, UserIds, TeamIds, OrgIds);

    /// <summary>What the ids of a field begin with, in words.</summary>
    public static string BeginningOf(string field) => string.Join(" or ", Prefixes(field).ToCharArray());

    /// <summary>Whether a text has the shape of the ids in a field of that name.</summary>
    public static bool IsId(string id, string field) =>
        id.Length is > 1 and <= MostIdLength && Prefixes(field).Contains(id[0], StringComparison.Ordinal)
            && id.All(char.IsAsciiLetterOrDigit);

    private static string Prefixes(string field) => field switch
    {
        "team_ids" => "T",
        "org_ids" => "E",
        _ => "UW",
    };
}
