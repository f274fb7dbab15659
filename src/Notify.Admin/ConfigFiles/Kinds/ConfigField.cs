using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Notify.Admin.Channels;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;

namespace Notify.Admin.ConfigFiles;

/// <summary>One key of an object in the file.</summary>
/// <param name="Name">The form's name of it: refusals name that.</param>
/// <param name="Print">Null where the file leaves it out.</param>
internal sealed record ConfigField<TModel>(
    string Key, string Name, JsonObject Schema, Func<TModel, TModel, bool> Differs, Func<TModel, ConfigNames, ConfigNode?> Print,
    Action<TModel, ConfigNode, ConfigPlace> Take)
{
    public bool IsRequired { get; init; }

    /// <summary>Takes it from the first model into the second; null where it is never set back.</summary>
    public Action<TModel, TModel>? Copy { get; init; }

    /// <summary>Keys within it of which one stands: a change that sets one takes the others away.</summary>
    public IReadOnlyList<string> Alternatives { get; init; } = [];

    /// <summary>The same of a model that holds this one.</summary>
    public ConfigField<TWhole> In<TWhole>(Func<TWhole, TModel> part) => new(
        Key, Name, Schema, (one, other) => Differs(part(one), part(other)), (whole, names) => Print(part(whole), names),
        (whole, node, place) => Take(part(whole), node, place)) { IsRequired = IsRequired };
}

/// <summary>Makes the keys of an object out of the table of its form, so that a field that is declared there is known here.</summary>
internal static class ConfigFields
{
    public static IReadOnlyList<ConfigField<TModel>> Of<TStored, TModel>(FormTable<TStored, TModel> table)
        where TStored : class, IStored<TModel>
        where TModel : class, IFormModel<TModel> =>
        [.. table.Fields.Select(field => Of(field, typeof(TModel).GetProperty(field.Name)))];

    public static JsonObject Type(string type) => new() { ["type"] = type };

    public static JsonObject OneOf(IEnumerable<string> values) =>
        new() { ["enum"] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]) };

    private static ConfigField<TModel> Of<TModel>(FormField<TModel> field, PropertyInfo? property)
    {
        var key = field.Name == "IsOn" ? "isOn" : field.AuditName;
        ConfigField<TModel> Make(
            JsonObject schema, Func<TModel, ConfigNames, ConfigNode?> print, Action<TModel, ConfigNode, ConfigPlace> take) =>
            new(key, field.Name, schema, field.Differs, print, take)
            {
                IsRequired = field.Name == nameof(IFormModel<>.Name),
                Copy = field.Copy,
            };

        return (field.Name, property?.PropertyType) switch
        {
            (nameof(DeliveryPolicy.QuietHours) or nameof(DeliveryPolicy.Deduplication) or nameof(DeliveryPolicy.Fallback)
                or nameof(DeliveryPolicy.Drills), null) => ConfigPolicies.Of<TModel>(field.Name, Make),
            ("OwnRules" or "RulesJson" or "Rules" or "Problems" or "Dependants", _) => Make(
                new() { ["type"] = "array", ["items"] = Type("object") },
                (model, _) => ConfigJson.Parse((string)property!.GetValue(model)!),
                (model, node, _) => property!.SetValue(model, JsonOf(field.Name, node))),
            ("RuleSets", _) => Make(TextList(),
                (model, names) => List(((IReadOnlyList<int>)property!.GetValue(model)!)
                    .Select(id => names.NameOf(NamedThing.RuleSet, id))),
                (model, node, place) => property!.SetValue(model, RuleSets(node, place))),
            ("WorkspaceId", _) => Make(Type("string"),
                (model, names) => property!.GetValue(model) is int id ? ConfigScalar.Of(names.NameOf(NamedThing.Workspace, id)) : null,
                (model, node, place) =>
                {
                    if (place.Text(node) is not { } name)
                    {
                        return;
                    }

                    property!.SetValue(model, place.Names.Find(NamedThing.Workspace, name, out var problem));
                    if (problem is { } rule)
                    {
                        place.Refuse(node.Line, rule);
                    }
                }) with { Key = "workspace" },
            ("Channels", _) => ConfigPolicies.Channels<TModel>(property!, Make),
            ("AllowedAddresses", _) => Make(TextList(),
                (model, _) => List(((string)property!.GetValue(model)!).Split('\n', StringSplitOptions.RemoveEmptyEntries)),
                (model, node, place) => property!.SetValue(model, string.Join('\n', place.Texts(node) ?? []))),
            ("Interval" or "PerMinute" or "FromHours" or "Hours", _) => Make(Type("integer"),
                (model, _) => new ConfigScalar(0, field.Read(model)),
                (model, node, place) => property!.SetValue(model,
                    place.Number(node)?.ToString(CultureInfo.InvariantCulture) ?? field.Read(model))),
            (_, var type) when type == typeof(bool) => Make(Type("boolean"),
                (model, _) => ConfigScalar.Of((bool)property!.GetValue(model)!),
                (model, node, place) => Set(model, property!, place.Flag(node))),
            (_, { IsEnum: true } type) => Make(OneOf(Enum.GetNames(type)),
                (model, _) => ConfigScalar.Of($"{property!.GetValue(model)}"),
                (model, node, place) => Set(model, property!, place.Choice(node, type))),
            (_, var type) when type == typeof(IReadOnlyList<string>) => Make(TextList(),
                (model, _) => List((IReadOnlyList<string>)property!.GetValue(model)!),
                (model, node, place) => Set(model, property!, place.Texts(node))),
            _ => Make(Type("string"), (model, _) => ConfigScalar.Of(field.Read(model)), (model, node, place) =>
            {
                if (place.Text(node) is { } text)
                {
                    field.Write!(model, text);
                }
            }),
        };
    }

    private static int[] RuleSets(ConfigNode node, ConfigPlace place)
    {
        List<int> found = [];
        foreach (var (index, name) in (place.Texts(node) ?? []).Index())
        {
            if (place.Names.Find(NamedThing.RuleSet, name, out var problem) is { } id)
            {
                found.Add(id);
            }
            else
            {
                place.At(index).Refuse(((ConfigSequence)node).Items[index].Line, problem!.Value);
            }
        }

        return [.. found.Distinct().Order()];
    }

    private static JsonObject TextList() => new() { ["type"] = "array", ["items"] = Type("string") };

    private static ConfigSequence List(IEnumerable<string> texts) => new(0, [.. texts.Select(ConfigScalar.Of)]);

    private static void Set<TModel>(TModel model, PropertyInfo property, object? value)
    {
        if (value is not null)
        {
            property.SetValue(model, value);
        }
    }

    // In the one form that the form holds, where it can be read; what is wrong with it the form's rules say.
    private static string JsonOf(string field, ConfigNode node)
    {
        var json = ConfigJson.Of(node)?.ToJsonString(ConfigJson.Readable) ?? "[]";
        return field != "RulesJson" && OwnRuleJson.Read(json) is { IsValid: true } reading ? OwnRuleJson.Write(reading.Rules) : json;
    }
}
