using Notify.Admin.Audit;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <content>What applying a section does.</content>
internal abstract partial class ObjectKind<TStored, TModel>
{
    public async Task<SectionPlan> PlanAsync(
        ConfigNode section, ConfigPlace place, bool prune, Actor actor, CancellationToken cancellationToken)
    {
        if (section is not ConfigSequence list)
        {
            place.Refuse(section.Line, ConfigRules.List);
            return new SectionPlan([], 0);
        }

        List<PlannedChange> changes = [];
        var byName = _standing.ToLookup(NameOf, NameComparer);
        for (var index = 0; index < list.Items.Count; index++)
        {
            if (await PlanOneAsync(list.Items[index], place.At(index), byName, actor, cancellationToken) is { } change)
            {
                changes.Add(change);
            }
        }

        var rest = _standing.Where(stored => IsExported(stored) && !Named.Contains(NameOf(stored))).ToList();
        var pruned = prune && MayPrune ? rest.Where(stored => LockOf(stored, place.Names) is not { IsEditable: false }).ToList() : [];
        if (pruned.Count > 0)
        {
            changes.AddRange(pruned.Select(stored => new PlannedChange(
                new ConfigChange(ConfigAction.Delete, Section, NameOf(stored), 0, []),
                turn => turn.IsSecond ? Task.CompletedTask
                    : DeleteAsync(stored, turn with { Place = turn.Place with { Path = Section }, Line = section.Line }))
            {
                IsFirst = _wanted.Exists(model => IsInTheWay(stored, model)),
                Count = Channel is null ? null : stop => EffectAsync(stored, null, place.Names, actor, stop),
            }));
        }

        return new SectionPlan(changes, rest.Count - pruned.Count);
    }

    private async Task<PlannedChange?> PlanOneAsync(
        ConfigNode node, ConfigPlace place, ILookup<string, TStored> byName, Actor actor, CancellationToken cancellationToken)
    {
        var before = place.Problems.Count;
        if (Read(node, place) is not var (map, name))
        {
            return null;
        }

        if (Named.TryGetValue(name, out var first))
        {
            var (again, known) = (ForeignText.Line(name, 80), ForeignText.Line(first, 80));
            place.At(NameKey).Refuse(map.Line, first == name ? ConfigRules.Again(again) : ConfigRules.AgainInOtherCase(again, known));
            return null;
        }

        Named.Add(name);

        var standing = byName[name].ToList();
        if (standing.Count > 1)
        {
            place.At(NameKey).Refuse(map.Line, ConfigRules.SeveralStand(standing.Count));
            return null;
        }

        var stored = standing.FirstOrDefault();
        var (model, secrets) = Fill(map, stored, place);
        if (place.Problems.Count > before)
        {
            return null;
        }

        if (IsDone(model))
        {
            return null;
        }

        foreach (var (field, reason) in await CheckAsync(stored, model, actor, cancellationToken))
        {
            Refuse(place, map, field, reason);
        }

        var fields = Difference(stored is null ? null : ModelOf(stored), model, place.Names).Concat(secrets).ToList();
        if (stored is not null && LockOf(stored, place.Names) is { } mark)
        {
            ProvisionedPlace.Check(mark, fields.Count > 0, map.Line, place);
        }

        if (place.Problems.Count > before || (stored is not null && fields.Count == 0))
        {
            return null;
        }

        Tell(place.Names, model);
        _wanted.Add(model);
        var isPostponed = false;
        return new PlannedChange(
            new ConfigChange(stored is null ? ConfigAction.Create : ConfigAction.Change, Section, name, map.Line, fields),
            async turn =>
            {
                if (turn.IsSecond && !isPostponed)
                {
                    return;
                }

                // Read anew: by now, what it speaks of has been created.
                var at = turn.Place with { Path = place.Path };
                var (wanted, _) = Fill(map, stored, at);
                isPostponed = Postpone(wanted);
                var current = turn.IsSecond
                    ? (await ListAsync(turn.Actor, turn.Stop)).Single(found => NameComparer.Equals(NameOf(found), name)) : stored;
                foreach (var (field, reason) in await SaveAsync(current, wanted, turn))
                {
                    Refuse(at, map, field, reason);
                }
            })
        {
            Count = Channel is null || stored is null ? null : stop => EffectAsync(stored, model, place.Names, actor, stop),
        };
    }

    private (ConfigMap Map, string Name)? Read(ConfigNode node, ConfigPlace place)
    {
        if (place.Map(node, [.. Fields.Select(field => field.Key), .. Secrets.Select(secret => secret.Key)]) is not { } map)
        {
            return null;
        }

        return NameIn(map, place) is { } name ? (map, name) : null;
    }

    private (TModel Model, IReadOnlyList<FieldChange> Secrets) Fill(ConfigMap map, TStored? stored, ConfigPlace place)
    {
        var model = NewModel();
        foreach (var field in Fields)
        {
            if (map.Find(field.Key) is { } entry)
            {
                field.Take(model, entry.Value, place.At(field.Key));
            }
            else if (field.IsRequired)
            {
                place.At(field.Key).Refuse(map.Line, ConfigRules.Missing);
            }
        }

        if (stored is not null)
        {
            Keep(model, stored);
        }

        List<FieldChange> changes = [];
        foreach (var secret in Secrets)
        {
            if (map.Find(secret.Key) is not { } entry || place.At(secret.Key).Text(entry.Value) is not { } text)
            {
                continue;
            }

            if (stored is not null && secret.IsSettled(stored) && SecretReference.Is(text))
            {
                continue;
            }

            var (value, problem) = SecretReference.Resolve(text);
            if (problem is { } rule)
            {
                place.At(secret.Key).Refuse(entry.Line, rule);
            }
            else if (value is null && stored is null)
            {
                place.At(secret.Key).Refuse(entry.Line, ConfigRules.KeepOfNothing);
            }
            else if (value is null && secret.PartOf is { } whole && changes.Exists(change => change.Field == whole))
            {
                place.At(secret.Key).Refuse(entry.Line, ConfigRules.NewWhole(whole));
            }
            else if (value is not null && (stored is null || IsNew(secret, stored, value, changes)))
            {
                secret.Set(model, value);
                changes.Add(new FieldChange(secret.Key, stored is null ? null : secret.LastFour(stored), text));
            }
        }

        return (model, changes);
    }

    private static bool IsNew(
        ConfigSecret<TStored, TModel> secret, TStored stored, string value, List<FieldChange> changes) =>
        secret.PartOf is { } whole && changes.Exists(change => change.Field == whole)
            || !secret.IsSame(stored, value);

    private IEnumerable<FieldChange> Difference(TModel? before, TModel after, ConfigNames names)
    {
        var blank = NewModel();
        string? Brief(ConfigField<TModel> field, TModel model) =>
            field.Differs(model, blank) || field.IsRequired ? field.Print(model, names)?.Brief() : null;

        return Fields.Where(field => field.Differs(before ?? blank, after)).Select(field => new FieldChange(
            field.Key, before is null ? null : Brief(field, before), Brief(field, after)));
    }

    private void Refuse(ConfigPlace place, ConfigMap map, string name, string reason)
    {
        place.At(PathOf(name)).Add(map.Find(KeyOf(name))?.Line ?? map.Line, reason);
    }
}
