using System.Globalization;
using Notify.Admin.Audit;
using Notify.Admin.Security;

namespace Notify.Admin.FunctionAccess;

/// <summary>What the audit trail says about access lists: Slack's field names, before and after.</summary>
internal sealed class FunctionAccessAudit(AuditTrail trail)
{
    private const string Noun = "function-access";
    private const int MostLength = 4000;

    public AuditEntry Added(Actor actor, ManagedFunction function) =>
        Entry(actor, "add", function,
            [new FieldChange("function", null, function.ToName().ToString()), .. Difference(null, function.Wanted)]);

    public AuditEntry Removed(Actor actor, ManagedFunction function) =>
        Entry(actor, "remove", function,
            [new FieldChange("function", function.ToName().ToString(), null), .. Difference(function.Wanted, null)]);

    public AuditEntry Renamed(Actor actor, ManagedFunction function, string before) =>
        Entry(actor, "rename", function, [new FieldChange("name", before, function.Name)]);

    /// <summary>Somebody asked for a change.</summary>
    public AuditEntry Asked(Actor actor, ManagedFunction function, AccessList wanted) =>
        Entry(actor, "apply", function, Difference(function.Wanted, wanted));

    /// <summary>A change has ended: what was at Slack before and after.</summary>
    public AuditEntry Ended(Actor actor, ManagedFunction function, AccessRun run) => Entry(
        actor,
        "applied",
        function,
        [
            .. Difference(run.Before, run.After),
            new FieldChange("state", null, run.State.ToString().ToLowerInvariant()),
            .. run.Code is null ? [] : new[] { new FieldChange("code", null, run.Code) },
        ],
        run.State switch
        {
            AccessRunState.Done => AuditResult.Done,
            AccessRunState.Changed => AuditResult.Refused,
            _ => AuditResult.Failed,
        });

    /// <summary>What is at Slack is wanted from now on.</summary>
    public AuditEntry Accepted(Actor actor, ManagedFunction function, AccessList before) =>
        Entry(actor, "accept", function, Difference(before, function.Wanted));

    private AuditEntry Entry(Actor actor, string verb, ManagedFunction function, IReadOnlyCollection<FieldChange> changes,
        AuditResult result = AuditResult.Done) =>
        trail.Entry(actor, $"{Noun}.{verb}", new AuditSubject(Noun, function.Id.ToString(CultureInfo.InvariantCulture), function.Name),
            changes, result);

    private static IReadOnlyList<FieldChange> Difference(AccessList? before, AccessList? after) =>
        AuditTrail.Difference(Read(before), Read(after));

    private static Dictionary<string, string?> Read(AccessList? list) => list is null ? [] : new()
    {
        ["permission_type"] = list.PermissionType,
        ["user_ids"] = Joined(list.NamedUsers.Select(user => user.UserId)),
        ["team_ids"] = Joined(list.NamedTeams),
        ["org_ids"] = Joined(list.NamedOrgs),
    };

    private static string? Joined(IEnumerable<string> ids)
    {
        var text = string.Join(", ", ids.Order(StringComparer.Ordinal));
        return text.Length == 0 ? null : text.Length > MostLength ? text[..MostLength] + "…" : text;
    }
}
