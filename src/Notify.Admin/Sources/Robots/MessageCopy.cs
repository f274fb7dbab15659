using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Notify.Admin.Sources;

/// <summary>Copies JSON that somebody else wrote, part by part. Of a name that an object has twice the last counts, as for whoever reads
/// it.</summary>
internal static class MessageCopy
{
    /// <summary>Changes nothing.</summary>
    public static readonly Func<Utf8JsonWriter, JsonElement, bool> AsItIs = (_, _) => false;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>The object that <paramref name="members"/> writes.</returns>
    public static string Of(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <param name="change">Writes a value another way; false where it is to be copied.</param>
    public static void Write(Utf8JsonWriter json, JsonElement value, Func<Utf8JsonWriter, JsonElement, bool> change)
    {
        if (change(json, value))
        {
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in value.EnumerateObject().GroupBy(member => member.Name, StringComparer.Ordinal))
                {
                    json.WritePropertyName(member.Key);
                    Write(json, member.Last().Value, change);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(json, item, change);
                }

                json.WriteEndArray();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }
}
