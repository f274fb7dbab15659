using System.Text.Json;
using System.Text.Json.Nodes;
using Notify.Admin.Rules;

namespace Notify.Admin.ConfigFiles;

/// <summary>RFC 7396, and whether what comes of it has the shape that the schema says.</summary>
internal static class MergePatch
{
    private static readonly Bilingual Object = new("must be an object", "必须是对象");

    /// <summary>The value after the patch; null where the patch takes it away.</summary>
    public static JsonNode? Apply(JsonNode? before, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }

        var after = before is JsonObject known ? (JsonObject)known.DeepClone() : [];
        foreach (var (key, value) in changes)
        {
            if (Apply(after[key], value) is { } changed)
            {
                after[key] = changed;
            }
            else
            {
                after.Remove(key);
            }
        }

        return after;
    }

    /// <summary>Refuses what is of another type than <paramref name="schema"/> says; keys it leaves to whoever takes the value.</summary>
    public static void Check(JsonObject schema, JsonNode? value, ConfigPlace place)
    {
        var kind = value?.GetValueKind();
        Bilingual? Rule(bool holds, Bilingual rule) => holds ? null : rule;
        var rule = schema["type"]?.GetValue<string>() switch
        {
            "integer" => Rule(kind == JsonValueKind.Number && value!.AsValue().TryGetValue<int>(out _), ConfigRules.Number),
            "boolean" => Rule(kind is JsonValueKind.True or JsonValueKind.False, ConfigRules.Flag),
            "array" => Rule(kind == JsonValueKind.Array, ConfigRules.List),
            "object" => Rule(kind == JsonValueKind.Object, Object),
            _ => Rule(kind == JsonValueKind.String, ConfigRules.Text),
        };
        if (rule is { } broken)
        {
            place.Refuse(0, broken);
        }
        else if (value is JsonArray list && schema["items"] is JsonObject item)
        {
            for (var index = 0; index < list.Count; index++)
            {
                Check(item, list[index], place.At(index));
            }
        }
        else if (value is JsonObject map && schema["properties"] is JsonObject properties)
        {
            foreach (var (key, known) in map)
            {
                if (properties[key] is JsonObject property)
                {
                    Check(property, known, place.At(key));
                }
            }
        }
    }
}
