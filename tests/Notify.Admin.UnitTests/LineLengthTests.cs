using System.Text.RegularExpressions;
using Notify.Admin.Testing;

namespace Notify.Admin.UnitTests;

/// <summary>Two files of code fit beside each other.</summary>
public sealed partial class LineLengthTests
{
    private const int Most = 140;

    [Fact]
    public void Line_OfCode_IsAtMostAsLongAsAgreed_UnlessItIsAText()
    {
        var longer = SourceFiles().SelectMany(file => Longer(file).Select(line => $"{file}:{line}"));

        longer.ShouldBeEmpty();
    }

    private static IEnumerable<string> SourceFiles() => new[] { "src", "tests" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !Generated().IsMatch(file.Replace('\\', '/')));

    private static IEnumerable<int> Longer(string file)
    {
        var (number, isRaw) = (0, false);
        foreach (var line in File.ReadLines(file))
        {
            number++;
            var quotes = RawQuotes().Count(line);
            if (line.Length > Most && !isRaw && quotes == 0 && !LongText().IsMatch(line))
            {
                yield return number;
            }

            isRaw ^= quotes % 2 == 1;
        }
    }

    [GeneratedRegex("/(bin|obj|node_modules|Migrations)/")]
    private static partial Regex Generated();

    [GeneratedRegex("\"\"\"")]
    private static partial Regex RawQuotes();

    // A text is not broken for the sake of its line.
    [GeneratedRegex(@"""(\\.|[^""\\]){60,}")]
    private static partial Regex LongText();
}
