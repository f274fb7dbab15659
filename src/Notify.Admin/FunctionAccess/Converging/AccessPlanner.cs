namespace Notify.Admin.FunctionAccess;

/// <summary>Compares two access lists. Pure: the same lists always give the same plan. README.md gives the least number of calls and
/// why.</summary>
public static class AccessPlanner
{
    /// <param name="ownUserId">The person whose token makes the calls; null where unknown.</param>
    /// <param name="usersPerCall">The most people in one call; Slack's own limit is undocumented.</param>
    public static AccessPlan Make(AccessList now, AccessList wanted, string? ownUserId = null, int usersPerCall = int.MaxValue)
    {
        wanted = wanted.WithNamesFrom(now.Users);
        return new AccessPlan(
            now,
            wanted,
            Gains(now, wanted),
            Loses(now, wanted),
            Without(wanted.NamedTeams, now.NamedTeams),
            Without(now.NamedTeams, wanted.NamedTeams),
            Without(wanted.NamedOrgs, now.NamedOrgs),
            Without(now.NamedOrgs, wanted.NamedOrgs),
            [.. Warnings(now, wanted, ownUserId)],
            Calls(now, wanted, usersPerCall));
    }

    /// <summary>The calls that turn <paramref name="now"/> into <paramref name="wanted"/>, the fewest that are right however <c>set</c>
    /// treats the people who were there before. Gains come before losses.</summary>
    public static IReadOnlyList<AccessCall> Calls(AccessList now, AccessList wanted, int usersPerCall = int.MaxValue)
    {
        if (now.SameAs(wanted))
        {
            return [];
        }

        if (!wanted.IsNamed)
        {
            return [AccessCall.Set(wanted.PermissionType, [], [], [])];
        }

        var before = now.NamedUsers.Select(user => user.UserId).ToList();
        var after = wanted.UserIds.ToList();
        var gained = Without(after, before);
        var lost = Without(before, after);
        List<AccessCall> calls = [];
        if (now.IsNamed && SameIds(now.TeamIds, wanted.TeamIds) && SameIds(now.OrgIds, wanted.OrgIds))
        {
            calls.AddRange(gained.Chunk(usersPerCall).Select(ids => AccessCall.Add(ids)));
            calls.AddRange(lost.Chunk(usersPerCall).Select(ids => AccessCall.Remove(ids)));
            return calls;
        }

        // Only set changes the type, workspaces and organisations. People who have access already come first, so that a set that replaces
        // takes it from as few of them as can be until the rest is added.
        var kept = after.Except(gained, StringComparer.Ordinal);
        var inOrder = kept.Concat(gained).ToList();
        calls.Add(AccessCall.Set(wanted.PermissionType, [.. inOrder.Take(usersPerCall)], wanted.TeamIds, wanted.OrgIds));
        calls.AddRange(inOrder.Skip(usersPerCall).Chunk(usersPerCall).Select(ids => AccessCall.Add(ids)));
        calls.AddRange(lost.Chunk(usersPerCall).Select(ids => AccessCall.Remove(ids, ifKept: true)));
        return calls;
    }

    /// <summary>Whether <paramref name="seen"/> can be what a change from <paramref name="before"/> to <paramref name="wanted"/> has left
    /// half done. False: somebody else changed the list meanwhile.</summary>
    /// <param name="wasSet">A <c>set</c> has been sent: it may have dropped people who are added again later.</param>
    public static bool IsOnTheWay(AccessList before, AccessList wanted, AccessList seen, bool wasSet)
    {
        if (seen.PermissionType != before.PermissionType && seen.PermissionType != wanted.PermissionType)
        {
            return false;
        }

        return !seen.IsNamed || (Between(before.NamedUsers.Select(u => u.UserId), wanted.NamedUsers.Select(u => u.UserId), seen.UserIds,
            wasSet)
            && Between(before.NamedTeams, wanted.NamedTeams, seen.TeamIds, wasSet)
            && Between(before.NamedOrgs, wanted.NamedOrgs, seen.OrgIds, wasSet));
    }

    private static bool Between(IEnumerable<string> before, IEnumerable<string> wanted, IEnumerable<string> seen, bool wasSet)
    {
        var (from, to, there) = (before.ToHashSet(StringComparer.Ordinal), wanted.ToHashSet(StringComparer.Ordinal),
            seen.ToHashSet(StringComparer.Ordinal));
        return there.All(id => from.Contains(id) || to.Contains(id)) && (wasSet || from.Where(to.Contains).All(there.Contains));
    }

    // Whoever has access through everyone, or as a collaborator, does not gain it by being listed.
    private static IReadOnlyList<AccessUser> Gains(AccessList now, AccessList wanted) =>
        wanted.IsNamed && now.PermissionType != PermissionTypes.Everyone ? Without(wanted.Users, now.Users) : [];

    private static IReadOnlyList<AccessUser> Loses(AccessList now, AccessList wanted) => wanted.PermissionType switch
    {
        PermissionTypes.Everyone => [],
        PermissionTypes.NamedEntities => Without(now.PermissionType == PermissionTypes.Everyone ? [] : now.Users, wanted.Users),
        _ => now.NamedUsers,
    };

    private static IEnumerable<AccessWarning> Warnings(AccessList now, AccessList wanted, string? ownUserId)
    {
        var changesType = now.PermissionType != wanted.PermissionType;
        if (changesType && now.PermissionType == PermissionTypes.Everyone)
        {
            yield return new AccessWarning(AccessWarningKind.EveryoneLoses, []);
        }

        if (changesType && wanted.PermissionType == PermissionTypes.Everyone)
        {
            yield return new AccessWarning(AccessWarningKind.EveryoneGains, []);
        }

        if (changesType && wanted.PermissionType == PermissionTypes.AppCollaborators && now.PermissionType != PermissionTypes.Everyone)
        {
            yield return new AccessWarning(AccessWarningKind.CollaboratorsGain, []);
        }

        if (wanted.IsNamed && now.PermissionType == PermissionTypes.AppCollaborators
            && (now.Users.Count == 0 || Without(now.Users, wanted.Users).Count > 0))
        {
            yield return new AccessWarning(AccessWarningKind.CollaboratorsLose, Without(now.Users, wanted.Users));
        }

        if (wanted.IsEmpty && !now.IsEmpty)
        {
            yield return new AccessWarning(AccessWarningKind.NobodyLeft, []);
        }

        if (ownUserId is not null && LosesAccess(now, wanted, ownUserId))
        {
            yield return new AccessWarning(AccessWarningKind.OwnUserLoses,
                [now.Users.FirstOrDefault(user => user.UserId == ownUserId) ?? new AccessUser(ownUserId)]);
        }

        if (changesType && !PermissionTypes.IsSettable(now.PermissionType))
        {
            yield return new AccessWarning(AccessWarningKind.TypeMayBeRefused, []);
        }
    }

    private static bool LosesAccess(AccessList now, AccessList wanted, string userId)
    {
        var hasNow = now.PermissionType == PermissionTypes.Everyone || now.UserIds.Contains(userId, StringComparer.Ordinal);
        return hasNow && wanted.PermissionType switch
        {
            PermissionTypes.Everyone => false,
            PermissionTypes.NamedEntities => !wanted.UserIds.Contains(userId, StringComparer.Ordinal),
            _ => now.IsNamed,
        };
    }

    private static IReadOnlyList<AccessUser> Without(IEnumerable<AccessUser> users, IEnumerable<AccessUser> others)
    {
        var known = others.Select(user => user.UserId).ToHashSet(StringComparer.Ordinal);
        return [.. users.Where(user => !known.Contains(user.UserId))];
    }

    private static IReadOnlyList<string> Without(IEnumerable<string> ids, IEnumerable<string> others) =>
        [.. ids.Except(others, StringComparer.Ordinal)];

    private static bool SameIds(IEnumerable<string> one, IEnumerable<string> other) =>
        one.ToHashSet(StringComparer.Ordinal).SetEquals(other);
}
