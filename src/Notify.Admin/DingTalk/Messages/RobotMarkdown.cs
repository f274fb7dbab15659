using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Notify.Admin.DingTalk;

/// <summary>The body of a markdown message, and how many bytes of DingTalk's limit its parts take.</summary>
/// <param name="Title">Shown by the phone's notification and the chat list.</param>
/// <param name="AtMobiles">Numbers to mention; the text must contain each after an <c>@</c> as well.</param>
internal sealed record RobotMarkdown(string Title, string Text, bool IsAtAll, IReadOnlyList<string> AtMobiles)
{
    /// <summary>DingTalk's limit on the whole body, in UTF-8.</summary>
    public const int MaxBytes = 20_000;

    private const int MaxKept = 4 * MaxBytes;

    // Chinese stays three bytes a character; the default encoder would write six.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    // A writer asks for three times as many bytes as a text has characters before it writes it: kept for the thread's next message.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>The bytes of the whole body.</summary>
    public int Size => Write().WrittenCount;

    public string ToJson() => Encoding.UTF8.GetString(Write().WrittenSpan);

    private ArrayBufferWriter<byte> Write()
    {
        var buffer = _buffer is { Capacity: <= MaxKept } kept ? kept : _buffer = new ArrayBufferWriter<byte>();
        buffer.ResetWrittenCount();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Encoder });
        json.WriteStartObject();
        json.WriteString("msgtype", "markdown");
        json.WriteStartObject("markdown");
        json.WriteString("title", Title);
        json.WriteString("text", Text);
        json.WriteEndObject();
        json.WriteStartObject("at");
        json.WriteStartArray("atMobiles");
        foreach (var mobile in AtMobiles)
        {
            json.WriteStringValue(mobile);
        }

        json.WriteEndArray();
        json.WriteBoolean("isAtAll", IsAtAll);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer;
    }

    /// <summary>The bytes that <paramref name="text"/> takes inside a JSON string of the body. Sizes add up, unless a surrogate pair is
    /// torn between two texts.</summary>
    public static int SizeOf(string text) => Encoding.UTF8.GetByteCount(Encoder.Encode(text));

    /// <summary>Reads a body back, for previews; null for one that is not a markdown message.</summary>
    public static RobotMarkdown? Read(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            var markdown = root.GetProperty("markdown");
            var at = root.GetProperty("at");
            return new RobotMarkdown(
                markdown.GetProperty("title").GetString() ?? string.Empty,
                markdown.GetProperty("text").GetString() ?? string.Empty,
                at.GetProperty("isAtAll").GetBoolean(),
                [.. at.GetProperty("atMobiles").EnumerateArray().Select(mobile => mobile.GetString() ?? string.Empty)]);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
