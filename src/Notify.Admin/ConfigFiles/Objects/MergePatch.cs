using System.Text.Json;
using System.Text.Json.Nodes;

namespace Notify.Admin.ConfigFiles;

/// <summary>RFC 7396, and whether what comes of it has the shape that the schema says.</summary>
internal static class MergePatch
{
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
        string? Rule(bool holds, string rule) => holds ? null : rule;
        var rule = schema["type"]?.GetValue<string>() switch
        {
            "integer" => Rule(kind == JsonValueKind.Number && value!.AsValue().TryGetValue<int>(out _), "must be a whole number"),
            "boolean" => Rule(kind is JsonValueKind.True or JsonValueKind.False, "must be true or false"),
            "array" => Rule(kind == JsonValueKind.Array, "must be a list"),
            "object" => Rule(kind == JsonValueKind.Object, "must be an object"),
            _ => Rule(kind == JsonValueKind.String, "must be a text"),
        };
        if (rule is not null)
        {
            place.Refuse(0, rule);
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
