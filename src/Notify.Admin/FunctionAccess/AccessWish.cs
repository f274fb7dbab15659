namespace Notify.Admin.FunctionAccess;

/// <summary>A wanted list as somebody gave it, before it is checked.</summary>
public sealed record AccessWish(string? PermissionType, IReadOnlyList<string> UserIds, IReadOnlyList<string> TeamIds, IReadOnlyList<string> OrgIds)
{
    private const int MostIdLength = 64;

    /// <summary>What is wrong with it: the field by Slack's name, and the rule.</summary>
    public IEnumerable<(string Field, string Rule)> Check()
    {
        if (!PermissionTypes.IsSettable(PermissionType))
        {
            yield return ("permission_type", $"must be one of {string.Join(", ", PermissionTypes.Settable)}");
        }

        var isNamed = PermissionType == PermissionTypes.NamedEntities;
        foreach (var (field, ids, prefixes, most) in new[]
                 {
                     ("user_ids", UserIds, "UW", int.MaxValue), ("team_ids", TeamIds, "T", AccessList.MostTeams), ("org_ids", OrgIds, "E", AccessList.MostTeams),
                 })
        {
            if (!isNamed && ids.Count > 0)
            {
                yield return (field, $"may be given only with permission_type {PermissionTypes.NamedEntities}");
            }

            if (ids.Distinct(StringComparer.Ordinal).Count() > most)
            {
                yield return (field, $"may name at most {most}");
            }

            if (ids.FirstOrDefault(id => !IsId(id, prefixes)) is { } odd)
            {
                var shown = odd.Length > 40 ? odd[..40] + "…" : odd;
                yield return (field, $"has '{shown}', which is not an id that begins with {string.Join(" or ", prefixes.ToCharArray())}");
            }
        }
    }

    public AccessList ToList() => AccessList.Of(PermissionType!, UserIds, TeamIds, OrgIds);

    private static bool IsId(string id, string prefixes) =>
        id.Length is > 1 and <= MostIdLength && prefixes.Contains(id[0], StringComparison.Ordinal) && id.All(char.IsAsciiLetterOrDigit);
}
