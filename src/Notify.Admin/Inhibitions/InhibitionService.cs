using System.Globalization;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.Inhibitions;

/// <summary>What people do with inhibitions. Every call checks the actor's policy.</summary>
internal sealed class InhibitionService(InhibitionStore store, AuditTrail audit, TimeProvider time)
{
    internal const string SubjectKind = "inhibition";

    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<InhibitionView>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return [.. (await store.ListAsync(cancellationToken)).Select(InhibitionView.Of)];
    }

    /// <summary>Null when there is none with that id.</summary>
    public async Task<InhibitionView?> FindAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await store.FindAsync(id, cancellationToken) is { } stored ? InhibitionView.Of(stored) : null;
    }

    /// <param name="original">What the form was filled from; null adds a new one.</param>
    public async Task<SaveResult<InhibitionView>> SaveAsync(
        InhibitionView? original, InhibitionFormModel model, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        if (model.Check().ToList() is { Count: > 0 } refusals)
        {
            return new Invalid<InhibitionView>(refusals);
        }

        // A save that lost a race is tried again on what the winner left, where nobody has to be asked.
        return await Contention.TryAsync("inhibition", async () =>
            await TrySaveAsync(original, model, actor, cancellationToken) is { } result ? (true, result) : (false, null!));
    }

    /// <summary>Deletes it. What it held back stays skipped. Deleting what is gone already is no error.</summary>
    public Task DeleteAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        return store.DeleteAsync(id, deleted => Entry(actor, "delete", InhibitionView.Of(deleted), null), cancellationToken);
    }

    private async Task<SaveResult<InhibitionView>?> TrySaveAsync(
        InhibitionView? original, InhibitionFormModel model, Actor actor, CancellationToken cancellationToken)
    {
        var stored = original is null ? null : await store.FindAsync(original.Id, cancellationToken);
        var theirs = stored is null ? null : InhibitionView.Of(stored);
        if (original is not null)
        {
            if (theirs is null)
            {
                return new Gone<InhibitionView>();
            }

            if (InhibitionFields.Table.Compare(original, theirs, model).Count > 0)
            {
                return new Conflict<InhibitionView>(theirs);
            }
        }

        if (original is null && (await store.ListAsync(cancellationToken)).Count >= Inhibition.Most)
        {
            return new Invalid<InhibitionView>([new FieldRefusal(nameof(model.Name), "Refused.TooMany", Inhibition.Most)]);
        }

        var now = time.GetUtcNow();
        var changed = new Inhibition
        {
            Id = stored?.Id ?? 0,
            Name = model.Name.Trim(),
            IsOn = model.IsOn,
            Problems = OwnRuleJson.Write(OwnRuleJson.Read(model.Problems).Rules),
            Dependants = OwnRuleJson.Write(OwnRuleJson.Read(model.Dependants).Rules),
            Label = model.Label.Trim(),
            Hours = model.ReadHours()!.Value,
            CreatedAt = stored?.CreatedAt ?? now,
            ChangedAt = now,
            ChangedBy = actor.Name,
            Version = stored?.Version ?? 0,
        };
        if (theirs is not null && InhibitionFields.Table.Difference(theirs, InhibitionView.Of(changed)).Count == 0)
        {
            return new Saved<InhibitionView>(theirs);
        }

        // What it knows of open problems was found by what it asked for then.
        var forgets = theirs is null || (theirs.Problems, theirs.Label, theirs.IsOn) != (changed.Problems, changed.Label, changed.IsOn);
        return await store.SaveAsync(changed, forgets,
            saved => Entry(actor, theirs is null ? "create" : "update", theirs, InhibitionView.Of(saved)), cancellationToken) switch
        {
            StoreOutcome.Saved => new Saved<InhibitionView>(InhibitionView.Of(changed)),
            StoreOutcome.Taken => new Invalid<InhibitionView>([new FieldRefusal(nameof(model.Name), "Refused.NameTaken")]),
            StoreOutcome.Conflict => null,
        };
    }

    private AuditEntry Entry(Actor actor, string verb, InhibitionView? before, InhibitionView? after)
    {
        var subject = (after ?? before)!;
        return audit.Entry(actor, $"{SubjectKind}.{verb}",
            new AuditSubject(SubjectKind, subject.Id.ToString(CultureInfo.InvariantCulture), subject.Name),
            InhibitionFields.Table.Difference(before, after));
    }
}
