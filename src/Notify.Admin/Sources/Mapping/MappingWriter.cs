using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Notify.Admin.Sources;

/// <summary>Prints a mapping so that it reads back as the same: two blanks, the shortest form of each rule.</summary>
public static class MappingWriter
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(EventMapping mapping)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            if (mapping.Split.Count > 0)
            {
                json.WritePropertyName("split");
                WriteOneOrMany(json, mapping.Split, pointer => json.WriteStringValue(pointer.Text));
            }

            if (mapping.Drop.Count > 0)
            {
                json.WritePropertyName("drop");
                WriteOneOrMany(json, mapping.Drop, condition => WriteDrop(json, condition));
            }

            json.WriteStartObject("fields");
            foreach (var name in EventMapping.FieldNames)
            {
                if (mapping.Fields.TryGetValue(name, out var rule))
                {
                    json.WritePropertyName(name);
                    WriteOneOrMany(json, rule.Alternatives, alternative => WriteAlternative(json, alternative));
                }
            }

            json.WriteEndObject();
            if (mapping.Labels.Count > 0)
            {
                json.WritePropertyName("labels");
                WriteOneOrMany(json, mapping.Labels, label => WriteLabel(json, label));
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteOneOrMany<T>(Utf8JsonWriter json, IReadOnlyList<T> items, Action<T> write)
    {
        if (items is [var only])
        {
            write(only);
            return;
        }

        json.WriteStartArray();
        foreach (var item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }

    private static void WriteAlternative(Utf8JsonWriter json, FieldAlternative alternative)
    {
        if (alternative is { From: [var only], Table: null })
        {
            json.WriteStringValue(only.Text);
            return;
        }

        json.WriteStartObject();
        json.WritePropertyName("from");
        WriteOneOrMany(json, alternative.From, template => json.WriteStringValue(template.Text));
        if (alternative.Table is { } table)
        {
            json.WriteStartObject("table");
            foreach (var (value, meaning) in table.Rows)
            {
                json.WriteString(value, meaning);
            }

            json.WriteEndObject();
            if (table.HasElse)
            {
                json.WriteString("else", table.Else);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteLabel(Utf8JsonWriter json, LabelRule label)
    {
        if (label is { Name: null, Prefix: null })
        {
            json.WriteStringValue(label.From.Text);
            return;
        }

        json.WriteStartObject();
        if (label.Name is not null)
        {
            json.WriteString("name", label.Name);
        }

        json.WriteString("from", label.From.Text);
        if (label.Prefix is not null)
        {
            json.WriteString("prefix", label.Prefix);
        }

        json.WriteEndObject();
    }

    private static void WriteDrop(Utf8JsonWriter json, DropCondition condition)
    {
        json.WriteStartObject();
        json.WriteString("path", condition.Path.ToString());
        if (condition.Test is DropTest.Present or DropTest.Absent)
        {
            json.WriteBoolean("present", condition.Test == DropTest.Present);
        }
        else
        {
            json.WritePropertyName(condition.Test == DropTest.In ? "in" : "notIn");
            WriteOneOrMany(json, condition.Values, json.WriteStringValue);
        }

        json.WriteEndObject();
    }
}
