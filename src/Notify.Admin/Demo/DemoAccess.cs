using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.FunctionAccess;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.SlackWorkspaces;

namespace Notify.Admin.Demo;

/// <summary>A Slack workspace of the sandbox with its functions: one list in sync and with a history, one drifted, one open to everyone.
/// Slack is not asked here, so that the demo starts without the sandbox; the pages then say that it cannot be reached.</summary>
internal sealed class DemoAccess(SecretProtector protector, AuditTrail audit, TimeProvider time)
{
    private const string Alerts = "C0ALERTS01";

    private static readonly string[] Readers = ["U0PERSON01", "U0PERSON03"];

    public async Task AddAsync(NotifyDbContext context, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var workspace = new SlackWorkspace
        {
            Name = "Sandbox", BotToken = protector.Protect("xoxb-sandbox-token"),
            AppToken = protector.Protect("xapp-1-A0SANDBOX1-sandbox-app-token"), AppTokenVersion = 1,
            TeamId = "T0SANDBOX1", TeamName = "Sandbox", EnterpriseId = "E0SANDBOX1",
            CreatedAt = now.AddDays(-9), ChangedAt = now.AddDays(-9), ChangedBy = Actor.System.Name, Version = 1,
        };
        workspace.ReplacePair(protector.Protect("xoxe.xoxp-sandbox-config-token"), protector.Protect("xoxe-sandbox-refresh-token"),
            now.AddHours(12), now);
        context.SlackWorkspaces.Add(workspace);
        await context.SaveChangesAsync(cancellationToken);
        context.DirectoryReadings.Add(new DirectoryReading { WorkspaceId = workspace.Id, DueAt = now });
        context.SocketLinks.Add(new SocketLink { WorkspaceId = workspace.Id, Since = now, NextAt = now });
        foreach (var alerts in context.SlackIntegrations.Local.Where(integration => integration.ChannelId == Alerts))
        {
            // Its messages can be acknowledged in the sandbox's page, as the person that the demo has of the sandbox.
            (alerts.WorkspaceId, alerts.Token, alerts.Buttons) = (workspace.Id, null, true);
        }

        var before = AccessList.Of(PermissionTypes.NamedEntities, Readers, ["T0SANDBOX1"]);
        var named = AccessList.Of(PermissionTypes.NamedEntities, [.. Readers, "U0PERSON11"], ["T0SANDBOX1"]);
        var collaborators = AccessList.Of(PermissionTypes.AppCollaborators, ["U0PERSON01", "U0PERSON02"]);
        var everyone = AccessList.Of(PermissionTypes.Everyone);
        var report = Function(workspace, "Create report", "Fn0REPORT01", named, named, now.AddDays(-1));
        var onCall = Function(workspace, "Notify on-call", "Fn0NOTIFY01",
            AccessList.Of(PermissionTypes.NamedEntities, ["U0PERSON01", "U0PERSON02"]), collaborators, now.AddDays(-3));
        var lookUp = Function(workspace, "Look up asset", "Fn0LOOKUP01", everyone, everyone, now.AddDays(-8));
        context.ManagedFunctions.AddRange(report, onCall, lookUp);
        await context.SaveChangesAsync(cancellationToken);

        context.AccessRuns.AddRange(
            Run(report, AccessRunKind.Added, null, before, now.AddDays(-8)),
            Run(report, AccessRunKind.Apply, before, named, now.AddDays(-1)),
            Run(onCall, AccessRunKind.Added, null, collaborators, now.AddDays(-8)),
            Run(onCall, AccessRunKind.Apply, collaborators, onCall.Wanted, now.AddDays(-3)),
            Run(lookUp, AccessRunKind.Added, null, everyone, now.AddDays(-8)));
        context.AuditEntries.Add(audit.Entry(Actor.System, "demo.seed", new AuditSubject("demo", null, workspace.Name)));
    }

    private static ManagedFunction Function(
        SlackWorkspace workspace, string name, string id, AccessList wanted, AccessList seen, DateTimeOffset changedAt)
    {
        var function = new ManagedFunction
        {
            WorkspaceId = workspace.Id, Name = name, Key = id, FunctionId = id, Wanted = wanted,
            LastChangeAt = changedAt, LastChangeBy = Actor.System.Name,
            // Looked at as soon as the program runs: with the sandbox what is shown is then its own.
            CheckDueAt = workspace.CreatedAt, CreatedAt = workspace.CreatedAt, CreatedBy = Actor.System.Name,
        };
        function.Seen(seen, changedAt.AddHours(1));
        return function;
    }

    private static AccessRun Run(ManagedFunction function, AccessRunKind kind, AccessList? before, AccessList after, DateTimeOffset at) =>
        new()
    {
        FunctionId = function.Id,
        Kind = kind,
        State = AccessRunState.Done,
        Wanted = after,
        Before = before,
        After = after,
        Steps = kind == AccessRunKind.Apply
            ? [Step("list", 0, at, 210), Step("set", after.Users.Count + after.TeamIds.Count, at, 340), Step("list", 0, at, 190)] : [],
        StartedBy = Actor.System.Name,
        Origin = Actor.System.Origin,
        CreatedAt = at,
        EndedAt = at.AddSeconds(1),
    };

    private static AccessStep Step(string method, int count, DateTimeOffset at, int milliseconds) =>
        new(method, count, at, SlackErrors.Accepted, null, milliseconds);
}
