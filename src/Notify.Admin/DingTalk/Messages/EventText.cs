using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Notify.Admin.DingTalk;

/// <summary>Makes text from events safe to put inside a line of markdown: it can forge no markup, link or mention. Markdown's characters
/// become their full-width forms, and addresses and <c>@</c> are broken by a zero-width space.</summary>
internal static partial class EventText
{
    private const char Break = '\u200B';

    private const string Markup = "\\`*[]()#!|~<>&";

    /// <summary>Text for people: on one line, invisible characters left out, cut at <paramref name="maxLength"/> characters with an
    /// ellipsis.</summary>
    public static string Safe(string? text, int maxLength)
    {
        var line = OnOneLine(text ?? string.Empty);
        var kept = Cut(line, maxLength);
        return Neutralise(kept.Length < line.Length ? kept.TrimEnd() + "…" : line);
    }

    /// <summary>An id: never cut. Invisible characters are written out (<c>＼u200B</c>), so that different ids look different.</summary>
    public static string SafeId(string id)
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

        return Neutralise(visible.ToString());
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

        // One "character" may be a letter under hundreds of accents.
        if (end == 0)
        {
            end = char.IsHighSurrogate(text[maxLength - 1]) ? maxLength - 1 : maxLength;
        }

        return text[..end];
    }

    /// <summary>Every run of white space becomes one blank; half surrogate pairs become U+FFFD.</summary>
    private static string OnOneLine(string text)
    {
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
            else if (!IsInvisible(rune))
            {
                line.Append(rune);
            }
        }

        return line.ToString().TrimEnd();
    }

    // Control and format characters: the latter turn the direction of text about, hide in it, or glue what was broken. Joiners stay,
    // since scripts and emoji need them.
    private static bool IsInvisible(Rune rune) =>
        rune.Value is not (0x200C or 0x200D)
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;

    private static string Neutralise(string text)
    {
        var safe = new StringBuilder(text.Length + 16);
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (Markup.Contains(character, StringComparison.Ordinal) || (character == '_' && !IsInsideWord(text, index)))
            {
                safe.Append((char)(character + ('！' - '!')));
            }
            else
            {
                safe.Append(character);
                if (character == '@')
                {
                    safe.Append(Break);
                }
            }
        }

        return Address().Replace(safe.ToString(), "$0" + Break);
    }

    // snake_case is no emphasis, and ids should stay as they can be searched for.
    private static bool IsInsideWord(string text, int index) =>
        index > 0 && index + 1 < text.Length && char.IsAsciiLetterOrDigit(text[index - 1]) && char.IsAsciiLetterOrDigit(text[index + 1]);

    // What a client makes a link of by itself: anything://, www., and schemes without slashes.
    [GeneratedRegex(@":(?=//)|www(?=\.)|(?:mailto|javascript|vbscript|dingtalk|(?<![a-z0-9])(?:tel|sms|data|file)):",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
