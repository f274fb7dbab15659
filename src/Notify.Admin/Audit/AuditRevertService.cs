using System.Globalization;
using Microsoft.Extensions.Localization;
using Notify.Admin.Security;

namespace Notify.Admin.Audit;

/// <summary>Takes a recorded change back, as a new change.</summary>
internal sealed class AuditRevertService(AuditStore store, AuditTrail trail, IEnumerable<IAuditRevert> reverts,
    IStringLocalizer<AuditText> texts)
{
    /// <summary>What taking the change back would do, or why it cannot be.</summary>
    public async Task<RevertPlan> PlanAsync(AuditEntry entry, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        if (entry.Result != AuditResult.Done)
        {
            return RevertPlan.Blocked(RevertBlock.NotDone);
        }

        var changes = AuditTrail.ChangesOf(entry);
        if (RevertOf(entry) is not { } revert || changes.Count == 0)
        {
            return RevertPlan.Blocked(Ending(entry.Action) switch
            {
                "create" or "invite" => RevertBlock.Creation,
                "delete" or "remove" or "revoke" => RevertBlock.Deletion,
                _ => RevertBlock.NotAChange,
            });
        }

        var kept = changes.Where(change => revert.MemoryOf(change.Field) != FieldMemory.Whole).Select(change => change.Field).ToList();
        if (kept.Count == changes.Count)
        {
            return RevertPlan.Blocked(kept.Any(field => revert.MemoryOf(field) == FieldMemory.Secret)
                ? RevertBlock.Secret : RevertBlock.Brief);
        }

        if (await revert.ReadAsync(entry, actor, cancellationToken) is not { } now)
        {
            return RevertPlan.Blocked(RevertBlock.Gone);
        }

        var back = new List<FieldChange>();
        foreach (var change in changes.Where(change => !kept.Contains(change.Field)))
        {
            var stored = now.GetValueOrDefault(change.Field);
            if (stored == change.Before)
            {
                continue;
            }

            if (stored != change.After)
            {
                return RevertPlan.Blocked(RevertBlock.ChangedSince);
            }

            back.Add(new FieldChange(change.Field, stored, change.Before));
        }

        return back.Count == 0 ? RevertPlan.Blocked(RevertBlock.NothingLeft) : new RevertPlan(null, back, kept);
    }

    /// <summary>Takes the change back. The change is recorded like any other, and beside it which entry it took back.</summary>
    public async Task<RevertResult> RevertAsync(long id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        if ((await store.RowsAsync([id], cancellationToken)).SingleOrDefault() is not { } entry)
        {
            return new RevertResult(false, texts["Entry.GoneText"]);
        }

        var plan = await PlanAsync(entry, actor, cancellationToken);
        if (plan.Block is { } block)
        {
            return new RevertResult(false, texts[$"Revert.Block.{block}"]);
        }

        var result = await RevertOf(entry)!.ApplyAsync(entry, plan.Changes, actor, cancellationToken);
        var subject = new AuditSubject("audit-entry", entry.Id.ToString(CultureInfo.InvariantCulture), entry.SubjectName);
        await store.AddAsync(
            trail.Entry(actor, "audit.revert", subject, [new FieldChange("action", null, entry.Action)], result.IsDone
            ? AuditResult.Done : AuditResult.Refused),
            CancellationToken.None);
        return result;
    }

    private IAuditRevert? RevertOf(AuditEntry entry) => reverts.FirstOrDefault(revert => revert.Actions.Contains(entry.Action));

    private static string Ending(string action) => action[(action.LastIndexOf('.') + 1)..];
}
