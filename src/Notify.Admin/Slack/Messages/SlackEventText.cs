using System.Text;
using Notify.Admin.Security;

namespace Notify.Admin.Slack;

/// <summary>Makes text from events fit to show in Slack: on one line, without invisible characters, of bounded length, and escaped so that
/// it can forge no mention, link or channel.</summary>
internal static class SlackEventText
{
    private const int MaxLabel = 80;

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
    public static string Line(string? text, int maxEscaped) => Shorten(ForeignText.OnOneLine(text ?? string.Empty), maxEscaped);

    /// <summary>A label's name for where markup is read: as it is, without what could be markup.</summary>
    public static string Label(string name)
    {
        var safe = new StringBuilder(name.Length);
        foreach (var character in Line(name, MaxLabel))
        {
            safe.Append(character is '*' or '_' or '~' or '`' or '@' or '#' or ':' ? '·' : character);
        }

        return Escape(safe.ToString());
    }

    /// <summary>Text that may have several lines; runs of empty ones become one.</summary>
    public static string Paragraphs(string? text, int maxEscaped)
    {
        var lines = (text ?? string.Empty).ReplaceLineEndings("\n").Split('\n').Select(ForeignText.OnOneLine);
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

    /// <summary>An id is never shortened. What cannot be seen is written out.</summary>
    public static string Id(string id) => ForeignText.VisibleId(id);

    /// <summary>The text in pieces of at most <paramref name="maxEscaped"/> characters once escaped; each ends between two
    /// as people see them.</summary>
    public static IEnumerable<string> Pieces(string text, int maxEscaped)
    {
        for (var start = 0; start < text.Length;)
        {
            var length = Fitting(text, start, maxEscaped);
            yield return text.Substring(start, length);
            start += length;
        }
    }

    private static string Shorten(string text, int maxEscaped) =>
        EscapedLength(text) <= maxEscaped ? text : text[..Fitting(text, 0, maxEscaped - 1)].TrimEnd() + "…";

    /// <summary>How many characters fit, up to an end between two as people see them; at least one, so that a loop ends.</summary>
    private static int Fitting(string text, int start, int maxEscaped)
    {
        var length = 0;
        var most = start;
        while (most < text.Length && (length += EscapedLength(text[most])) <= maxEscaped)
        {
            most++;
        }

        return most == text.Length ? most - start : Math.Max(ForeignText.Cut(text[start..], most - start).Length, 1);
    }

    private static int EscapedLength(char character) => character switch
    {
        '&' => 5,
        '<' or '>' => 4,
        _ => 1,
    };
}
