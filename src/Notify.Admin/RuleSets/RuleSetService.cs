using System.Globalization;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.RuleSets;

/// <summary>One line of the list.</summary>
/// <param name="Channels">That use it, by kind and name.</param>
public sealed record RuleSetListItem(RuleSetView Set, IReadOnlyList<ChannelName> Channels);

/// <summary>What people and programs do with rule sets. Every call checks the actor's policy.</summary>
internal sealed class RuleSetService(RuleSetStore store, IDeliveryDesk desk, AuditTrail audit, TimeProvider time)
{
    internal const string SubjectKind = "rule-set";

    /// <summary>All of them, by name.</summary>
    public async Task<IReadOnlyList<RuleSetListItem>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        var uses = await store.ListUsesAsync(cancellationToken);
        var names = await NamesAsync(actor, cancellationToken);
        return [.. (await store.ListAsync(cancellationToken))
            .Select(set => new RuleSetListItem(RuleSetView.Of(set), NamesOf(uses[set.Id], names)))];
    }

    /// <summary>Null when there is none with that id.</summary>
    public async Task<RuleSetView?> FindAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return await store.FindAsync(id, cancellationToken) is { } set ? RuleSetView.Of(set) : null;
    }

    /// <summary>The channels that use it, by kind and name.</summary>
    public async Task<IReadOnlyList<ChannelName>> ListUsesAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.View);
        return NamesOf((await store.ListUsesAsync(cancellationToken))[id], await NamesAsync(actor, cancellationToken));
    }

    /// <param name="original">What the form was filled from; null adds a new one.</param>
    public async Task<SaveResult<RuleSetView>> SaveAsync(
        RuleSetView? original, RuleSetFormModel model, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        if (model.Check().ToList() is { Count: > 0 } refusals)
        {
            return new Invalid<RuleSetView>(refusals);
        }

        // A save that lost a race is tried again on what the winner left, where nobody has to be asked.
        return await Contention.TryAsync("rule set", async () =>
            await TrySaveAsync(original, model, actor, cancellationToken) is { } result ? (true, result) : (false, null!));
    }

    /// <summary>Deletes it, unless a channel uses it. Deleting what is gone already is no error.</summary>
    /// <returns>The channels that use it; empty when it is gone.</returns>
    public async Task<IReadOnlyList<ChannelName>> DeleteAsync(int id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Edit);
        var uses = await store.DeleteAsync(id, deleted => Entry(actor, "delete", RuleSetView.Of(deleted), null), cancellationToken);
        return uses.Count == 0 ? [] : NamesOf(uses, await NamesAsync(actor, cancellationToken));
    }

    private async Task<SaveResult<RuleSetView>?> TrySaveAsync(
        RuleSetView? original, RuleSetFormModel model, Actor actor, CancellationToken cancellationToken)
    {
        var stored = original is null ? null : await store.FindAsync(original.Id, cancellationToken);
        var theirs = stored is null ? null : RuleSetView.Of(stored);
        if (original is not null)
        {
            if (theirs is null)
            {
                return new Gone<RuleSetView>();
            }

            if (RuleSetFields.Table.Compare(original, theirs, model).Count > 0)
            {
                return new Conflict<RuleSetView>(theirs);
            }
        }

        if (original is null && (await store.ListAsync(cancellationToken)).Count >= RuleSet.Most)
        {
            return new Invalid<RuleSetView>([new FieldRefusal(nameof(model.Name), "Refused.TooMany", RuleSet.Most)]);
        }

        var now = time.GetUtcNow();
        var changed = new RuleSet
        {
            Id = stored?.Id ?? 0,
            Name = model.Name.Trim(),
            Rules = OwnRuleJson.Write(OwnRuleJson.Read(model.Rules).Rules),
            CreatedAt = stored?.CreatedAt ?? now,
            ChangedAt = now,
            ChangedBy = actor.Name,
            Version = stored?.Version ?? 0,
        };
        if (theirs is not null && theirs.Name == changed.Name && theirs.Rules == changed.Rules)
        {
            return new Saved<RuleSetView>(theirs);
        }

        return await store.SaveAsync(changed, saved => Entry(actor, theirs is null ? "create" : "update", theirs, RuleSetView.Of(saved)),
            cancellationToken) switch
        {
            StoreOutcome.Saved => new Saved<RuleSetView>(RuleSetView.Of(changed)),
            StoreOutcome.Taken => new Invalid<RuleSetView>([new FieldRefusal(nameof(model.Name), "Refused.NameTaken")]),
            StoreOutcome.Conflict => null,
        };
    }

    private AuditEntry Entry(Actor actor, string verb, RuleSetView? before, RuleSetView? after)
    {
        var subject = (after ?? before)!;
        return audit.Entry(actor, $"{SubjectKind}.{verb}",
            new AuditSubject(SubjectKind, subject.Id.ToString(CultureInfo.InvariantCulture), subject.Name),
            RuleSetFields.Table.Difference(before, after));
    }

    private async Task<Dictionary<ChannelKey, ChannelName>> NamesAsync(Actor actor, CancellationToken cancellationToken) =>
        (await desk.ListChannelsAsync(actor, cancellationToken)).ToDictionary(name => name.Key);

    private static IReadOnlyList<ChannelName> NamesOf(IEnumerable<ChannelKey> keys, Dictionary<ChannelKey, ChannelName> names) =>
        [.. keys.Select(key => names.GetValueOrDefault(key) ?? new ChannelName(key, $"#{key.Id}", true))
            .OrderBy(name => name.Key.Kind).ThenBy(name => name.Name, StringComparer.CurrentCulture)];
}
