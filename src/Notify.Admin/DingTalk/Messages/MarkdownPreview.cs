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
            else if (First(line) == '#' && Heading().Match(line) is { Success: true } heading)
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
            else if (ReadItem(line) is { } item)
            {
                blocks.Add(ReadList(item, lines, ref index));
            }
            else
            {
                var paragraph = Take(lines, ref index, next => !StartsBlock(next, quoteDepth));
                blocks.Add(new MarkdownParagraph(MarkdownLine.Read(string.Join('\n', paragraph))));
            }
        }

        return blocks;
    }

    private static MarkdownList ReadList(Match first, string[] lines, ref int index)
    {
        var isOrdered = first.Groups["number"].Success;
        List<IReadOnlyList<MarkdownInline>> items = [];
        for (var item = first; item is not null && item.Groups["number"].Success == isOrdered;
            item = ++index < lines.Length ? ReadItem(lines[index]) : null)
        {
            items.Add(MarkdownLine.Read(item.Groups["text"].Value));
        }

        return new MarkdownList(
            isOrdered,
            int.TryParse(first.Groups["number"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1,
            items);
    }

    private static Match? ReadItem(string line) =>
        First(line) is '-' or '*' or '+' or (>= '0' and <= '9') && ListItem().Match(line) is { Success: true } item ? item : null;

    // What a line begins with tells nearly all of them from what a pattern looks for: every message that is sent is read here.
    private static char First(string line)
    {
        var at = 0;
        while (at < Math.Min(3, line.Length) && line[at] == ' ')
        {
            at++;
        }

        return at < line.Length ? line[at] : '\0';
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
        string.IsNullOrWhiteSpace(line) || IsQuote(line, quoteDepth) || (First(line) == '#' && Heading().IsMatch(line))
            || ReadItem(line) is not null;

    private static bool IsQuote(string line, int quoteDepth) =>
        quoteDepth < MaxQuoteDepth && First(line) == '>' && QuoteMark().IsMatch(line);

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
