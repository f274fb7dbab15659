using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Notify.Admin.Security;

namespace Notify.Admin.DingTalk;

/// <summary>Makes text from events safe to put inside a line of markdown: it can forge no markup, link or mention. Markdown's characters
/// become their full-width forms, and addresses and <c>@</c> are broken by a zero-width space.</summary>
internal static partial class EventText
{
    private const char Break = '\u200B';

    private static readonly SearchValues<char> Markup = SearchValues.Create("\\`*[]()#!|~<>&");
    private static readonly SearchValues<char> Suspects = SearchValues.Create("\\`*[]()#!|~<>&_@");

    /// <summary>Text for people: on one line, invisible characters left out, cut at <paramref name="maxLength"/> characters with an
    /// ellipsis.</summary>
    public static string Safe(string? text, int maxLength)
    {
        var line = ForeignText.OnOneLine(text ?? string.Empty);
        var kept = ForeignText.Cut(line, maxLength);
        return Neutralise(kept.Length < line.Length ? kept.TrimEnd() + "…" : line);
    }

    /// <summary>An id: never cut. Invisible characters are written out (<c>＼u200B</c>), so that different ids look different.</summary>
    public static string SafeId(string id) => Neutralise(ForeignText.VisibleId(id));

    private static string Neutralise(string text)
    {
        var safe = text.AsSpan().ContainsAny(Suspects) ? WithoutMarkup(text) : text;
        // Whatever the pattern finds has one of these.
        return safe.Contains(':', StringComparison.Ordinal) || safe.Contains("www", StringComparison.OrdinalIgnoreCase)
            ? Address().Replace(safe, "$0" + Break) : safe;
    }

    private static string WithoutMarkup(string text)
    {
        var safe = new StringBuilder(text.Length + 16);
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (Markup.Contains(character) || (character == '_' && !IsInsideWord(text, index)))
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

        return safe.ToString();
    }

    // snake_case is no emphasis, and ids should stay as they can be searched for.
    private static bool IsInsideWord(string text, int index) =>
        index > 0 && index + 1 < text.Length && char.IsAsciiLetterOrDigit(text[index - 1]) && char.IsAsciiLetterOrDigit(text[index + 1]);

    // What a client makes a link of by itself: anything://, www., and schemes without slashes.
    [GeneratedRegex(@":(?=//)|www(?=\.)|(?:mailto|javascript|vbscript|dingtalk|(?<![a-z0-9])(?:tel|sms|data|file)):",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
