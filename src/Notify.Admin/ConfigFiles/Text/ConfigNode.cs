using System.Globalization;
using System.Text.Json.Nodes;

namespace Notify.Admin.ConfigFiles;

/// <summary>A piece of a configuration file, with the line it stands on; 0 for what was not read.</summary>
internal abstract record ConfigNode(int Line)
{
    /// <summary>As JSON says it, on one line: for plans.</summary>
    public string Brief() => ConfigJson.Of(this)?.ToJsonString(ConfigJson.Readable) ?? "null";
}

/// <param name="IsQuoted">It is a text, whatever it looks like.</param>
internal sealed record ConfigScalar(int Line, string Text, bool IsQuoted = false) : ConfigNode(Line)
{
    public bool IsNothing => !IsQuoted && Text is "" or "~" or "null";

    public static ConfigScalar Of(string text) => new(0, text, IsQuoted: LooksTyped(text));

    public static ConfigScalar Of(bool flag) => new(0, flag ? "true" : "false");

    public static ConfigScalar Of(int number) => new(0, number.ToString(CultureInfo.InvariantCulture));

    // Other readers of the file would take it for a number, a flag or nothing.
    private static bool LooksTyped(string text) => text is "" or "~" or "null" or "true" or "false" or "yes" or "no" or "on" or "off"
        || char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.' or ' ' || text[^1] == ' ';
}

internal sealed record ConfigSequence(int Line, IReadOnlyList<ConfigNode> Items) : ConfigNode(Line);

internal sealed record ConfigMap(int Line, IReadOnlyList<ConfigEntry> Entries) : ConfigNode(Line)
{
    public ConfigEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);

    public static ConfigMap Of(IEnumerable<(string Key, ConfigNode? Value)> entries) =>
        new(0, [.. entries.Where(entry => entry.Value is not null).Select(entry => new ConfigEntry(0, entry.Key, entry.Value!))]);
}

/// <summary>A key of a map with what it holds.</summary>
internal sealed record ConfigEntry(int Line, string Key, ConfigNode Value);

/// <summary>Between the file and the JSON that own rules, alert rules and mappings are stored as.</summary>
internal static class ConfigJson
{
    public static readonly System.Text.Json.JsonSerializerOptions Readable =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonNode? Of(ConfigNode node) => node switch
    {
        ConfigMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Of(entry.Value)))),
        ConfigSequence list => new JsonArray([.. list.Items.Select(Of)]),
        ConfigScalar { IsQuoted: true } text => JsonValue.Create(text.Text),
        ConfigScalar { IsNothing: true } => null,
        ConfigScalar { Text: "true" or "false" } flag => JsonValue.Create(flag.Text == "true"),
        ConfigScalar scalar when long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
            JsonValue.Create(number),
        ConfigScalar scalar => JsonValue.Create(scalar.Text),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static ConfigNode From(JsonNode? json) => json switch
    {
        JsonObject map => new ConfigMap(0, [.. map.Select(pair => new ConfigEntry(0, pair.Key, From(pair.Value)))]),
        JsonArray list => new ConfigSequence(0, [.. list.Select(From)]),
        null => new ConfigScalar(0, "null"),
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.String => ConfigScalar.Of(value.GetValue<string>()),
        _ => new ConfigScalar(0, json.ToJsonString()),
    };

    public static ConfigNode Parse(string json) => From(JsonNode.Parse(json));
}
