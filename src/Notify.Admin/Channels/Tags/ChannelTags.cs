using System.Text;
using Notify.Admin.Security;

namespace Notify.Admin.Channels;

/// <summary>Short names that people give to channels of every kind, to find them and act on them together.</summary>
public static class ChannelTags
{
    /// <summary>How many a channel has at most.</summary>
    public const int Most = 20;

    /// <summary>How many characters one has at most.</summary>
    public const int MostLength = 40;

    /// <summary>The length of the column: each character may take two units, and one stands between two tags.</summary>
    public const int ColumnLength = (Most * ((MostLength * 2) + 1)) + 1;

    private const char Separator = ',';

    /// <summary>A tag as it is kept: in small letters, composed. Null for what cannot be one.</summary>
    public static string? Clean(string? typed)
    {
        if (typed is null || typed.Length > MostLength * 4 || !PlainText.Is(typed))
        {
            return null;
        }

        var tag = typed.Trim().ToLowerInvariant().Normalize(NormalizationForm.FormC);
        var runes = tag.EnumerateRunes().ToList();
        return runes.Count is > 0 and <= MostLength && runes.TrueForAll(IsOfATag) ? tag : null;
    }

    /// <summary>Reads the column.</summary>
    public static IReadOnlyList<string> Read(string column) =>
        column.Split(Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Writes the column: every tag between separators, so that one can be looked for.</summary>
    public static string Write(IReadOnlyCollection<string> tags) =>
        tags.Count == 0 ? "" : $"{Separator}{string.Join(Separator, tags)}{Separator}";

    /// <summary>What the column holds where the channel has a tag.</summary>
    public static string InColumn(string tag) => $"{Separator}{tag}{Separator}";

    /// <summary>Without repeats, in the order in which they are shown.</summary>
    public static IReadOnlyList<string> Ordered(IEnumerable<string> tags) =>
        [.. tags.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static bool IsOfATag(Rune rune) => Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '_' or ':' or '.';
}

/// <summary>What came of giving a channel a tag, or taking one away.</summary>
public enum TagOutcome
{
    Done,

    /// <summary>Nothing had to change.</summary>
    WasSo,

    /// <summary>The channel has as many as it may have.</summary>
    TooMany,

    /// <summary>What is stored of the channel otherwise would be refused today; its form says what.</summary>
    Refused,

    /// <summary>The channel has been deleted.</summary>
    Gone,
}
