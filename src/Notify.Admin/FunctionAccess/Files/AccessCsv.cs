using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Notify.Admin.Shared;

namespace Notify.Admin.FunctionAccess;

/// <summary>The CSV form of <see cref="AccessFile"/>: a row per function, the ids of a list in one cell, separated by blanks. Comma,
/// semicolon or tab between the cells, whichever a spreadsheet wrote.</summary>
internal static class AccessCsv
{
    private static readonly char[] BetweenIds = [' ', ',', ';', '\t', '\r', '\n'];

    // Excel's own first line, which says what stands between the cells.
    private const string SeparatorLine = "sep=";

    public static string Write(IReadOnlyList<ManagedFunction> functions)
    {
        var csv = new StringBuilder(CsvDownload.Head(AccessFileFields.All));
        foreach (var function in functions)
        {
            var texts = AccessFileFields.Of(function).ToDictionary(value => value.Field, value => value.Texts, StringComparer.Ordinal);
            csv.Append(CsvDownload.Line(AccessFileFields.All.Select(field => string.Join(' ', texts.GetValueOrDefault(field) ?? []))));
        }

        return csv.ToString();
    }

    public static IReadOnlyList<AccessFileItem> Read(string text, AccessProblems problems)
    {
        var items = new List<AccessFileItem>();
        IReadOnlyList<string>? names = null;
        foreach (var (line, cells) in Rows(text, problems))
        {
            if (names is null)
            {
                names = [.. cells.Take(CountOf(cells)).Select(cell => cell.Trim())];
                if (!CheckNames(names, line, problems))
                {
                    break;
                }
            }
            else if (CountOf(cells) > names.Count)
            {
                problems.Add(line, AccessFileFields.Root, AccessRule.CellCount, $"{CountOf(cells)} ≠ {names.Count}");
            }
            else if (items.Count == AccessFile.MostFunctions)
            {
                problems.Add(line, AccessFileFields.Root, AccessRule.MostFunctions, $"{AccessFile.MostFunctions}");
                break;
            }
            else
            {
                items.Add(new AccessFileItem(line,
                    [.. names.Select((name, i) =>
                        new AccessFileField(line, name, Texts(name, cells.ElementAtOrDefault(i) ?? ""), AccessFileFields.IsList(name)))]));
            }
        }

        return items;
    }

    private static bool CheckNames(IReadOnlyList<string> names, int line, AccessProblems problems)
    {
        var count = problems.Count;
        foreach (var group in names.GroupBy(name => name, StringComparer.Ordinal))
        {
            if (!AccessFileFields.All.Contains(group.Key))
            {
                problems.Add(line, AccessProblems.Shorten(group.Key), AccessRule.KnownField);
            }
            else if (group.Skip(1).Any())
            {
                problems.Add(line, group.Key, AccessRule.OnlyOnce);
            }
        }

        return problems.Count == count;
    }

    private static string[]? Texts(string name, string cell)
    {
        var text = SpreadsheetCell.Restore(cell);
        return AccessFileFields.IsList(name) ? text.Split(BetweenIds, StringSplitOptions.RemoveEmptyEntries)
            : text.Trim() is { Length: > 0 } trimmed ? [trimmed] : null;
    }

    // Spreadsheets leave out empty cells at the end of a row, or add some.
    private static int CountOf(IReadOnlyList<string> cells)
    {
        var count = cells.Count;
        while (count > 0 && string.IsNullOrWhiteSpace(cells[count - 1]))
        {
            count--;
        }

        return count;
    }

    private static IEnumerable<(int Line, IReadOnlyList<string> Cells)> Rows(string text, AccessProblems problems)
    {
        using var reader = new StringReader(text);
        var (between, skipped) = Separator(reader, text);
        var isOpen = false;
        using var csv = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = between,
            // Errors name a line, so blank lines count.
            IgnoreBlankLines = false,
            // A quote inside a cell stands for itself; one that never ends would swallow the rest of the file.
            BadDataFound = bad => isOpen |= bad.Field.StartsWith('"') && bad.Field.AsSpan().Count('"') % 2 == 1,
        });
        while (true)
        {
            var line = skipped + csv.RawRow + 1;
            if (!csv.Read())
            {
                yield break;
            }

            var cells = csv.Record!;
            if (isOpen)
            {
                problems.Add(line, AccessFileFields.Root, AccessRule.ClosedQuote);
                yield break;
            }

            if (CountOf(cells) > 0)
            {
                yield return (line, cells);
            }
        }
    }

    /// <summary>What stands between the cells; reads the line that says so, if there is one.</summary>
    private static (string Between, int Skipped) Separator(StringReader reader, string text)
    {
        var rest = text.AsSpan().TrimStart("\r\n");
        var line = rest[..(rest.IndexOfAny('\r', '\n') is >= 0 and var end ? end : rest.Length)];
        if (rest.Length == text.Length && line.StartsWith(SeparatorLine, StringComparison.OrdinalIgnoreCase)
            && line.Length == SeparatorLine.Length + 1)
        {
            reader.ReadLine();
            return ($"{line[^1]}", 1);
        }

        return (line.Contains(',') ? "," : line.Contains(';') ? ";" : "\t", 0);
    }
}
