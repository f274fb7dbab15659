using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Notify.Admin.Rules;
using Notify.Admin.Security;

namespace Notify.Admin.Channels;

/// <summary>What people chose to show in a channel's messages about one event. Stored as one value; empty is the standard.</summary>
public sealed record MessageLayout
{
    public const int MostFields = 15;
    public const int MaxTitle = 150;
    public const int MaxLine = 300;

    /// <summary>Of the whole as JSON.</summary>
    public const int MaxLength = 8000;

    public static readonly MessageLayout Standard = new();

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>In place of the event's title and asset; see <see cref="MessageTemplate"/>. Null is the standard's.</summary>
    public string? Title { get; init; }

    /// <summary>A line before the fields, a template too.</summary>
    public string? Before { get; init; }

    /// <summary>The names of <see cref="MessageField"/>, in order; null are the standard's.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>A line after the fields, a template too.</summary>
    public string? After { get; init; }

    [JsonIgnore]
    public bool IsStandard => Equals(Standard);

    /// <summary>The standard where nothing, or nothing readable, is stored.</summary>
    public static MessageLayout Read(string? stored) => TryRead(stored, out var layout) ? layout : Standard;

    /// <summary>The first thing that is wrong with what is to be stored, in words; null where it is right.</summary>
    public static string? FindProblem(string? stored, RuleLanguage language) =>
        (!TryRead(stored, out var layout) || stored?.Length > MaxLength
            ? new Bilingual("The message settings cannot be read.", "无法读取消息设置。") : layout.FindProblem())?.In(language);

    /// <summary>Empty for the standard.</summary>
    public string Write() => ToText() is var text && text == "{}" ? "" : text;

    /// <summary>With empty texts as the standard has them.</summary>
    public MessageLayout Trimmed() => this with { Title = Trim(Title), Before = Trim(Before), After = Trim(After) };

    public bool Equals(MessageLayout? other) => other is not null && ToText() == other.ToText();

    public override int GetHashCode() => ToText().GetHashCode(StringComparison.Ordinal);

    private static bool TryRead(string? stored, out MessageLayout layout)
    {
        try
        {
            layout = string.IsNullOrWhiteSpace(stored) ? Standard : JsonSerializer.Deserialize<MessageLayout>(stored, Json) ?? Standard;
            return layout.Fields?.Contains(null!) != true;
        }
        catch (JsonException)
        {
            layout = Standard;
            return false;
        }
    }

    private Bilingual? FindProblem()
    {
        if (Fields is { Count: > MostFields })
        {
            return new($"Show at most {MostFields} fields.", $"最多显示 {MostFields} 个字段。");
        }

        if (Fields is not null && Fields.Distinct(StringComparer.Ordinal).Count() < Fields.Count)
        {
            return new("A field is chosen twice.", "有字段被重复选择。");
        }

        return FindProblem(Title, MaxTitle) ?? FindProblem(Before, MaxLine) ?? FindProblem(After, MaxLine)
            ?? FindUnknown(Fields ?? []);
    }

    private static Bilingual? FindProblem(string? line, int most)
    {
        if (line is null)
        {
            return null;
        }

        return line.Length > most || !PlainText.IsLine(line)
            ? new($"Write one line of at most {most} characters.", $"请填写一行，不超过 {most} 个字符。")
            : MessageTemplate.HasLooseBrace(line)
                ? new("A brace has no pair. Write names of fields in braces: {title}.", "花括号不成对。请用花括号填写字段名：{title}。")
                : FindUnknown(MessageTemplate.NamesIn(line));
    }

    private static Bilingual? FindUnknown(IEnumerable<string> names)
    {
        if (names.FirstOrDefault(name => MessageField.Find(name) is null) is not { } unknown)
        {
            return null;
        }

        var shown = ForeignText.OnOneLine(ForeignText.Cut(unknown, 40));
        var known = string.Join(", ", MessageField.All.Select(field => field.Name));
        return new($"There is no field “{shown}”. Known are {known}, and labels.NAME.", $"没有字段“{shown}”。可用字段：{known}，以及 labels.名称。");
    }

    private string ToText() => JsonSerializer.Serialize(this, Json);

    private static string? Trim(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
