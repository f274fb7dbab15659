using System.Globalization;
using System.Text;

namespace Notify.Admin.DingTalk;

/// <summary>Writes text so that it reads the same and no robot finds a keyword in it: a zero-width space after every character. A test
/// says with it what an alert may say: if a word of it passed for the keyword, the next alert without that word would be
/// refused.</summary>
internal static class UnmatchableText
{
    private const char Break = '\u200B';

    // Beside white space: what markdown is made of stays together.
    private const string Markup = "*#>[]()!`~|\\";

    public static string Of(string text)
    {
        var broken = new StringBuilder(text.Length * 2);
        for (var at = 0; at < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, at);
            broken.Append(text, at, length);
            at += length;
            if (at < text.Length && !IsEdge(text[at - 1]) && !IsEdge(text[at]))
            {
                broken.Append(Break);
            }
        }

        return broken.ToString();
    }

    /// <summary>The text as it was, for the record.</summary>
    public static string Undo(string text) => text.Replace($"{Break}", string.Empty, StringComparison.Ordinal);

    private static bool IsEdge(char character) =>
        character == Break || char.IsWhiteSpace(character) || Markup.Contains(character, StringComparison.Ordinal);
}
