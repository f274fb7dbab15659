using System.Buffers;

namespace Notify.Admin.Shared;

/// <summary>Cells of a CSV that a spreadsheet opens. What it would calculate gets an apostrophe in front, which it shows as text.</summary>
internal static class SpreadsheetCell
{
    // The beginnings of a formula, and the apostrophe itself, so that what was defused can be told from what began with one.
    private static readonly SearchValues<char> Marked = SearchValues.Create("=+-@'\uFF1D\uFF0B\uFF0D\uFF20");

    // What makes a cell need quotes around it.
    private static readonly SearchValues<char> Separating = SearchValues.Create(",;\"\t\r\n");

    /// <summary>The cell as it stands in the file.</summary>
    public static string Write(string text)
    {
        var safe = IsFormula(text) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(Separating) < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>The text of a cell that <see cref="Write"/> wrote, its quotes taken off already.</summary>
    public static string Restore(string cell) => cell is ['\'', .. var rest] && IsFormula(rest) ? rest : cell;

    // Spreadsheets strip blanks and quotes before they look; a tab or a line's end in front can move the rest into a cell of its own.
    private static bool IsFormula(ReadOnlySpan<char> text)
    {
        if (text is ['\t' or '\r' or '\n', ..])
        {
            return true;
        }

        var start = 0;
        while (start < text.Length && (char.IsWhiteSpace(text[start]) || text[start] == '"'))
        {
            start++;
        }

        return start < text.Length && Marked.Contains(text[start]);
    }
}
