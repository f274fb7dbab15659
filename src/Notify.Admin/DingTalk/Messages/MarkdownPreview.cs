using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Notify.Admin.DingTalk;

/// <summary>Reads the subset of markdown that DingTalk draws: headings, quotes, bold, italic, links, pictures, lists and line breaks.
/// Everything else stays text. Any input is read, in time that grows with its length.</summary>
public static partial class MarkdownPreview
{
    private const int MaxQuoteDepth = 3;

    public static IReadOnlyList<MarkdownBlock> Read(string markdown) => Read(markdown.ReplaceLineEndings("\n").Split('\n'), 0);

    /// <summary>The text without markup, a line for each block and list item: for records and search.</summary>
    public static string ToPlainText(string markdown)
    {
        var text = new StringBuilder();
        Append(text, Read(markdown));
        return text.ToString().TrimEnd();
    }

    private static List<MarkdownBlock> Read(string[] lines, int quoteDepth)
    {
        var blocks = new List<MarkdownBlock>();
        for (var index = 0; index < lines.Length;)
        {
            var line = lines[index];
            if (string.IsNullOrWhiteSpace(line))
            {
                index++;
            }
            else if (Heading().Match(line) is { Success: true } heading)
            {
                blocks.Add(new MarkdownHeading(heading.Groups[1].Length, MarkdownLine.Read(heading.Groups[2].Value)));
                index++;
            }
            else if (IsQuote(line, quoteDepth))
            {
                var quoted = Take(lines, ref index, next => IsQuote(next, quoteDepth))
                    .Select(next => QuoteMark().Replace(next, string.Empty));
                blocks.Add(new MarkdownQuote(Read([.. quoted], quoteDepth + 1)));
            }
            else if (ListItem().IsMatch(line))
            {
                blocks.Add(ReadList(lines, ref index));
            }
            else
            {
                var paragraph = Take(lines, ref index, next => !StartsBlock(next, quoteDepth));
                blocks.Add(new MarkdownParagraph(MarkdownLine.Read(string.Join('\n', paragraph))));
            }
        }

        return blocks;
    }

    private static MarkdownList ReadList(string[] lines, ref int index)
    {
        var first = ListItem().Match(lines[index]);
        var isOrdered = first.Groups["number"].Success;
        var items = Take(lines, ref index, next => ListItem().Match(next) is { Success: true } item
            && item.Groups["number"].Success == isOrdered);
        return new MarkdownList(
            isOrdered,
            int.TryParse(first.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1,
            [.. items.Select(item => MarkdownLine.Read(ListItem().Match(item).Groups["text"].Value))]);
    }

    private static List<string> Take(string[] lines, ref int index, Predicate<string> belongs)
    {
        var taken = new List<string> { lines[index++] };
        while (index < lines.Length && belongs(lines[index]))
        {
            taken.Add(lines[index++]);
        }

        return taken;
    }

    private static bool StartsBlock(string line, int quoteDepth) =>
        string.IsNullOrWhiteSpace(line) || IsQuote(line, quoteDepth) || Heading().IsMatch(line) || ListItem().IsMatch(line);

    private static bool IsQuote(string line, int quoteDepth) => quoteDepth < MaxQuoteDepth && QuoteMark().IsMatch(line);

    private static void Append(StringBuilder text, IEnumerable<MarkdownBlock> blocks)
    {
        foreach (var block in blocks)
        {
            switch (block)
            {
                case MarkdownHeading heading:
                    AppendLine(text, heading.Content);
                    break;
                case MarkdownParagraph paragraph:
                    AppendLine(text, paragraph.Content);
                    break;
                case MarkdownQuote quote:
                    Append(text, quote.Blocks);
                    break;
                case MarkdownList list:
                    foreach (var item in list.Items)
                    {
                        AppendLine(text, item);
                    }

                    break;
            }
        }
    }

    private static void AppendLine(StringBuilder text, IReadOnlyList<MarkdownInline> content)
    {
        MarkdownLine.Append(text, content);
        text.Append('\n');
    }

    [GeneratedRegex(@"^ {0,3}(#{1,6})[ \t]+(.*)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^ {0,3}> ?")]
    private static partial Regex QuoteMark();

    [GeneratedRegex(@"^ {0,3}(?:[-*+]|(?<number>[0-9]{1,9})[.)])[ \t]+(?<text>.*)$")]
    private static partial Regex ListItem();
}
