using System.Globalization;
using System.Text.Json.Nodes;
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
    private readonly List<TModel> _wanted = [];

    private IReadOnlyList<TStored> _standing = [];

    private HashSet<string> Named => field ??= new(NameComparer);

    public abstract string Section { get; }

    protected abstract IReadOnlyList<ConfigField<TModel>> Fields { get; }

    protected virtual IReadOnlyList<ConfigSecret<TStored, TModel>> Secrets => [];

    /// <summary>The key of its name.</summary>
    protected virtual string NameKey => "name";

    /// <summary>What makes two names one.</summary>
    protected virtual StringComparer NameComparer => StringComparer.Ordinal;

    /// <summary>Set for channels, which others speak of.</summary>
    protected virtual ChannelKind? Channel => null;

    /// <summary>Set for what others speak of by its name alone.</summary>
    protected virtual NamedThing? Thing => null;

    /// <summary>What the trail calls them, where they are kept as a file of the directory has them: one of
    /// <see cref="ProvisionedKinds"/>.</summary>
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

    public string? NameOfItem(ConfigMap item) => NameIn(item, new ConfigPlace("", new ConfigNames(), []));

    public async Task<IReadOnlyList<(string Kind, string Id)>> ListNamedAsync(Actor actor, CancellationToken cancellationToken) =>
        SubjectKind is not { } kind || Named.Count == 0 ? []
            : [.. (await ListAsync(actor, cancellationToken)).Where(stored => Named.Contains(NameOf(stored)))
                .Select(stored => (kind, SubjectIdOf(stored)))];

    protected abstract Task<IReadOnlyList<TStored>> ListAsync(Actor actor, CancellationToken cancellationToken);

    protected abstract string NameOf(TStored stored);

    protected virtual int IdOf(TStored stored) => 0;

    /// <summary>As the trail calls it.</summary>
    protected virtual string SubjectIdOf(TStored stored) => IdOf(stored).ToString(CultureInfo.InvariantCulture);

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

    /// <summary>Only one of the two can be: what stands gives way before the other is saved.</summary>
    protected virtual bool IsInTheWay(TStored stored, TModel model) => false;

    /// <summary>What a file leaves out may be deleted.</summary>
    protected virtual bool MayPrune => true;

    private ProvisionedObject? LockOf(TStored stored, ConfigNames names) =>
        SubjectKind is { } kind ? names.Provisioned.GetValueOrDefault((kind, SubjectIdOf(stored))) : null;

    private ConfigMap Export(TStored stored, ConfigNames names)
    {
        var (model, blank) = (ModelOf(stored), NewModel());
        var fields = Fields.Select(field => (field.Key,
            field.IsRequired || field.Differs(model, blank) ? field.Print(model, names) : null)).ToList();
        var secrets = Secrets.Select(secret => (secret.Key,
            secret.LastFour(stored) is null ? null : (ConfigNode?)ConfigScalar.Of(SecretReference.Keep)));
        return ConfigMap.Of([.. fields.Take(1), .. secrets, .. fields.Skip(1)]);
    }
}
