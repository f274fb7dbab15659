using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Notify.Admin.Sources;

/// <summary>A mapping as it is typed, right or wrong. Printed, its lists are always lists, so that the place of a problem leads back to
/// what was typed.</summary>
public sealed class MappingDraft
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Paths of arrays, a line each.</summary>
    public string Split { get; set; } = "";

    public List<DropDraft> Drop { get; } = [];

    /// <summary>By name, every field that there is; one without alternatives is not filled.</summary>
    public Dictionary<string, List<AlternativeDraft>> Fields { get; } =
        EventMapping.FieldNames.ToDictionary(name => name, _ => new List<AlternativeDraft>());

    public List<LabelDraft> Labels { get; } = [];

    public static MappingDraft Of(EventMapping mapping)
    {
        var draft = new MappingDraft { Split = string.Join('\n', mapping.Split.Select(pointer => MappingLines.ArrayText(pointer.Text))) };
        draft.Drop.AddRange(mapping.Drop.Select(DropDraft.Of));
        foreach (var (name, rule) in mapping.Fields)
        {
            draft.Fields[name].AddRange(AlternativeDraft.Of(rule));
        }

        draft.Labels.AddRange(mapping.Labels.Select(label =>
            new LabelDraft { Name = label.Name ?? "", From = MappingLines.Escape(label.From.Text), Prefix = label.Prefix ?? "" }));
        return draft;
    }

    public string ToJson()
    {
        var json = new JsonObject();
        if (MappingLines.Split(Split) is { Count: > 0 } split)
        {
            json["split"] = List(split.Select(MappingLines.ArrayPath));
        }

        if (Drop.Count > 0)
        {
            json["drop"] = new JsonArray([.. Drop.Select(condition => condition.ToJson())]);
        }

        var fields = new JsonObject();
        foreach (var name in EventMapping.FieldNames)
        {
            if (Fields[name].Where(alternative => !alternative.IsEmpty).ToList() is { Count: > 0 } alternatives)
            {
                fields[name] = new JsonArray([.. alternatives.SelectMany(alternative => alternative.ToJson())]);
            }
        }

        json["fields"] = fields;
        if (Labels.Count > 0)
        {
            json["labels"] = new JsonArray([.. Labels.Select(label => label.ToJson())]);
        }

        return json.ToJsonString(Indented);
    }

    internal static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}

/// <summary>Paths and templates of which the first that has a value is taken, and what the values stand for.</summary>
public sealed class AlternativeDraft
{
    /// <summary>A line each.</summary>
    public string From { get; set; } = "";

    public List<RowDraft> Rows { get; } = [];

    public bool HasElse { get; set; }

    public string Else { get; set; } = "";

    /// <summary>One more place to look at.</summary>
    public void Add(string path) =>
        From = string.IsNullOrWhiteSpace(From) ? MappingLines.Escape(path) : $"{From}\n{MappingLines.Escape(path)}";

    public bool IsEmpty => string.IsNullOrWhiteSpace(From) && Rows.Count == 0 && !HasElse;

    // Alternatives without a table that follow each other are shown as one list of lines.
    public static IEnumerable<AlternativeDraft> Of(FieldRule rule)
    {
        AlternativeDraft? plain = null;
        foreach (var alternative in rule.Alternatives)
        {
            var lines = string.Join('\n', alternative.From.Select(template => MappingLines.Escape(template.Text)));
            if (alternative.Table is null && plain is not null)
            {
                plain.From += $"\n{lines}";
                continue;
            }

            var draft = new AlternativeDraft
            {
                From = lines, HasElse = alternative.Table?.HasElse ?? false, Else = alternative.Table?.Else ?? "",
            };
            draft.Rows.AddRange((alternative.Table?.Rows ?? []).Select(row => new RowDraft { Value = row.Key, Meaning = row.Value ?? "" }));
            plain = alternative.Table is null ? draft : null;
            yield return draft;
        }
    }

    /// <summary>How many alternatives of the mapping it makes: without a table, one for each line.</summary>
    public int Count => IsEmpty ? 0 : HasTable ? 1 : MappingLines.Split(From).Count;

    public bool HasTable => Rows.Count > 0 || HasElse;

    public IEnumerable<JsonNode> ToJson()
    {
        var lines = MappingLines.Split(From).Select(MappingLines.Unescape);
        return HasTable ? [ToJson(lines)] : lines.Select(line => JsonValue.Create(line));
    }

    private JsonObject ToJson(IEnumerable<string> lines)
    {
        var json = new JsonObject { ["from"] = MappingDraft.List(lines) };
        if (Rows.Count > 0)
        {
            var table = new JsonObject();
            foreach (var row in Rows)
            {
                table[row.Value] = row.Meaning.Length == 0 ? null : row.Meaning;
            }

            json["table"] = table;
        }

        if (HasElse)
        {
            json["else"] = Else.Length == 0 ? null : Else;
        }

        return json;
    }
}

/// <summary>One row of a table: a sender's value, and what it stands for; empty for none.</summary>
public sealed class RowDraft
{
    public string Value { get; set; } = "";

    public string Meaning { get; set; } = "";
}

/// <summary>A label by its name, or the members of an object.</summary>
public sealed class LabelDraft
{
    /// <summary>Empty: the members' names.</summary>
    public string Name { get; set; } = "";

    public string From { get; set; } = "";

    public string Prefix { get; set; } = "";

    public JsonNode ToJson()
    {
        var json = new JsonObject();
        if (Name.Length > 0)
        {
            json["name"] = Name;
        }

        json["from"] = MappingLines.Unescape(From);
        if (Prefix.Length > 0)
        {
            json["prefix"] = Prefix;
        }

        return json;
    }
}

/// <summary>When an element is left out.</summary>
public sealed class DropDraft
{
    public string Path { get; set; } = "";

    public DropTest Test { get; set; }

    /// <summary>A line each.</summary>
    public string Values { get; set; } = "";

    public static DropDraft Of(DropCondition condition) => new()
    {
        Path = condition.Path.ToString(),
        Test = condition.Test,
        Values = string.Join('\n', condition.Values.Select(MappingLines.Escape)),
    };

    public JsonNode ToJson() => Test is DropTest.Present or DropTest.Absent
        ? new JsonObject { ["path"] = Path, ["present"] = Test == DropTest.Present }
        : new JsonObject
        {
            ["path"] = Path,
            [Test == DropTest.In ? "in" : "notIn"] = MappingDraft.List(MappingLines.Split(Values).Select(MappingLines.Unescape)),
        };
}

/// <summary>Texts of a mapping, a line each: a line break inside of one is written <c>\n</c>, and a backslash twice.</summary>
internal static class MappingLines
{
    private const string Whole = "$";

    public static IReadOnlyList<string> Split(string lines) =>
        lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The whole payload has an empty path, which no line can be.</summary>
    public static string ArrayText(string path) => path.Length == 0 ? Whole : path;

    public static string ArrayPath(string line) => line == Whole ? "" : line;

    public static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    public static string Unescape(string line)
    {
        var text = new System.Text.StringBuilder(line.Length);
        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] == '\\' && at + 1 < line.Length && line[at + 1] is 'n' or '\\')
            {
                text.Append(line[++at] == 'n' ? '\n' : '\\');
            }
            else
            {
                text.Append(line[at]);
            }
        }

        return text.ToString();
    }
}
