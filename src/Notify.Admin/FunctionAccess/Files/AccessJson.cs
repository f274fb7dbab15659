using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Notify.Admin.FunctionAccess;

/// <summary>Writes the JSON form of <see cref="AccessFile"/>; JSON is YAML, so <see cref="AccessYaml"/> reads it.</summary>
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
}
