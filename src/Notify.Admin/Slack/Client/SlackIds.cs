using System.Text.RegularExpressions;
using Notify.Admin.Security;

namespace Notify.Admin.Slack;

/// <summary>Takes an id out of what Slack hands out with it: links of every shape ("Copy link", the browser's address,
/// <c>slack://</c>), mentions (<c>&lt;#C…|name&gt;</c>, <c>&lt;@U…&gt;</c>), and quotes around it.</summary>
public static partial class SlackIds
{
    private static readonly char[] Wrapping = [' ', '\t', '"', '\'', '`', '(', ')', '[', ']', '<', '>', '“', '”', '‘', '’', ',', ';', '.'];

    /// <summary>An id that Slack gave and that the store can hold; null for any other.</summary>
    public static string? Stored(string? id) => id is { Length: > 0 } ? ForeignText.Id(id, 64) : null;

    public static string Channel(string? text) => Find(text, "C", "G", "D");

    public static string Person(string? text) => Find(text, "U", "W");

    /// <summary>The id of a person or user group that a message can mention; null for anything else.</summary>
    public static string? Mentionable(string? text)
    {
        var found = UserGroup().Match(text ?? "") is { Success: true } group ? group.Groups["id"].Value : Find(text, "U", "W", "S");
        return IsId(found, ["U", "W", "S"]) ? found : null;
    }

    public static string Function(string? text) => Find(text, "Fn");

    public static string App(string? text) => Find(text, "A");

    /// <param name="prefixes">How the wanted ids begin: <c>T</c> for workspaces, <c>E</c> for organisations.</param>
    /// <returns>The id, else the text as it was without the blanks around it.</returns>
    public static string Find(string? text, params ReadOnlySpan<string> prefixes)
    {
        var trimmed = (text ?? string.Empty).Trim();
        var bare = trimmed.Trim(Wrapping).TrimStart('#', '@');
        if (IsId(bare, prefixes))
        {
            return bare;
        }

        // The host's own letters are none of the id.
        var place = Scheme().Match(trimmed.Trim(Wrapping)) is { Success: true } scheme ? scheme.Groups["rest"].Value
            : trimmed.Contains("<#", StringComparison.Ordinal) || trimmed.Contains("<@", StringComparison.Ordinal) ? trimmed
            : string.Empty;
        foreach (var candidate in Candidate().EnumerateMatches(place))
        {
            var id = place.AsSpan(candidate.Index, candidate.Length);
            if (IsId(id, prefixes))
            {
                return id.ToString();
            }
        }

        return trimmed;
    }

    private static bool IsId(ReadOnlySpan<char> text, ReadOnlySpan<string> prefixes)
    {
        foreach (var prefix in prefixes)
        {
            if (text.Length >= prefix.Length + 5
                && text.StartsWith(prefix, StringComparison.Ordinal) && AreIdLetters(text[prefix.Length..]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AreIdLetters(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterUpper(letter) && !char.IsAsciiDigit(letter))
            {
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex(@"^(?:https?://[^/\s?#]+|slack:/)(?<rest>[/?#]\S*)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"<!subteam\^(?<id>S[A-Z0-9]+)(?:\|[^<>]*)?>", RegexOptions.CultureInvariant)]
    private static partial Regex UserGroup();

    [GeneratedRegex(@"[A-Za-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Candidate();
}
