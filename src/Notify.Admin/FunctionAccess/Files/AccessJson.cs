using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Notify.Admin.FunctionAccess;

/// <summary>The JSON form of <see cref="AccessFile"/>. Read token by token, so that every problem has its line.</summary>
internal static class AccessJson
{
    private static readonly JsonWriterOptions Written = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IReadOnlyList<ManagedFunction> functions)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Written))
        {
            json.WriteStartObject();
            json.WriteStartArray(AccessFileFields.Root);
            foreach (var function in functions)
            {
                json.WriteStartObject();
                foreach (var (field, texts) in AccessFileFields.Of(function))
                {
                    Write(json, field, texts);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    public static IReadOnlyList<AccessFileItem> Read(string text, AccessProblems problems)
    {
        var source = new Source(Encoding.UTF8.GetBytes(text));
        var items = new List<AccessFileItem>();
        try
        {
            ReadRoot(source, items, problems);
        }
        catch (JsonException e)
        {
            problems.Add((int)(e.LineNumber ?? 0) + 1, AccessFileFields.Root, AccessRule.Syntax, "JSON");
        }

        return items;
    }

    private static void Write(Utf8JsonWriter json, string field, IReadOnlyList<string> texts)
    {
        json.WritePropertyName(field);
        if (field == AccessFileFields.WorkspaceId)
        {
            json.WriteRawValue(texts[0]);
        }
        else if (!AccessFileFields.IsList(field))
        {
            json.WriteStringValue(texts[0]);
        }
        else
        {
            json.WriteStartArray();
            foreach (var text in texts)
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
        }
    }

    private static void ReadRoot(Source source, List<AccessFileItem> items, AccessProblems problems)
    {
        var reader = new Utf8JsonReader(source.Bytes);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var line = source.LineOf(reader.TokenStartIndex);
                var name = TextOf(ref reader) ?? "";
                reader.Read();
                if (name == AccessFileFields.Root)
                {
                    if (!ReadItems(ref reader, source, items, problems))
                    {
                        return;
                    }
                }
                else
                {
                    problems.Add(line, AccessProblems.Shorten(name), AccessRule.KnownField);
                    reader.Skip();
                }
            }
        }
        else if (!ReadItems(ref reader, source, items, problems))
        {
            return;
        }

        // To the end, so that what follows is refused.
        while (reader.Read())
        {
        }
    }

    /// <returns>False when the rest is not worth reading.</returns>
    private static bool ReadItems(ref Utf8JsonReader reader, Source source, List<AccessFileItem> items, AccessProblems problems)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            problems.Add(source.LineOf(reader.TokenStartIndex), AccessFileFields.Root, AccessRule.FunctionList);
            reader.Skip();
            return true;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var line = source.LineOf(reader.TokenStartIndex);
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                problems.Add(line, AccessFileFields.Root, AccessRule.Entry);
                reader.Skip();
            }
            else if (items.Count == AccessFile.MostFunctions)
            {
                problems.Add(line, AccessFileFields.Root, AccessRule.MostFunctions, $"{AccessFile.MostFunctions}");
                return false;
            }
            else
            {
                items.Add(new AccessFileItem(line, ReadFields(ref reader, source, problems)));
            }
        }

        return true;
    }

    private static List<AccessFileField> ReadFields(ref Utf8JsonReader reader, Source source, AccessProblems problems)
    {
        List<AccessFileField> fields = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var line = source.LineOf(reader.TokenStartIndex);
            var name = TextOf(ref reader) ?? "";
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.Null:
                    fields.Add(new AccessFileField(line, name, null, AccessFileFields.IsList(name)));
                    break;
                case JsonTokenType.String when TextOf(ref reader) is { } text:
                    fields.Add(new AccessFileField(line, name, [text], false));
                    break;
                case JsonTokenType.Number when name == AccessFileFields.WorkspaceId:
                    fields.Add(new AccessFileField(line, name, [Encoding.UTF8.GetString(reader.ValueSpan)], false));
                    break;
                case JsonTokenType.StartArray:
                    fields.Add(new AccessFileField(line, name, ReadTexts(ref reader, name, source, problems), true));
                    break;
                default:
                    problems.Add(line, AccessProblems.Shorten(name), AccessFileFields.IsList(name) ? AccessRule.TextList : AccessRule.Text);
                    reader.Skip();
                    break;
            }
        }

        return fields;
    }

    private static List<string> ReadTexts(ref Utf8JsonReader reader, string name, Source source, AccessProblems problems)
    {
        List<string> texts = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String && TextOf(ref reader) is { } text)
            {
                texts.Add(text);
            }
            else
            {
                problems.Add(source.LineOf(reader.TokenStartIndex), AccessProblems.Shorten(name), AccessRule.TextList);
                reader.Skip();
            }
        }

        return texts;
    }

    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            return null;
        }
    }

    /// <summary>The bytes, and the line of a place in them; places are asked for in their order.</summary>
    private sealed class Source(byte[] bytes)
    {
        private long _place;
        private int _line = 1;

        public byte[] Bytes => bytes;

        public int LineOf(long place)
        {
            _line += bytes.AsSpan((int)_place, (int)(place - _place)).Count((byte)'\n');
            _place = place;
            return _line;
        }
    }
}
