using System.Globalization;
using System.Text;

namespace Notify.Admin.Slack;

/// <summary>Makes text from events fit to show in Slack: on one line, without invisible characters, of bounded length, and escaped so that
/// it can forge no mention, link or channel.</summary>
internal static class SlackEventText
{
    /// <summary>Slack's three control characters; docs.slack.dev/messaging/formatting-message-text asks to escape exactly these.</summary>
    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>How long <paramref name="text"/> is once escaped, which is how lengths are counted here: Slack does not say which it
    /// counts.</summary>
    public static int EscapedLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        foreach (var character in text)
        {
            length += EscapedLength(character);
        }

        return length;
    }

    /// <summary>One line of text, shortened with an ellipsis to at most <paramref name="maxEscaped"/> characters once escaped; empty for
    /// null and for nothing visible.</summary>
    public static string Line(string? text, int maxEscaped) => Shorten(OnOneLine(text ?? string.Empty), maxEscaped);

    /// <summary>Text that may have several lines; runs of empty ones become one.</summary>
    public static string Paragraphs(string? text, int maxEscaped)
    {
        var lines = (text ?? string.Empty).ReplaceLineEndings("\n").Split('\n').Select(OnOneLine);
        var kept = new StringBuilder();
        var empty = 0;
        foreach (var line in lines)
        {
            empty = line.Length == 0 ? empty + 1 : 0;
            if (kept.Length > 0 && empty <= 1)
            {
                kept.Append('\n');
            }

            kept.Append(line);
        }

        return Shorten(kept.ToString().Trim('\n'), maxEscaped);
    }

    /// <summary>An id is never shortened. What cannot be seen is written out (<c>\u200B</c>), so that different ids look
    /// different.</summary>
    public static string Id(string id)
    {
        var visible = new StringBuilder(id.Length);
        foreach (var rune in id.EnumerateRunes())
        {
            if (rune.Value == ' ' || !(Rune.IsWhiteSpace(rune) || IsInvisible(rune)))
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

    /// <summary>The text in pieces of at most <paramref name="maxEscaped"/> characters once escaped; none ends inside a surrogate
    /// pair.</summary>
    public static IEnumerable<string> Pieces(string text, int maxEscaped)
    {
        for (var start = 0; start < text.Length;)
        {
            var length = Fitting(text.AsSpan(start), maxEscaped);
            yield return text.Substring(start, length);
            start += length;
        }
    }

    private static string Shorten(string text, int maxEscaped) =>
        EscapedLength(text) <= maxEscaped ? text : text[..Fitting(text, maxEscaped - 1)].TrimEnd() + "…";

    /// <summary>How many characters fit; at least one, so that a loop ends.</summary>
    private static int Fitting(ReadOnlySpan<char> text, int maxEscaped)
    {
        var length = 0;
        var end = 0;
        while (end < text.Length && (length += EscapedLength(text[end])) <= maxEscaped)
        {
            end++;
        }

        if (end > 0 && end < text.Length && char.IsHighSurrogate(text[end - 1]))
        {
            end--;
        }

        return Math.Max(end, Math.Min(text.Length, 1));
    }

    private static int EscapedLength(char character) => character switch
    {
        '&' => 5,
        '<' or '>' => 4,
        _ => 1,
    };

    private static string OnOneLine(string text)
    {
        var line = new StringBuilder(text.Length);

        // Half surrogate pairs come out as U+FFFD.
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (line is [.., not ' '])
                {
                    line.Append(' ');
                }
            }
            else if (!IsInvisible(rune))
            {
                line.Append(rune);
            }
        }

        return line.ToString().TrimEnd();
    }

    // Control and format characters: the latter turn the direction of text about or hide in it. Joiners stay, since scripts and emoji need
    // them.
    private static bool IsInvisible(Rune rune) =>
        rune.Value is not (0x200C or 0x200D)
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;
}
