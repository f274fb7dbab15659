using System.Text.Json.Nodes;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <summary>A section that is a list of objects, each known by its name.</summary>
/// <typeparam name="TStored">As the store has it.</typeparam>
/// <typeparam name="TModel">What can be set of it.</typeparam>
internal abstract partial class ObjectKind<TStored, TModel> : IObjectKind
    where TStored : class
    where TModel : class
{
    private IReadOnlyList<TStored> _standing = [];

    public abstract string Section { get; }

    protected abstract IReadOnlyList<ConfigField<TModel>> Fields { get; }

    protected virtual IReadOnlyList<ConfigSecret<TStored, TModel>> Secrets => [];

    /// <summary>The key of its name.</summary>
    protected virtual string NameKey => "name";

    /// <summary>Set for channels, which others speak of.</summary>
    protected virtual ChannelKind? Channel => null;

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

    public async Task<IReadOnlyList<string>> ReadAsync(ConfigNames names, Actor actor, CancellationToken cancellationToken)
    {
        _standing = [.. (await ListAsync(actor, cancellationToken)).OrderBy(NameOf, StringComparer.Ordinal).ThenBy(IdOf)];
        foreach (var stored in _standing)
        {
            Introduce(names, NameOf(stored), stored);
        }

        return [.. _standing.Select(MarkOf)];
    }

    public void Announce(ConfigNode section, ConfigNames names)
    {
        if (section is not ConfigSequence list)
        {
            return;
        }

        foreach (var name in list.Items.OfType<ConfigMap>().Select(item => (item.Find(NameKey)?.Value as ConfigScalar)?.Text.Trim())
            .Distinct().Where(name => name is { Length: > 0 } && !_standing.Any(stored => NameOf(stored) == name)))
        {
            Introduce(names, name!, null);
        }
    }

    public ConfigNode? Export(ConfigNames names) =>
        _standing.Count == 0 ? null : new ConfigSequence(0, [.. _standing.Where(IsExported).Select(stored => Export(stored, names))]);

    public async Task<SectionPlan> PlanAsync(
        ConfigNode section, ConfigPlace place, bool prune, Actor actor, CancellationToken cancellationToken)
    {
        if (section is not ConfigSequence list)
        {
            place.Refuse(section.Line, "must be a list");
            return new SectionPlan([], 0);
        }

        List<PlannedChange> changes = [];
        HashSet<string> named = new(StringComparer.Ordinal);
        var byName = _standing.ToLookup(NameOf, StringComparer.Ordinal);
        for (var index = 0; index < list.Items.Count; index++)
        {
            if (await PlanOneAsync(list.Items[index], place.At(index), named, byName, actor, cancellationToken) is { } change)
            {
                changes.Add(change);
            }
        }

        var rest = _standing.Where(stored => IsExported(stored) && !named.Contains(NameOf(stored))).ToList();
        if (prune && MayPrune)
        {
            changes.AddRange(rest.Select(stored => new PlannedChange(
                new ConfigChange(ConfigAction.Delete, Section, NameOf(stored), 0, []),
                turn => turn.IsSecond ? Task.CompletedTask : DeleteAsync(stored, turn))));
        }

        return new SectionPlan(changes, prune && MayPrune ? 0 : rest.Count);
    }

    protected abstract Task<IReadOnlyList<TStored>> ListAsync(Actor actor, CancellationToken cancellationToken);

    protected abstract string NameOf(TStored stored);

    protected virtual int IdOf(TStored stored) => 0;

    /// <summary>Tells others what they may speak of; by default of channels alone.</summary>
    /// <param name="stored">Null for one that a section would create.</param>
    protected virtual void Introduce(ConfigNames names, string name, TStored? stored)
    {
        if (Channel is not { } kind)
        {
            return;
        }

        if (stored is null)
        {
            names.AddPlanned(kind, name);
        }
        else
        {
            names.Add(kind, IdOf(stored), name);
        }
    }

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
        ConfigNode node, ConfigPlace place, HashSet<string> named, ILookup<string, TStored> byName, Actor actor,
        CancellationToken cancellationToken)
    {
        var before = place.Problems.Count;
        if (Read(node, place) is not var (map, name))
        {
            return null;
        }

        if (!named.Add(name))
        {
            place.At(NameKey).Refuse(map.Line, $"says {ForeignText.Line(name, 80)} again: objects are told apart by their names");
            return null;
        }

        var standing = byName[name].ToList();
        if (standing.Count > 1)
        {
            place.At(NameKey).Refuse(map.Line, $"is the name of {standing.Count} that stand: give each a name of its own first");
            return null;
        }

        var stored = standing.FirstOrDefault();
        var (model, secrets) = Fill(map, stored, place);
        if (place.Problems.Count > before)
        {
            return null;
        }

        foreach (var (field, reason) in await CheckAsync(stored, model, actor, cancellationToken))
        {
            Refuse(place, map, field, reason);
        }

        var fields = Difference(stored is null ? null : ModelOf(stored), model, place.Names).Concat(secrets).ToList();
        if (place.Problems.Count > before || (stored is not null && fields.Count == 0))
        {
            return null;
        }

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
            });
    }

    private (ConfigMap Map, string Name)? Read(ConfigNode node, ConfigPlace place)
    {
        if (place.Map(node, [.. Fields.Select(field => field.Key), .. Secrets.Select(secret => secret.Key)]) is not { } map)
        {
            return null;
        }

        if (map.Find(NameKey) is not { } entry)
        {
            place.At(NameKey).Refuse(map.Line, "is missing");
            return null;
        }

        return place.At(NameKey).Text(entry.Value) is { } name ? (map, name.Trim()) : null;
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
                place.At(field.Key).Refuse(map.Line, "is missing");
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

            var (value, problem) = SecretReference.Resolve(text);
            if (problem is not null)
            {
                place.At(secret.Key).Refuse(entry.Line, problem);
            }
            else if (value is null && stored is null)
            {
                place.At(secret.Key).Refuse(entry.Line, "is keep, and nothing is stored under this name: say where it is, as ${env:NAME}");
            }
            else if (value is not null && (stored is null || !secret.IsSame(stored, value)))
            {
                secret.Set(model, value);
                changes.Add(new FieldChange(secret.Key, stored is null ? null : secret.LastFour(stored), text));
            }
        }

        return (model, changes);
    }

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
        var key = KeyOf(name);
        place.At(key).Refuse(map.Find(key)?.Line ?? map.Line, reason);
    }
}
