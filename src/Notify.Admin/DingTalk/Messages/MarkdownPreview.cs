using System.Globalization;
using System.Text;

namespace Notify.Admin.DingTalk;

/// <summary>Reads the subset of markdown that DingTalk draws: headings, quotes, bold, italic, links, pictures, lists and line breaks.
/// Everything else stays text. Any input is read, in time that grows with its length.</summary>
public static class MarkdownPreview
{
    private const int MaxQuoteDepth = 3;
    private const int MaxIndent = 3;
    private const int MaxHeading = 6;
    private const int MaxDigits = 9;

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
            else if (ReadHeading(line) is { } heading)
            {
                blocks.Add(heading);
                index++;
            }
            else if (IsQuote(line, quoteDepth))
            {
                var quoted = Take(lines, ref index, next => IsQuote(next, quoteDepth))
                    .Select(WithoutQuoteMark);
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

    private static MarkdownHeading? ReadHeading(string line)
    {
        var start = Indent(line);
        var level = 0;
        while (start + level < line.Length && level < MaxHeading && line[start + level] == '#')
        {
            level++;
        }

        return level > 0 && ContentAfter(line, start + level) is { } content
            ? new MarkdownHeading(level, MarkdownLine.Read(content)) : null;
    }

    private static MarkdownList ReadList(Item first, string[] lines, ref int index)
    {
        List<IReadOnlyList<MarkdownInline>> items = [];
        for (Item? item = first; item is { } next && next.Number is null == first.Number is null;
            item = ++index < lines.Length ? ReadItem(lines[index]) : null)
        {
            items.Add(MarkdownLine.Read(next.Text));
        }

        return new MarkdownList(first.Number is not null, first.Number ?? 1, items);
    }

    // By hand and not with a pattern: every message that is sent is read here, and most of its lines are items.
    private static Item? ReadItem(string line)
    {
        var start = Indent(line);
        if (start == line.Length)
        {
            return null;
        }

        if (line[start] is '-' or '*' or '+')
        {
            return ContentAfter(line, start + 1) is { } text ? new Item(null, text) : null;
        }

        var end = start;
        while (end < line.Length && end - start < MaxDigits && char.IsAsciiDigit(line[end]))
        {
            end++;
        }

        return end > start && end < line.Length && line[end] is '.' or ')' && ContentAfter(line, end + 1) is { } numbered
            ? new Item(int.Parse(line.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture), numbered) : null;
    }

    // Three spaces before what begins a block are none.
    private static int Indent(string line)
    {
        var at = 0;
        while (at < Math.Min(MaxIndent, line.Length) && line[at] == ' ')
        {
            at++;
        }

        return at;
    }

    // Null where no white space parts it from the mark.
    private static string? ContentAfter(string line, int mark) =>
        mark < line.Length && line[mark] is ' ' or '\t' ? line.AsSpan(mark).TrimStart(" \t").ToString() : null;

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
        string.IsNullOrWhiteSpace(line) || IsQuote(line, quoteDepth) || ReadHeading(line) is not null || ReadItem(line) is not null;

    private static bool IsQuote(string line, int quoteDepth) =>
        quoteDepth < MaxQuoteDepth && Indent(line) is var at && at < line.Length && line[at] == '>';

    private static string WithoutQuoteMark(string line)
    {
        var after = Indent(line) + 1;
        return line[(after < line.Length && line[after] == ' ' ? after + 1 : after)..];
    }

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

    /// <summary>A list's item; of an ordered list with its number.</summary>
    private readonly record struct Item(int? Number, string Text);
}
