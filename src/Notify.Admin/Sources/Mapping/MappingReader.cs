using System.Text.Json;
using Notify.Admin.Channels;

namespace Notify.Admin.Sources;

/// <summary>Reads the text of a mapping. Every problem is told with its place; a mapping with one is none.</summary>
public static class MappingReader
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = 16,
        AllowDuplicateProperties = false,
    };

    /// <returns>The mapping, or null and what is wrong.</returns>
    public static (EventMapping? Mapping, IReadOnlyList<MappingTextProblem> Problems) Read(string text)
    {
        if (text.Length > MappingLimits.MappingCharacters)
        {
            return (null, [new("", new Reason("TooLong", $"{MappingLimits.MappingCharacters}"))]);
        }

        try
        {
            using var document = JsonDocument.Parse(text, Lenient);
            if (!JsonText.IsWellFormed(document.RootElement))
            {
                return (null, [new("", new Reason("HalfPair"))]);
            }

            var reading = new Reading();
            var mapping = reading.Mapping(document.RootElement);
            return reading.Problems.Count == 0 ? (mapping, []) : (null, reading.Problems);
        }
        catch (JsonException e)
        {
            return (null, [new("", e.LineNumber is { } line
                ? new Reason("NotJsonAt", $"{line + 1}", $"{e.BytePositionInLine + 1}") : new Reason("NotValidJson"))]);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // In the text itself it is no UTF-8, and in the name of a member the parser fails over it.
            return (null, [new("", new Reason("HalfPairText"))]);
        }
    }

    private sealed class Reading
    {
        private static readonly string[] Members = ["split", "drop", "fields", "labels"];
        private static readonly string[] Tests = ["in", "notIn", "present"];

        public List<MappingTextProblem> Problems { get; } = [];

        public EventMapping? Mapping(JsonElement root)
        {
            if (!IsObject(root, "", Members))
            {
                return null;
            }

            var fields = new Dictionary<string, FieldRule>(StringComparer.Ordinal);
            if (root.TryGetProperty("fields", out var written) && IsObject(written, "/fields", [.. EventMapping.FieldNames]))
            {
                foreach (var name in EventMapping.FieldNames)
                {
                    if (written.TryGetProperty(name, out var rule) && Rule(rule, $"/fields/{name}") is { } field)
                    {
                        fields.Add(name, field);
                    }
                }
            }

            if (Problems.Count == 0 && !fields.ContainsKey("title"))
            {
                Refuse("/fields/title", new Reason("TitleRequired"));
            }

            return new EventMapping(
                [.. ItemsOf(root, "split", MappingLimits.Splits).Select(item => Pointer(item.Value, item.Path)).OfType<JsonPointer>()],
                [.. ItemsOf(root, "drop", MappingLimits.Conditions).Select(item => Drop(item.Value, item.Path)).OfType<DropCondition>()],
                fields,
                [.. ItemsOf(root, "labels", MappingLimits.LabelRules).Select(item => Label(item.Value, item.Path)).OfType<LabelRule>()]);
        }

        // A member may be one item or a list of items.
        private List<(JsonElement Value, string Path)> ItemsOf(JsonElement parent, string name, int most)
        {
            return parent.TryGetProperty(name, out var value) ? Items(value, $"/{name}", most) : [];
        }

        private List<(JsonElement Value, string Path)> Items(JsonElement value, string path, int most)
        {
            if (value.ValueKind != JsonValueKind.Array)
            {
                return [(value, path)];
            }

            if (value.GetArrayLength() > most)
            {
                Refuse(path, new Reason("TooManyEntries", $"{most}"));
                return [];
            }

            return [.. value.EnumerateArray().Select((item, index) => (item, $"{path}/{index}"))];
        }

        private FieldRule? Rule(JsonElement rule, string path)
        {
            var alternatives = new List<FieldAlternative>();
            foreach (var (value, place) in Items(rule, path, MappingLimits.Alternatives))
            {
                if (Alternative(value, place) is { } alternative)
                {
                    alternatives.Add(alternative);
                }
            }

            if (alternatives.Count == 0 && rule.ValueKind == JsonValueKind.Array)
            {
                Refuse(path, new Reason("Empty"));
            }

            return alternatives.Count == 0 ? null : new FieldRule(alternatives);
        }

        private FieldAlternative? Alternative(JsonElement value, string path)
        {
            if (value.ValueKind == JsonValueKind.String)
            {
                return Template(value, path) is { } template ? new FieldAlternative([template]) : null;
            }

            if (!IsObject(value, path, ["from", "table", "else"], "NotAlternative"))
            {
                return null;
            }

            if (!value.TryGetProperty("from", out var from))
            {
                Refuse($"{path}/from", new Reason("Required"));
                return null;
            }

            var templates = Items(from, $"{path}/from", MappingLimits.Alternatives)
                .Select(item => Template(item.Value, item.Path)).OfType<MappingTemplate>().ToList();
            if (templates.Count == 0 && from.ValueKind == JsonValueKind.Array)
            {
                Refuse($"{path}/from", new Reason("Empty"));
            }

            return templates.Count == 0 ? null : new FieldAlternative(templates, Table(value, path));
        }

        private ValueTable? Table(JsonElement alternative, string path)
        {
            var rows = new List<KeyValuePair<string, string?>>();
            if (alternative.TryGetProperty("table", out var table) && IsObject(table, $"{path}/table", null))
            {
                foreach (var row in table.EnumerateObject())
                {
                    var place = $"{path}/table/{JsonPointer.Escape(row.Name)}";
                    if (row.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
                    {
                        Refuse(place, new Reason("RowNotText"));
                    }
                    else if (rows.Exists(known => known.Key.Trim().Equals(row.Name.Trim(), StringComparison.OrdinalIgnoreCase)))
                    {
                        Refuse(place, new Reason("RowTwice"));
                    }
                    else
                    {
                        rows.Add(new(row.Name, row.Value.GetString()));
                    }
                }

                if (rows.Count > MappingLimits.Rows)
                {
                    Refuse($"{path}/table", new Reason("TooManyRows", $"{MappingLimits.Rows}"));
                }
            }

            var hasElse = alternative.TryGetProperty("else", out var other);
            if (hasElse && other.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            {
                Refuse($"{path}/else", new Reason("ElseNotText"));
                return null;
            }

            return rows.Count == 0 && !hasElse ? null : new ValueTable(rows, hasElse, hasElse ? other.GetString() : null);
        }

        private LabelRule? Label(JsonElement value, string path)
        {
            if (value.ValueKind == JsonValueKind.String)
            {
                if (Template(value, path) is not { } members)
                {
                    return null;
                }

                if (members.Path is null)
                {
                    Refuse(path, new Reason("LabelNotPath"));
                }

                return new LabelRule(members);
            }

            if (!IsObject(value, path, ["name", "from", "prefix"], "NotLabel"))
            {
                return null;
            }

            if (!value.TryGetProperty("from", out var from))
            {
                Refuse($"{path}/from", new Reason("Required"));
                return null;
            }

            var name = Word(value, "name", path);
            if (name is null && Template(from, $"{path}/from") is { Path: null })
            {
                Refuse($"{path}/name", new Reason("LabelNameRequired"));
            }

            return Template(from, $"{path}/from") is { } template ? new LabelRule(template, name, Word(value, "prefix", path)) : null;
        }

        private DropCondition? Drop(JsonElement value, string path)
        {
            if (!IsObject(value, path, ["path", "in", "notIn", "present"]))
            {
                return null;
            }

            if (!value.TryGetProperty("path", out var written) || written.ValueKind != JsonValueKind.String)
            {
                Refuse($"{path}/path", new Reason("DropPathRequired"));
                return null;
            }

            if (MappingPath.TryRead(written.GetString()!, out var reason) is not { } place)
            {
                Refuse($"{path}/path", reason!);
                return null;
            }

            var tests = Tests.Where(test => value.TryGetProperty(test, out _)).ToList();
            if (tests.Count != 1)
            {
                Refuse(path, new Reason("OneTest"));
                return null;
            }

            var test = value.GetProperty(tests[0]);
            if (tests[0] == "present")
            {
                if (test.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                {
                    Refuse($"{path}/present", new Reason("NotFlag"));
                    return null;
                }

                return new DropCondition(place, test.GetBoolean() ? DropTest.Present : DropTest.Absent, []);
            }

            var values = new List<string>();
            foreach (var (item, at) in Items(test, $"{path}/{tests[0]}", MappingLimits.Rows))
            {
                if (item.ValueKind == JsonValueKind.String)
                {
                    values.Add(item.GetString()!);
                }
                else
                {
                    Refuse(at, new Reason("DropValueNotText"));
                }
            }

            return new DropCondition(place, tests[0] == "in" ? DropTest.In : DropTest.NotIn, values);
        }

        private JsonPointer? Pointer(JsonElement value, string path)
        {
            if (value.ValueKind != JsonValueKind.String)
            {
                Refuse(path, new Reason("NotArrayPath"));
                return null;
            }

            var pointer = JsonPointer.TryRead(value.GetString()!, out var reason);
            if (pointer is null)
            {
                Refuse(path, reason!);
            }

            return pointer;
        }

        private MappingTemplate? Template(JsonElement value, string path)
        {
            if (value.ValueKind != JsonValueKind.String)
            {
                Refuse(path, new Reason("NotTemplate"));
                return null;
            }

            var template = MappingTemplate.TryRead(value.GetString()!, out var reason);
            if (template is null)
            {
                Refuse(path, reason!);
            }

            return template;
        }

        private string? Word(JsonElement value, string name, string path)
        {
            if (!value.TryGetProperty(name, out var word))
            {
                return null;
            }

            if (word.ValueKind == JsonValueKind.String && word.GetString() is { Length: > 0 and <= MappingLimits.LabelName } text)
            {
                return text;
            }

            Refuse($"{path}/{name}", new Reason("NotName", $"{MappingLimits.LabelName}"));
            return null;
        }

        private bool IsObject(JsonElement value, string path, string[]? known, string otherwise = "NotObject")
        {
            if (value.ValueKind != JsonValueKind.Object)
            {
                Refuse(path, new Reason(otherwise));
                return false;
            }

            foreach (var member in known is null ? [] : value.EnumerateObject().Select(member => member.Name).Except(known))
            {
                Refuse($"{path}/{MappingLimits.Shown(JsonPointer.Escape(member))}", new Reason("NotKnown", string.Join(", ", known!)));
            }

            return true;
        }

        private void Refuse(string path, Reason reason)
        {
            if (!Problems.Contains(new(path, reason)))
            {
                Problems.Add(new(path, reason));
            }
        }
    }
}
