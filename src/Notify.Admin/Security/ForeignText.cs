using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Notify.Admin.Security;

/// <summary>Makes text that others wrote (vendors, events, people, files) fit to be kept and shown: what no store can hold is replaced,
/// what hides or turns text about is left out, and what is too long is cut between two characters as people see them.</summary>
internal static class ForeignText
{
    private const char Replacement = '\uFFFD';

    /// <summary>The text as every store can hold it: NUL, halves of surrogate pairs and code points that are no characters become
    /// U+FFFD. Nearly always the same instance.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Storable(string? text)
    {
        if (text is null || PlainText.Is(text))
        {
            return text;
        }

        var kept = new StringBuilder(text.Length);
        // Halves of surrogate pairs come out as U+FFFD.
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == 0 || PlainText.IsNoCharacter(rune.Value))
            {
                kept.Append(Replacement);
            }
            else
            {
                kept.Append(rune);
            }
        }

        return kept.ToString();
    }

    /// <summary>Text of any number of lines for a column of <paramref name="maxLength"/> characters.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Fit(string? text, int maxLength) => text is null ? null : Cut(Storable(text), maxLength);

    /// <summary>Text of one line, as names, codes and messages are, for a column of <paramref name="maxLength"/> characters: nothing in it
    /// is invisible or turns its direction about.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Line(string? text, int maxLength) => text is null ? null : Cut(OnOneLine(text), maxLength);

    /// <summary>An id of somebody else's for a column of <paramref name="maxLength"/> characters; null where it would have to be changed,
    /// since it would be another id then, and where it would look like another.</summary>
    public static string? Id(string? id, int maxLength) =>
        id?.Length <= maxLength && PlainText.IsLine(id) && !id.Contains(Replacement) ? id : null;

    /// <summary>Every run of white space becomes one blank, invisible characters are left out, and what cannot be stored becomes
    /// U+FFFD.</summary>
    public static string OnOneLine(string text)
    {
        if (IsOrdinaryLine(text))
        {
            return text;
        }

        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (line is [.., not ' '])
                {
                    line.Append(' ');
                }
            }
            else if (PlainText.IsNoCharacter(rune.Value))
            {
                line.Append(Replacement);
            }
            else if (!IsInvisible(rune))
            {
                line.Append(rune);
            }
        }

        return line.ToString().TrimEnd();
    }

    /// <summary>The same of a text of several lines, whose ends, tabs and blanks stay.</summary>
    public static string OnLines(string text)
    {
        var lines = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (PlainText.IsNoCharacter(rune.Value))
            {
                lines.Append(Replacement);
            }
            else if (rune.Value is '\n' or '\t' || !IsInvisible(rune))
            {
                lines.Append(rune);
            }
        }

        return lines.ToString().Trim();
    }

    /// <summary>What cannot be seen is written out (<c>\u200B</c>), so that different ids look different.</summary>
    public static string VisibleId(string id)
    {
        if (IsOrdinaryLine(id))
        {
            return id;
        }

        var visible = new StringBuilder(id.Length);
        foreach (var rune in id.EnumerateRunes())
        {
            if (rune.Value == ' ' || !(Rune.IsWhiteSpace(rune) || IsInvisible(rune) || PlainText.IsNoCharacter(rune.Value)))
            {
                visible.Append(rune);
            }
            else
            {
                visible.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
            }
        }

        return visible.ToString();
    }

    /// <summary>The longest beginning of at most <paramref name="maxLength"/> characters that ends between two characters as people see
    /// them, so not inside a surrogate pair, a flag or an accented letter.</summary>
    public static string Cut(string text, int maxLength)
    {
        if (text.Length <= maxLength)
        {
            return text;
        }

        var end = 0;
        while (end < maxLength)
        {
            var next = end + StringInfo.GetNextTextElementLength(text, end);
            if (next > maxLength)
            {
                break;
            }

            end = next;
        }

        // A single text element may be a letter under hundreds of accents.
        if (end == 0 && maxLength > 0)
        {
            end = char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
        }

        return text[..end];
    }

    // Nothing but visible ASCII, single blanks between: most of what is written into each message.
    private static bool IsOrdinaryLine(ReadOnlySpan<char> text) =>
        !text.ContainsAnyExceptInRange(' ', '~') && text is not ([' ', ..] or [.., ' ']) && !text.Contains("  ", StringComparison.Ordinal);

    // Control and format characters: the latter turn the direction of text about, hide in it, or glue what was broken. Joiners stay,
    // since scripts and emoji need them.
    private static bool IsInvisible(Rune rune) =>
        rune.Value is not (0x200C or 0x200D)
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;
}
