using System.Text.RegularExpressions;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Reads a pasted list of people: e-mail addresses and Slack ids, separated by blanks, lines, commas or semicolons, also as a mail
/// program copies them (<c>Alice Nguyen &lt;alice@example.com&gt;</c>), Slack's mentions, and links to people.</summary>
internal static partial class PastedPeople
{
    private static readonly char[] Separators = [',', ';', '\n', '\r', '\t', '，', '；', '、'];
    private static readonly char[] Wrapping = ['<', '>', '"', '\'', '(', ')', '[', ']', '@', ' ', '\u00A0', '\uFEFF', '\u200B'];

    /// <summary>The entries, each once, in their order.</summary>
    public static IReadOnlyList<string> Read(string pasted)
    {
        var entries = new List<string>();

        // The name in a mention may hold a separator.
        var plain = Mention().Replace(pasted, " $1 ");
        foreach (var part in plain.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            entries.AddRange(EntriesOf(part));
        }

        return [.. entries.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    public static bool IsEmail(string entry) => entry.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < entry.Length - 1;

    private static IEnumerable<string> EntriesOf(string part)
    {
        // A name before an address in angle brackets is only a name.
        var open = part.LastIndexOf('<');
        var close = part.LastIndexOf('>');
        if (open >= 0 && close > open)
        {
            var inside = part[(open + 1)..close].Split('|')[0];
            yield return Clean(inside.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? inside["mailto:".Length..] : inside);
            yield break;
        }

        foreach (var word in part.Split([' ', '\u00A0'], StringSplitOptions.RemoveEmptyEntries).Select(Clean)
            .Where(word => word.Length > 0))
        {
            yield return SlackIds.Person(word);
        }
    }

    private static string Clean(string text) => text.Trim(Wrapping);

    [GeneratedRegex(@"<@([A-Z0-9]+)(?:\|[^>]*)?>", RegexOptions.CultureInvariant)]
    private static partial Regex Mention();
}
