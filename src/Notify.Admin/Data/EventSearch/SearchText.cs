namespace Notify.Admin.Data;

/// <summary>Text that people type into a search or a script puts into a query string, as a database can take it.</summary>
internal static class SearchText
{
    public const int Longest = 200;

    /// <summary>Without control characters, halves of surrogate pairs and surrounding blanks, at most <paramref name="longest"/> long; null
    /// when nothing is left. PostgreSQL refuses NUL and half pairs.</summary>
    public static string? Clean(string? text, int longest = Longest)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var runes = text.EnumerateRunes().Where(rune => rune.Value != 0xFFFD && !System.Text.Rune.IsControl(rune));
        var clean = string.Concat(runes).Trim();
        if (clean.Length > longest)
        {
            clean = clean[..(char.IsHighSurrogate(clean[longest - 1]) ? longest - 1 : longest)];
        }

        return clean.Length == 0 ? null : clean;
    }
}
