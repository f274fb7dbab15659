using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Notify.Admin.Security;

namespace Notify.Admin.ConfigFiles;

/// <content>The same objects one by one, for the API.</content>
internal abstract partial class ObjectKind<TStored, TModel>
{
    private const string IdKey = "id";
    private const string SecretsKey = "secrets";

    public bool IsSpokenOf => Channel is not null || Thing is not null;

    public virtual string ReadPolicy => Policies.View;

    public JsonObject ObjectSchema
    {
        get
        {
            JsonObject properties = [];
            if (NameKey != IdKey)
            {
                properties[IdKey] = new JsonObject { ["type"] = "integer", ["readOnly"] = true };
            }

            foreach (var known in Fields)
            {
                properties[known.Key] = known.Schema.DeepClone();
            }

            foreach (var secret in Secrets)
            {
                properties[secret.Key] = new JsonObject { ["type"] = "string", ["writeOnly"] = true };
            }

            if (Secrets.Count > 0)
            {
                properties[SecretsKey] = new JsonObject
                {
                    ["type"] = "object",
                    ["readOnly"] = true,
                    ["properties"] = new JsonObject(Secrets.Select(secret =>
                        KeyValuePair.Create<string, JsonNode?>(secret.Key, ConfigFields.Type("string")))),
                };
            }

            return new()
            {
                ["type"] = "object",
                ["properties"] = properties,
                ["required"] = new JsonArray([.. Fields.Where(known => known.IsRequired).Select(known => JsonValue.Create(known.Key))]),
                ["additionalProperties"] = false,
            };
        }
    }

    public IReadOnlyList<StoredObject> Objects(ConfigNames names) =>
        [.. _standing.OrderBy(IdOf).Select(stored => ObjectOf(stored, names))];

    public async Task<ObjectOutcome> SaveAsync(
        int? id, JsonObject patch, ConfigNames names, Actor actor, CancellationToken cancellationToken)
    {
        var stored = id is { } wanted ? Find(wanted) : null;
        if (id is not null && stored is null)
        {
            return ObjectOutcome.Gone;
        }

        var place = new ConfigPlace("", names, []);
        var model = Patch(patch, stored, place);
        if (place.Problems.Count == 0)
        {
            foreach (var (field, reason) in await CheckAsync(stored, model, actor, cancellationToken))
            {
                place.At(PathOf(field)).Add(0, reason);
            }
        }

        if (place.Problems.Count > 0)
        {
            return ObjectOutcome.Invalid(place.Problems);
        }

        // The save tells these names what it has saved, and they know nothing else.
        var saved = new ConfigNames();
        var turn = new ApplyTurn(actor, place with { Names = saved }, IsSecond: false, [], cancellationToken);
        foreach (var (field, reason) in await SaveAsync(stored, model, turn))
        {
            if (field.Length == 0 && stored is not null)
            {
                return ObjectOutcome.Outdated;
            }

            place.At(field.Length == 0 ? NameKey : PathOf(field)).Add(0, field.Length == 0 ? "is taken" : reason);
        }

        if (place.Problems.Count > 0)
        {
            return ObjectOutcome.Invalid(place.Problems);
        }

        var standing = await ListAsync(actor, cancellationToken);
        return (id is { } known ? standing.FirstOrDefault(one => IdOf(one) == known) : FindNew(standing, model, saved)) is { } now
            ? ObjectOutcome.Done(ObjectOf(now, names)) : ObjectOutcome.Gone;
    }

    public Task DeleteAsync(int id, Actor actor, CancellationToken cancellationToken) => Find(id) is { } stored
        ? DeleteAsync(stored, new ApplyTurn(actor, new ConfigPlace("", new ConfigNames(), []), IsSecond: false, [], cancellationToken))
        : Task.CompletedTask;

    private TStored? Find(int id) => _standing.FirstOrDefault(stored => IdOf(stored) == id);

    // The names of what others do not speak of are unique; whoever is spoken of has told its id.
    private TStored? FindNew(IReadOnlyList<TStored> standing, TModel model, ConfigNames saved)
    {
        var name = ((ConfigScalar)Fields.First(field => field.Key == NameKey).Print(model, saved)!).Text.Trim();
        if (!IsSpokenOf)
        {
            return standing.FirstOrDefault(one => NameOf(one) == name);
        }

        var id = (Thing is { } thing ? saved.Find(thing, name, out _) : saved.Find($"{Section}/{name}", out _)?.Id)
            ?? throw new InvalidOperationException($"{Section} has not told what it saved.");
        return standing.FirstOrDefault(one => IdOf(one) == id);
    }

    private StoredObject ObjectOf(TStored stored, ConfigNames names)
    {
        var model = ModelOf(stored);
        JsonObject json = new() { [IdKey] = IdOf(stored) };
        foreach (var field in Fields)
        {
            json[field.Key] = field.Print(model, names) is { } value ? ConfigJson.Of(value) : null;
        }

        if (Secrets.Count > 0)
        {
            json[SecretsKey] = new JsonObject(Secrets.Where(secret => secret.LastFour(stored) is not null)
                .Select(secret => KeyValuePair.Create<string, JsonNode?>(secret.Key, secret.LastFour(stored))));
        }

        var state = SHA256.HashData(Encoding.UTF8.GetBytes($"{Section} {IdOf(stored)} {MarkOf(stored)}"));
        return new StoredObject(IdOf(stored), Convert.ToHexStringLower(state.AsSpan(0, 8)), json);
    }

    private TModel Patch(JsonObject patch, TStored? stored, ConfigPlace place)
    {
        var (model, blank) = (stored is null ? NewModel() : ModelOf(stored), NewModel());
        foreach (var field in Fields)
        {
            if (patch.TryGetPropertyValue(field.Key, out var change))
            {
                Patch(field, change, model, blank, place);
            }
            else if (field.IsRequired && stored is null)
            {
                place.At(field.Key).Refuse(0, ConfigRules.Missing);
            }
        }

        HashSet<string> renewed = [];
        foreach (var secret in Secrets.Where(secret => patch.ContainsKey(secret.Key)))
        {
            PatchSecret(secret, patch[secret.Key], stored, model, renewed, place.At(secret.Key));
        }

        CheckOthers(patch, stored, place);
        return model;
    }

    private static void Patch(ConfigField<TModel> field, JsonNode? change, TModel model, TModel blank, ConfigPlace place)
    {
        var at = place.At(field.Key);
        if (field.Key == IdKey && change is not null && field.Print(model, place.Names) is ConfigScalar { Text.Length: > 0 } id
            && id.Text != change.ToJsonString())
        {
            at.Add(0, "cannot be changed");
        }
        else if (change is not null)
        {
            var before = field.Print(model, place.Names) is ConfigMap known ? ConfigJson.Of(known) as JsonObject : null;
            if (change is JsonObject parts && field.Alternatives.Any(key => parts[key] is not null))
            {
                foreach (var other in field.Alternatives.Where(key => !parts.ContainsKey(key)))
                {
                    before?.Remove(other);
                }
            }

            var after = MergePatch.Apply(before, change)!;
            var problems = place.Problems.Count;
            MergePatch.Check(field.Schema, after, at);
            if (place.Problems.Count == problems)
            {
                field.Take(model, ConfigJson.From(after), at);
            }
        }
        else if (field.IsRequired || field.Copy is null)
        {
            at.Add(0, "cannot be null");
        }
        else
        {
            field.Copy(blank, model);
        }
    }

    // Unlike a file, which lies about, a call may hold the secret itself. What an export says of one may be sent, too.
    private static void PatchSecret(ConfigSecret<TStored, TModel> secret, JsonNode? change, TStored? stored, TModel model,
        HashSet<string> renewed, ConfigPlace place)
    {
        if (change?.GetValueKind() != System.Text.Json.JsonValueKind.String)
        {
            place.Add(0, "must be a text: a secret is replaced, or goes with the setting that needs it");
            return;
        }

        var text = change.GetValue<string>();
        var hasNewWhole = secret.PartOf is { } whole && renewed.Contains(whole);
        if (text == SecretReference.Keep)
        {
            if (stored is null || hasNewWhole)
            {
                place.Refuse(0, stored is null ? ConfigRules.KeepOfNothing : ConfigRules.NewWhole(secret.PartOf!));
            }

            return;
        }

        var (value, problem) = text.StartsWith("${", StringComparison.Ordinal) ? SecretReference.Resolve(text) : (text, null);
        if (problem is { } rule)
        {
            place.Refuse(0, rule);
        }
        else if (stored is null || hasNewWhole || !secret.IsSame(stored, value!))
        {
            secret.Set(model, value!);
            renewed.Add(secret.Key);
        }
    }

    // What was read may be sent back whole: what cannot be written must then be as it is.
    private void CheckOthers(JsonObject patch, TStored? stored, ConfigPlace place)
    {
        var known = Fields.Select(field => field.Key).Concat(Secrets.Select(secret => secret.Key)).ToHashSet(StringComparer.Ordinal);
        var now = stored is null ? [] : ObjectOf(stored, place.Names).Json;
        foreach (var (key, value) in patch.Where(pair => !known.Contains(pair.Key)))
        {
            if (!now.TryGetPropertyValue(key, out var standing))
            {
                place.At(ForeignText.Line(key, 60)).Add(0, "is not known here");
            }
            else if (!JsonNode.DeepEquals(value, standing))
            {
                place.At(key).Add(0, "can only be read");
            }
        }
    }

    // A part of a field is named after it: types[0].
    private static string WholeOf(string name) => name.Split('[', '/')[0];

    private string PathOf(string name) => KeyOf(name) + name[WholeOf(name).Length..];

    private string KeyOf(string name)
    {
        var whole = WholeOf(name);
        return Fields.FirstOrDefault(field => field.Name == whole)?.Key
            ?? Secrets.FirstOrDefault(secret => secret.Name == whole)?.Key ?? whole;
    }
}
