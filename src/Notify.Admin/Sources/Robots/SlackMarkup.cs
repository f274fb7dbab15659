using System.Text;
using System.Text.RegularExpressions;

namespace Notify.Admin.Sources;

/// <summary>Slack's mrkdwn as DingTalk's markdown. README has the table.</summary>
internal static partial class SlackMarkup
{
    /// <summary>A line break that DingTalk draws.</summary>
    private const string Break = "  \n";

    /// <summary>Slack's three control characters.</summary>
    public static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    public static string Unescape(string text) => text.Replace("&lt;", "<", StringComparison.Ordinal)
        .Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);

    /// <summary>What a person reads of it; marks of emphasis stay.</summary>
    public static string Plain(string mrkdwn) => Unescape(Control().Replace(mrkdwn, match =>
    {
        var (target, label) = (match.Groups["target"].Value, match.Groups["label"].Value);
        return target.StartsWith('!') || target.StartsWith('@') ? $"@{(label.Length > 0 ? label : target[1..]).TrimStart('@')}"
            : target.StartsWith('#') ? $"#{(label.Length > 0 ? label : target[1..])}"
            : label.Length > 0 && label != target ? $"{label} ({target})" : target;
    })).Trim();

    /// <param name="keepMentions">Whether <c>@channel</c>, <c>@here</c> and <c>@everyone</c> may call everybody.</param>
    /// <returns>The markdown, and whether it calls everybody: that has to be said in the message's <c>at</c> too.</returns>
    public static (string Markdown, bool MentionsEveryone) ToDingTalk(string mrkdwn, bool keepMentions)
    {
        var everyone = false;
        var markdown = new StringBuilder();
        var isCode = false;
        foreach (var line in mrkdwn.ReplaceLineEndings("\n").Split('\n'))
        {
            var rest = line;
            if (rest.Trim() == "```")
            {
                isCode = !isCode;
                continue;
            }

            var fences = (rest.Length - rest.Replace("```", "", StringComparison.Ordinal).Length) / 3;
            rest = rest.Replace("```", "", StringComparison.Ordinal);
            if (markdown.Length > 0)
            {
                markdown.Append(Break);
            }

            if (!isCode && (rest.StartsWith("&gt;", StringComparison.Ordinal) || rest.StartsWith('>')))
            {
                markdown.Append("> ");
                rest = rest[(rest[0] == '>' ? 1 : 4)..].TrimStart();
            }
            else if (!isCode && (rest.StartsWith("• ", StringComparison.Ordinal) || rest.StartsWith("- ", StringComparison.Ordinal)))
            {
                markdown.Append("- ");
                rest = rest[2..];
            }

            AppendLine(markdown, rest, isCode || fences > 0, keepMentions, ref everyone);
            isCode ^= fences % 2 == 1;
        }

        return (markdown.ToString().Trim(), everyone);
    }

    private static void AppendLine(StringBuilder markdown, string line, bool isCode, bool keepMentions, ref bool everyone)
    {
        for (var at = 0; at < line.Length;)
        {
            if (line[at] == '<' && line.IndexOf('>', at) is > 0 and var end)
            {
                AppendControl(markdown, line[(at + 1)..end], keepMentions, ref everyone);
                at = end + 1;
            }
            else if (!isCode && line[at] is '*' or '_' or '~' && Closing(line, at) is > 0 and var close)
            {
                var mark = line[at] switch { '*' => "**", '_' => "*", _ => "" };
                markdown.Append(mark);
                AppendLine(markdown, line[(at + 1)..close], isCode, keepMentions, ref everyone);
                markdown.Append(mark);
                at = close + 1;
            }
            else
            {
                // As long as it goes: what stands around a character decides whether it is markup.
                var stop = at + 1;
                while (stop < line.Length && line[stop] != '<'
                    && (isCode || line[stop] is not ('*' or '_' or '~') || Closing(line, stop) <= 0))
                {
                    stop++;
                }

                markdown.Append(DingTalkMarkup.Literal(Unescape(line[at..stop].Replace("`", "", StringComparison.Ordinal))));
                at = stop;
            }
        }
    }

    // Slack opens emphasis at the beginning of a word and closes it at the end of one.
    private static int Closing(string line, int open)
    {
        if ((open > 0 && char.IsLetterOrDigit(line[open - 1])) || open + 1 >= line.Length || char.IsWhiteSpace(line[open + 1]))
        {
            return -1;
        }

        var close = line.IndexOf(line[open], open + 1);
        return close > open + 1 && !char.IsWhiteSpace(line[close - 1])
            && (close + 1 == line.Length || !char.IsLetterOrDigit(line[close + 1])) ? close : -1;
    }

    private static void AppendControl(StringBuilder markdown, string control, bool keepMentions, ref bool everyone)
    {
        var bar = control.IndexOf('|', StringComparison.Ordinal);
        var target = bar < 0 ? control : control[..bar];
        var label = bar < 0 ? null : Unescape(control[(bar + 1)..]);
        if (target is "!channel" or "!here" or "!everyone")
        {
            if (keepMentions)
            {
                everyone = true;
                markdown.Append("@所有人");
            }
        }
        else if (target.StartsWith('@') || target.StartsWith("!subteam", StringComparison.Ordinal))
        {
            // A member's id of one says nothing in the other.
            markdown.Append(DingTalkMarkup.Literal((label ?? "").TrimStart('@')));
        }
        else if (target.StartsWith('#') || target.StartsWith('!'))
        {
            markdown.Append(DingTalkMarkup.Literal(target[0] == '#' && label is not null ? "#" + label : label ?? ""));
        }
        else
        {
            markdown.Append(DingTalkMarkup.Link(Unescape(target), label));
        }
    }

    [GeneratedRegex(@"<(?<target>[^<>|\n]+)(?:\|(?<label>[^<>\n]*))?>", RegexOptions.CultureInvariant)]
    private static partial Regex Control();
}
