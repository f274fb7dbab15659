using System.Text;

namespace Notify.Admin.Sources;

/// <summary>DingTalk's markdown as Slack's mrkdwn, and what is needed to write either. README has the table.</summary>
internal static class DingTalkMarkup
{
    private const string Markup = "\\`*_[]<>";

    /// <summary>Plain text inside markdown: it can forge no markup. The characters of markup become their full-width forms, as in the
    /// product's own messages; inside words <c>_</c> stays.</summary>
    public static string Literal(string text)
    {
        var safe = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var isInWord = text[at] == '_' && at > 0 && at + 1 < text.Length && char.IsAsciiLetterOrDigit(text[at - 1])
                && char.IsAsciiLetterOrDigit(text[at + 1]);
            // Elsewhere than at a line's beginning it is a place in an address.
            var isHeading = text[at] == '#' && string.IsNullOrWhiteSpace(text[(text.LastIndexOf('\n', at) + 1)..at].TrimEnd('#'));
            safe.Append((Markup.Contains(text[at], StringComparison.Ordinal) && !isInWord) || isHeading
                ? (char)(text[at] + ('！' - '!')) : text[at]);
            if (text[at] == '@')
            {
                safe.Append('\u200B');
            }
        }

        return safe.ToString();
    }

    /// <summary>A link in markdown; only its label where the address is none that a person may be sent to.</summary>
    public static string Link(string address, string? label)
    {
        var shown = Literal(string.IsNullOrWhiteSpace(label) ? address : label);
        return FieldText.Link(address) is { } link
            ? $"[{shown}]({link.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal)})" : shown;
    }

    /// <param name="keepMentions">Whether <c>@所有人</c> and <c>@all</c> may call the channel.</param>
    public static string ToSlack(string markdown, bool keepMentions)
    {
        var lines = markdown.ReplaceLineEndings("\n").Split('\n').Select(line => SlackLine(line.TrimEnd(), keepMentions));
        var mrkdwn = new StringBuilder();
        var empty = 0;
        foreach (var line in lines)
        {
            empty = line.Length == 0 ? empty + 1 : 0;
            if (mrkdwn.Length > 0 && empty <= 1)
            {
                mrkdwn.Append('\n');
            }

            mrkdwn.Append(line);
        }

        return mrkdwn.ToString().Trim('\n');
    }

    /// <summary>A link in mrkdwn, or its label alone.</summary>
    public static string SlackLink(string address, string label)
    {
        var shown = SlackMarkup.Escape(label.Replace('|', '¦'));
        return FieldText.Link(address) is { } link
            ? $"<{SlackMarkup.Escape(link).Replace("|", "%7C", StringComparison.Ordinal)}|{(shown.Length == 0 ? "link" : shown)}>" : shown;
    }

    private static string SlackLine(string line, bool keepMentions)
    {
        var text = line.TrimStart();
        var level = text.TakeWhile(character => character == '#').Count();
        if (level is > 0 and <= 6 && text.Length > level && text[level] == ' ')
        {
            var heading = SlackInline(text[level..].Trim().Replace("**", "", StringComparison.Ordinal), keepMentions);
            return heading.Length == 0 ? "" : $"*{heading}*";
        }

        if (text.StartsWith('>'))
        {
            return $"> {SlackInline(text[1..].TrimStart(), keepMentions)}";
        }

        return text.Length > 1 && text[0] is '-' or '+' or '*' && text[1] == ' '
            ? $"• {SlackInline(text[2..].TrimStart(), keepMentions)}" : SlackInline(text, keepMentions);
    }

    private static string SlackInline(string text, bool keepMentions)
    {
        var mrkdwn = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var isPicture = text[at] == '!' && at + 1 < text.Length && text[at + 1] == '[';
            if (isPicture || text[at] == '[')
            {
                var start = at + (isPicture ? 2 : 1);
                if (text.IndexOf("](", start, StringComparison.Ordinal) is > 0 and var middle
                    && text.IndexOf(')', middle) is > 0 and var end)
                {
                    var label = text[start..middle].Replace("*", "", StringComparison.Ordinal);
                    mrkdwn.Append(SlackLink(text[(middle + 2)..end].Trim(), label));
                    at = end + 1;
                    continue;
                }
            }

            var mark = text[at] is not ('*' or '_') ? ""
                : at + 1 < text.Length && text[at + 1] == text[at] ? text.Substring(at, 2) : text[at..(at + 1)];
            if (mark.Length > 0 && Closing(text, at, mark) is > 0 and var close)
            {
                var slack = mark.Length == 2 ? '*' : '_';
                mrkdwn.Append(slack).Append(SlackInline(text[(at + mark.Length)..close], keepMentions)).Append(slack);
                at = close + mark.Length;
            }
            else if (Everyone(text, at) is > 0 and var length)
            {
                mrkdwn.Append(keepMentions ? "<!channel>" : "");
                at += length;
            }
            else
            {
                var taken = Math.Max(1, mark.Length);
                mrkdwn.Append(SlackMarkup.Escape(text.Substring(at, taken)));
                at += taken;
            }
        }

        return mrkdwn.ToString();
    }

    private static int Closing(string text, int open, string mark)
    {
        var start = open + mark.Length;
        if (start >= text.Length || char.IsWhiteSpace(text[start]) || (mark[0] == '_' && open > 0 && char.IsLetterOrDigit(text[open - 1])))
        {
            return -1;
        }

        var close = text.IndexOf(mark, start, StringComparison.Ordinal);
        return close > start && !char.IsWhiteSpace(text[close - 1]) ? close : -1;
    }

    private static int Everyone(string text, int at) =>
        text[at] != '@' ? 0
        : string.CompareOrdinal(text, at, "@所有人", 0, 4) == 0 ? 4
        : string.CompareOrdinal(text, at, "@all", 0, 4) == 0 && (at + 4 == text.Length || !char.IsLetterOrDigit(text[at + 4])) ? 4 : 0;
}
