using System.Buffers;
using System.Text;

namespace Notify.Admin.FunctionAccess;

/// <summary>The CSV form of <see cref="AccessFile"/>: a row per function, the ids of a list in one cell, separated by blanks. Comma,
/// semicolon or tab between the cells, whichever a spreadsheet wrote.</summary>
internal static class AccessCsv
{
    private static readonly char[] BetweenIds = [' ', ',', ';', '\t', '\r', '\n'];

    // What a spreadsheet takes for the beginning of a formula. The apostrophe is here because it marks the others.
    private static readonly SearchValues<char> Marked = SearchValues.Create("=+-@\t\r\n'\uFF1D\uFF0B\uFF0D\uFF20");

    public static string Write(IReadOnlyList<ManagedFunction> functions)
    {
        // The mark at the front tells Excel that it is UTF-8.
        var csv = new StringBuilder("\uFEFF").AppendJoin(',', AccessFileFields.All).Append("\r\n");
        foreach (var function in functions)
        {
            var texts = AccessFileFields.Of(function).ToDictionary(value => value.Field, value => value.Texts, StringComparer.Ordinal);
            csv.AppendJoin(',', AccessFileFields.All.Select(field => Cell(string.Join(' ', texts.GetValueOrDefault(field) ?? []))))
                .Append("\r\n");
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
                names = [.. cells.Select(cell => cell.Trim())];
                if (!CheckNames(names, line, problems))
                {
                    break;
                }
            }
            else if (cells.Count != names.Count)
            {
                problems.Add(line, AccessFileFields.Root, AccessRule.CellCount, $"{cells.Count} ≠ {names.Count}");
            }
            else if (items.Count == AccessFile.MostFunctions)
            {
                problems.Add(line, AccessFileFields.Root, AccessRule.MostFunctions, $"{AccessFile.MostFunctions}");
                break;
            }
            else
            {
                items.Add(new AccessFileItem(line,
                    [.. names.Select((name, i) => new AccessFileField(line, name, Texts(name, cells[i]), AccessFileFields.IsList(name)))]));
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
        var text = cell is ['\'', .. var rest] && IsMarked(rest) ? rest : cell;
        return AccessFileFields.IsList(name) ? text.Split(BetweenIds, StringSplitOptions.RemoveEmptyEntries)
            : text.Trim() is { Length: > 0 } trimmed ? [trimmed] : null;
    }

    private static string Cell(string text)
    {
        var safe = IsMarked(text) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static IEnumerable<(int Line, List<string> Cells)> Rows(string text, AccessProblems problems)
    {
        var firstLine = text.AsSpan(0, text.IndexOf('\n') is >= 0 and var end ? end : text.Length);
        var between = firstLine.IndexOf(',') >= 0 ? ',' : firstLine.IndexOf(';') >= 0 ? ';' : '\t';
        List<string> row = [];
        var cell = new StringBuilder();
        var (line, rowLine, quoteLine) = (1, 1, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n')
            {
                line++;
            }

            if (quoteLine > 0)
            {
                if (c != '"')
                {
                    cell.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                }
                else
                {
                    quoteLine = 0;
                }
            }
            else if (c == '"' && cell.Length == 0)
            {
                quoteLine = line;
            }
            else if (c == between || c == '\n')
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                {
                    if (!IsBlank(row))
                    {
                        yield return (rowLine, row);
                    }

                    (row, rowLine) = ([], line);
                }
            }
            else if (c != '\r')
            {
                cell.Append(c);
            }
        }

        if (quoteLine > 0)
        {
            problems.Add(quoteLine, AccessFileFields.Root, AccessRule.ClosedQuote);
            yield break;
        }

        row.Add(cell.ToString());
        if (!IsBlank(row))
        {
            yield return (rowLine, row);
        }
    }

    private static bool IsMarked(ReadOnlySpan<char> text) => text.TrimStart(' ') is [var first, ..] && Marked.Contains(first);

    private static bool IsBlank(List<string> row) => row.TrueForAll(string.IsNullOrWhiteSpace);
}
