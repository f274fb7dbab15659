using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;

namespace Notify.Admin.Deliveries;

/// <summary>A window with what it means today.</summary>
/// <param name="Running">From when until when it runs now; null while it does not.</param>
/// <param name="Next">The next time that it begins; null where it never does again.</param>
/// <param name="Channels">How many have the tag.</param>
public sealed record PlannedMaintenance(
    MaintenanceWindow Window, (DateTimeOffset From, DateTimeOffset To)? Running, (DateTimeOffset From, DateTimeOffset To)? Next,
    int Channels);

/// <summary>What came of planning maintenance, or changing it.</summary>
/// <param name="Id">Null where something is refused, or what was to be changed is gone or another.</param>
public sealed record MaintenanceChange(int? Id, IReadOnlyList<FieldRefusal> Refusals)
{
    /// <summary>It is not as the caller has read it; nothing was changed.</summary>
    public bool IsOutdated { get; init; }
}

/// <summary>What people do with maintenance windows. Every call checks the actor's policy.</summary>
internal sealed class MaintenanceService(MaintenanceStore store, ChannelDirectory channels, AuditTrail audit, TimeProvider time)
{
    /// <summary>That there may be at once: lanes go through those of their tags at every look.</summary>
    public const int Most = 200;

    /// <summary>Those that run first, then those to come, each in the order of time.</summary>
    public async Task<IReadOnlyList<PlannedMaintenance>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var now = time.GetUtcNow();
        var tags = (await channels.ListAsync(cancellationToken)).All.SelectMany(channel => channel.Tags).CountBy(tag => tag)
            .ToDictionary(StringComparer.Ordinal);
        return
        [
            .. (await store.ListAsync(now, cancellationToken))
                .Select(window => new PlannedMaintenance(
                    window, window.RunningAt(now), window.NextAfter(now), tags.GetValueOrDefault(window.Tag)))
                .OrderBy(planned => planned.Running is null)
                .ThenBy(planned => planned.Running?.To ?? planned.Next?.From ?? DateTimeOffset.MaxValue),
        ];
    }

    /// <summary>Plans one, or begins it at once. Nothing is stored where something is refused.</summary>
    public async Task<MaintenanceChange> AddAsync(MaintenanceRequest request, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Operate);
        var now = time.GetUtcNow();
        if (request.Check(now).ToList() is { Count: > 0 } refusals)
        {
            return new MaintenanceChange(null, refusals);
        }

        var window = new MaintenanceWindow { Tag = "", Reason = "", By = "" };
        Fill(window, request, actor, now);
        return await store.AddAsync(window, Most, now, () => Entry(actor, "maintenance.create", window, Fields(null), Fields(window)),
            cancellationToken)
            ? new MaintenanceChange(window.Id, [])
            : new MaintenanceChange(null, [new FieldRefusal(nameof(MaintenanceRequest.Tag), "Tag.TooMany", Most)]);
    }

    /// <summary>Tells one state of a window from another.</summary>
    public static string StateOf(MaintenanceWindow window) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{window.Id}\n{string.Join('\n', Fields(window).Select(field => $"{field.Key} {field.Value}"))}")).AsSpan(0, 8));

    /// <param name="state">The one that the caller has read; null for any.</param>
    public async Task<MaintenanceChange> ChangeAsync(
        int id, MaintenanceRequest request, Actor actor, CancellationToken cancellationToken, string? state = null)
    {
        actor.Demand(Policies.Operate);
        var now = time.GetUtcNow();
        if (request.Check(now).ToList() is { Count: > 0 } refusals)
        {
            return new MaintenanceChange(null, refusals);
        }

        var isOutdated = false;
        var isThere = await store.ChangeAsync(id, window =>
        {
            isOutdated = state is not null && state != StateOf(window);
            if (isOutdated)
            {
                return null;
            }

            var before = Fields(window);
            Fill(window, request, actor, now);
            return AuditTrail.Difference(before, Fields(window)).Count == 0 ? null
                : Entry(actor, "maintenance.update", window, before, Fields(window));
        }, cancellationToken);
        return new MaintenanceChange(isThere && !isOutdated ? id : null, []) { IsOutdated = isOutdated };
    }

    /// <summary>Ends one that runs, or takes back one to come; for good where it comes every week.</summary>
    /// <param name="state">The one that the caller has read; null for any.</param>
    public async Task<MaintenanceChange> EndAsync(int id, Actor actor, CancellationToken cancellationToken, string? state = null)
    {
        actor.Demand(Policies.Operate);
        var isOutdated = false;
        var isThere = await store.RemoveAsync(id, window =>
        {
            isOutdated = state is not null && state != StateOf(window);
            return isOutdated ? null : Entry(actor, "maintenance.end", window, Fields(window), Fields(null));
        }, cancellationToken);
        return new MaintenanceChange(isThere && !isOutdated ? id : null, []) { IsOutdated = isOutdated };
    }

    private static void Fill(MaintenanceWindow window, MaintenanceRequest request, Actor actor, DateTimeOffset now)
    {
        window.Tag = ChannelTags.Clean(request.Tag)!;
        window.Reason = request.Reason.Trim();
        window.StartsAt = (request.From ?? now).ToUniversalTime();
        window.EndsAt = request.Until!.Value.ToUniversalTime();
        window.WeeklyIn = request.WeeklyIn;
        window.Outcome = request.Outcome;
        window.LetCriticalThrough = request.LetCriticalThrough;
        window.By = ForeignText.Line(actor.Name, 256);
    }

    private AuditEntry Entry(Actor actor, string action, MaintenanceWindow window, Dictionary<string, string?> before,
        Dictionary<string, string?> after) => audit.Entry(
            actor, action, new AuditSubject("maintenance", window.Id.ToString(CultureInfo.InvariantCulture), window.Tag),
            AuditTrail.Difference(before, after));

    private static Dictionary<string, string?> Fields(MaintenanceWindow? window) => window is null ? [] : new()
    {
        ["tag"] = window.Tag,
        ["startsAt"] = Moment(window.StartsAt),
        ["endsAt"] = Moment(window.EndsAt),
        ["weeklyIn"] = window.IsWeekly ? window.WeeklyIn : null,
        ["reason"] = window.Reason,
        ["meanwhile"] = window.Outcome == PauseOutcome.Drop ? "drop" : "summary",
        ["letCriticalThrough"] = window.LetCriticalThrough ? "true" : "false",
    };

    private static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
