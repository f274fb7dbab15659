using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Notify.Admin.Rules;

/// <summary>The one JSON form of own rules: in the store, in drafts, in the trail and in the API.</summary>
/// <remarks>An array of <c>{"name": …, "conditions": […]}</c>. A condition is one of <c>{"on": field, "oneOf": […]}</c>, <c>{"on":
/// "severity", "from": …}</c>, <c>{"on": "asset", "like": …}</c>, <c>{"on": "label", "name": …, "oneOf": […]}</c>, <c>{"on": "label",
/// "name": …, "present": true}</c>, <c>{"on": "text", "contains": …}</c> and <c>{"on": "new", "days": …}</c>.</remarks>
public static class OwnRuleJson
{
    public const string None = "[]";

    // For JSON that is shown and stored, never part of a page's markup as it is.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads it, and says everything that is wrong with it. Never throws.</summary>
    public static OwnRuleReading Read(string json)
    {
        if (json.Length > OwnRuleList.LongestJson)
        {
            return new OwnRuleReading(null, [new OwnRuleProblem("", null, null, OwnRuleProblem.Fill(
                new Bilingual("The rules are longer than {0} characters", "规则超过 {0} 个字符"), OwnRuleList.LongestJson))]);
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter: half a surrogate pair in an escape.
            return new OwnRuleReading(null, [new OwnRuleProblem("", null, null, new Bilingual("This is not JSON", "这不是 JSON"))]);
        }
    }

    /// <inheritdoc cref="Read(string)"/>
    public static OwnRuleReading Read(JsonElement rules) => new OwnRuleReader().Read(rules);

    public static string Write(OwnRuleList list)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            json.WriteStartArray();
            foreach (var rule in list.Rules)
            {
                json.WriteStartObject();
                if (rule.Name is { } name)
                {
                    json.WriteString("name", name);
                }

                json.WriteStartArray("conditions");
                foreach (var condition in rule.Conditions)
                {
                    Write(json, condition);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    internal static string NameOf(OwnField field) => JsonNamingPolicy.CamelCase.ConvertName(field.ToString());

    private static void Write(Utf8JsonWriter json, OwnCondition condition)
    {
        json.WriteStartObject();
        json.WriteString("on", NameOf(condition.Field));
        switch (condition)
        {
            case OneOfCondition some:
                if (some.Label is { } label)
                {
                    json.WriteString("name", label);
                }

                json.WriteStartArray("oneOf");
                foreach (var value in some.Values)
                {
                    json.WriteStringValue(value);
                }

                json.WriteEndArray();
                break;
            case SeverityFromCondition severity:
                json.WriteString("from", severity.From);
                break;
            case AssetLikeCondition asset:
                json.WriteString("like", asset.Pattern);
                break;
            case LabelPresentCondition present:
                json.WriteString("name", present.Label);
                json.WriteBoolean("present", true);
                break;
            case TextCondition text:
                json.WriteString("contains", text.Contains);
                break;
            case NewCondition isNew:
                json.WriteNumber("days", isNew.Days);
                break;
        }

        json.WriteEndObject();
    }
}
