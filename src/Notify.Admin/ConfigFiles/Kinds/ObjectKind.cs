using System.Globalization;
using System.Text.Json.Nodes;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>A section that is a list of objects, each known by its name.</summary>
/// <typeparam name="TStored">As the store has it.</typeparam>
/// <typeparam name="TModel">What can be set of it.</typeparam>
internal abstract partial class ObjectKind<TStored, TModel> : IObjectKind
    where TStored : class
    where TModel : class
{
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);

    private IReadOnlyList<TStored> _standing = [];

    public abstract string Section { get; }

    protected abstract IReadOnlyList<ConfigField<TModel>> Fields { get; }

    protected virtual IReadOnlyList<ConfigSecret<TStored, TModel>> Secrets => [];

    /// <summary>The key of its name.</summary>
    protected virtual string NameKey => "name";

    /// <summary>Set for channels, which others speak of.</summary>
    protected virtual ChannelKind? Channel => null;

    /// <summary>Set for what others speak of by its name alone.</summary>
    protected virtual NamedThing? Thing => null;

    /// <summary>What the trail calls them, where they are kept as a file of the directory has them: one of
    /// <see cref="ProvisionedStore.Kinds"/>.</summary>
    protected virtual string? SubjectKind => Channel is { } kind ? AuditedChannel.KindOf(kind) : null;

    protected IReadOnlyList<TStored> Standing => _standing;

    public JsonObject Schema
    {
        get
        {
            var properties = new JsonObject(Fields.Select(known => KeyValuePair.Create<string, JsonNode?>(
                known.Key, known.Schema.DeepClone())));
            foreach (var secret in Secrets)
            {
                properties[secret.Key] = new JsonObject { ["type"] = "string", ["pattern"] = SecretReference.Pattern };
            }

            return new()
            {
                ["type"] = "array",
                ["items"] = new JsonObject
                {
                    ["type"] = "object",
                    ["properties"] = properties,
                    ["required"] = new JsonArray([.. Fields.Where(known => known.IsRequired).Select(known => JsonValue.Create(known.Key))]),
                    ["additionalProperties"] = false,
                },
            };
        }
    }

    public virtual async Task<IReadOnlyList<string>> ReadAsync(ConfigNames names, Actor actor, CancellationToken cancellationToken)
    {
        _standing = [.. (await ListAsync(actor, cancellationToken)).OrderBy(NameOf, StringComparer.Ordinal).ThenBy(IdOf)];
        foreach (var stored in _standing)
        {
            if (Channel is { } kind)
            {
                names.Add(kind, IdOf(stored), NameOf(stored));
            }
            else if (Thing is { } thing)
            {
                names.Add(thing, IdOf(stored), NameOf(stored));
            }
        }

        return [.. _standing.Select(MarkOf)];
    }

    public void Announce(ConfigNode section, ConfigNames names)
    {
        if (!IsSpokenOf || section is not ConfigSequence list)
        {
            return;
        }

        foreach (var name in list.Items.OfType<ConfigMap>().Select(item => (item.Find(NameKey)?.Value as ConfigScalar)?.Text.Trim())
            .Distinct().Where(name => name is { Length: > 0 } && !_standing.Any(stored => NameOf(stored) == name)))
        {
            if (Channel is { } kind)
            {
                names.AddPlanned(kind, name!);
            }
            else
            {
                names.AddPlanned(Thing!.Value, name!);
            }
        }
    }

    public ConfigNode? Export(ConfigNames names) =>
        _standing.Count == 0 ? null : new ConfigSequence(0, [.. _standing.Where(IsExported).Select(stored => Export(stored, names))]);

    public async Task<SectionPlan> PlanAsync(
        ConfigNode section, ConfigPlace place, bool prune, Actor actor, CancellationToken cancellationToken)
    {
        if (section is not ConfigSequence list)
        {
            place.Refuse(section.Line, ConfigRules.List);
            return new SectionPlan([], 0);
        }

        List<PlannedChange> changes = [];
        var byName = _standing.ToLookup(NameOf, StringComparer.Ordinal);
        for (var index = 0; index < list.Items.Count; index++)
        {
            if (await PlanOneAsync(list.Items[index], place.At(index), byName, actor, cancellationToken) is { } change)
            {
                changes.Add(change);
            }
        }

        var rest = _standing.Where(stored => IsExported(stored) && !_named.Contains(NameOf(stored))).ToList();
        var pruned = prune && MayPrune ? rest.Where(stored => LockOf(stored, place.Names) is not { IsEditable: false }).ToList() : [];
        if (pruned.Count > 0)
        {
            changes.AddRange(pruned.Select(stored => new PlannedChange(
                new ConfigChange(ConfigAction.Delete, Section, NameOf(stored), 0, []),
                turn => turn.IsSecond ? Task.CompletedTask
                    : DeleteAsync(stored, turn with { Place = turn.Place with { Path = Section }, Line = section.Line }))
            {
                Count = Channel is null ? null : stop => EffectAsync(stored, null, place.Names, actor, stop),
            }));
        }

        return new SectionPlan(changes, rest.Count - pruned.Count);
    }

    public async Task<IReadOnlyList<(string Kind, string Id)>> ListNamedAsync(Actor actor, CancellationToken cancellationToken) =>
        SubjectKind is not { } kind || _named.Count == 0 ? []
            : [.. (await ListAsync(actor, cancellationToken)).Where(stored => _named.Contains(NameOf(stored)))
                .Select(stored => (kind, SubjectIdOf(stored)))];

    protected abstract Task<IReadOnlyList<TStored>> ListAsync(Actor actor, CancellationToken cancellationToken);

    protected abstract string NameOf(TStored stored);

    protected virtual int IdOf(TStored stored) => 0;

    protected abstract string MarkOf(TStored stored);

    protected abstract TModel NewModel();

    protected abstract TModel ModelOf(TStored stored);

    protected virtual bool IsExported(TStored stored) => true;

    /// <summary>What the file never says of a stored one, into the model that was read.</summary>
    protected virtual void Keep(TModel model, TStored stored)
    {
    }

    /// <summary>The refusals of saving, without saving.</summary>
    protected abstract Task<IReadOnlyList<(string Name, string Reason)>> CheckAsync(
        TStored? stored, TModel model, Actor actor, CancellationToken cancellationToken);

    /// <summary>Saves it; what is refused is returned.</summary>
    protected abstract Task<IReadOnlyList<(string Name, string Reason)>> SaveAsync(TStored? stored, TModel model, ApplyTurn turn);

    protected abstract Task DeleteAsync(TStored stored, ApplyTurn turn);

    /// <summary>What it means for what a channel is sent.</summary>
    /// <param name="model">Null where it is deleted.</param>
    /// <param name="names">With the rules of the sets that the file changes.</param>
    protected virtual Task<ConfigEffect?> EffectAsync(
        TStored stored, TModel? model, ConfigNames names, Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult<ConfigEffect?>(null);

    /// <summary>Tells the sections that come after it what it would be.</summary>
    protected virtual void Tell(ConfigNames names, TModel model)
    {
    }

    /// <summary>Its time is over: it stays in the file and does nothing.</summary>
    protected virtual bool IsDone(TModel model) => false;

    /// <summary>What an object of the file is known by; null, and refused, where it does not say.</summary>
    protected virtual string? NameIn(ConfigMap map, ConfigPlace place) =>
        Require(map, NameKey, place) is { } name ? place.At(NameKey).Text(name)?.Trim() : null;

    protected static ConfigNode? Require(ConfigMap map, string key, ConfigPlace place)
    {
        if (map.Find(key) is { } entry)
        {
            return entry.Value;
        }

        place.At(key).Refuse(map.Line, ConfigRules.Missing);
        return null;
    }

    /// <summary>Takes what refers to objects that do not exist yet out of a model; true where there was something.</summary>
    protected virtual bool Postpone(TModel model) => false;

    /// <summary>What a file leaves out may be deleted.</summary>
    protected virtual bool MayPrune => true;

    private ConfigMap Export(TStored stored, ConfigNames names)
    {
        var (model, blank) = (ModelOf(stored), NewModel());
        var fields = Fields.Select(field => (field.Key,
            field.IsRequired || field.Differs(model, blank) ? field.Print(model, names) : null)).ToList();
        var secrets = Secrets.Select(secret => (secret.Key,
            secret.LastFour(stored) is null ? null : (ConfigNode?)ConfigScalar.Of(SecretReference.Keep)));
        return ConfigMap.Of([.. fields.Take(1), .. secrets, .. fields.Skip(1)]);
    }

    private async Task<PlannedChange?> PlanOneAsync(
        ConfigNode node, ConfigPlace place, ILookup<string, TStored> byName, Actor actor, CancellationToken cancellationToken)
    {
        var before = place.Problems.Count;
        if (Read(node, place) is not var (map, name))
        {
            return null;
        }

        if (!_named.Add(name))
        {
            place.At(NameKey).Refuse(map.Line, ConfigRules.Again(ForeignText.Line(name, 80)));
            return null;
        }

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
            CheckLock(mark, fields.Count > 0, map.Line, place);
        }

        if (place.Problems.Count > before || (stored is not null && fields.Count == 0))
        {
            return null;
        }

        Tell(place.Names, model);
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
                    ? (await ListAsync(turn.Actor, turn.Stop)).Single(found => NameOf(found) == name) : stored;
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

    private string SubjectIdOf(TStored stored) => IdOf(stored).ToString(CultureInfo.InvariantCulture);

    private ProvisionedObject? LockOf(TStored stored, ConfigNames names) =>
        SubjectKind is { } kind ? names.Provisioned.GetValueOrDefault((kind, SubjectIdOf(stored))) : null;

    private static void CheckLock(ProvisionedObject mark, bool isChanged, int line, ConfigPlace place)
    {
        if (ProvisioningScope.File is { } file && file != mark.File)
        {
            place.Refuse(line, ConfigRules.InTwoFiles(mark.File));
        }
        else if (ProvisioningScope.File is null && isChanged && !mark.IsEditable)
        {
            place.Refuse(line, ConfigRules.Provisioned(mark.File));
        }
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
