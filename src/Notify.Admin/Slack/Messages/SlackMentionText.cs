using System.Text.RegularExpressions;

namespace Notify.Admin.Slack;

/// <summary>Mentions as a reader of our own pages sees them; only Slack knows the names behind ids.</summary>
internal static partial class SlackMentionText
{
    /// <summary><c>&lt;!here&gt;</c> becomes <c>@here</c>, <c>&lt;@U…&gt;</c> <c>@U…</c>, <c>&lt;!subteam^S…&gt;</c> <c>@S…</c>.</summary>
    public static string Shown(string mentions) => Mention().Replace(mentions, "@${who}");

    [GeneratedRegex(@"<(?:@|!subteam\^|!)(?<who>[A-Za-z0-9]+)>", RegexOptions.CultureInvariant)]
    private static partial Regex Mention();
}
