using System.Globalization;
using System.Text;

namespace Notify.Admin.Shared;

/// <summary>Text as searches compare it: without case, accents and quotes, with one kind of dash and the narrow forms of letters, so that
/// "Zoe O'Neil" finds "Zoë O’Neil".</summary>
internal static class FoldedText
{
    /// <summary>The words that are searched for.</summary>
    public static string[] Words(string? search) =>
        Of(search).Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether a text holds every one of these words.</summary>
    /// <param name="words">Folded.</param>
    public static bool Holds(string? text, string[] words)
    {
        if (words.Length == 0)
        {
            return true;
        }

        var folded = Of(text);
        return Array.TrueForAll(words, word => folded.Contains(word, StringComparison.Ordinal));
    }

    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        // Half a surrogate pair, and U+FFFE, cannot be taken apart.
        var whole = string.Concat(text.EnumerateRunes()).Replace('\uFFFE', ' ');
        var folded = new StringBuilder(whole.Length);
        foreach (var letter in whole.Normalize(NormalizationForm.FormKD))
        {
            if (char.GetUnicodeCategory(letter) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format))
            {
                Append(folded, letter);
            }
        }

        return folded.ToString();
    }

    private static void Append(StringBuilder folded, char letter)
    {
        switch (char.ToLowerInvariant(letter))
        {
            case '\'' or '"' or '`' or '´' or '‘' or '’' or '‚' or '‛' or '“' or '”' or '„' or '‟'
                or '′' or '″' or 'ʼ' or 'ʻ' or '«' or '»':
                break;
            case '‐' or '‑' or '‒' or '–' or '—' or '−':
                folded.Append('-');
                break;
            case 'ß':
                folded.Append("ss");
                break;
            case 'æ':
                folded.Append("ae");
                break;
            case 'œ':
                folded.Append("oe");
                break;
            case 'ø':
                folded.Append('o');
                break;
            case 'ł':
                folded.Append('l');
                break;
            case 'đ' or 'ð':
                folded.Append('d');
                break;
            case 'þ':
                folded.Append("th");
                break;
            case 'ı':
                folded.Append('i');
                break;
            case var other:
                folded.Append(other);
                break;
        }
    }
}
