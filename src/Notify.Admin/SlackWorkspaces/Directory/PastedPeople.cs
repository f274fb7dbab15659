using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Reads a pasted list of people: e-mail addresses and Slack ids, separated by blanks, lines, commas or semicolons, also as a mail
/// program copies them (<c>Alice Nguyen &lt;alice@example.com&gt;</c>), Slack's mentions, and links to people.</summary>
internal static partial class PastedPeople
{
    private static readonly char[] Separators = [',', ';', '\n', '\r', '\t', '，', '；', '、'];
    private static readonly SearchValues<char> Ends = SearchValues.Create(Separators);
    private static readonly char[] Wrapping = ['<', '>', '"', '\'', '(', ')', '[', ']', '@', ' ', '\u00A0', '\uFEFF', '\u200B'];

    /// <summary>The entries, each once, in their order.</summary>
    public static IReadOnlyList<string> Read(string pasted)
    {
        var entries = new List<string>();

        foreach (var part in Plain(pasted).Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            entries.AddRange(EntriesOf(part));
        }

        return [.. entries.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    public static bool IsEmail(string entry) => entry.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < entry.Length - 1;

    // The names go, what is in angle brackets stays, between separators.
    private static string Plain(string pasted)
    {
        // The name in a mention may hold a separator. Every second piece was in angle brackets.
        var pieces = Bracket().Split(Mention().Replace(pasted, " $1 "));
        var plain = new StringBuilder();
        for (var index = 0; index < pieces.Length; index++)
        {
            plain.Append(index % 2 == 1 ? $",{InsideOf(pieces[index])}," : index < pieces.Length - 1
                ? WithoutName(pieces[index]) : pieces[index]);
        }

        return plain.ToString();
    }

    private static string InsideOf(string bracket)
    {
        var inside = bracket.Split('|')[0].Trim();
        return inside.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? inside["mailto:".Length..] : inside;
    }

    // The words right before a bracket, as far back as none is an address or an id.
    private static string WithoutName(string text)
    {
        var from = text.AsSpan().LastIndexOfAny(Ends) + 1;
        var words = Words(text[from..]);
        var last = Array.FindLastIndex(words, word => IsEmail(Clean(word)) || IsSurelyId(word));
        return $"{text[..from]}{string.Join(' ', words[..(last + 1)])}";
    }

    // A name in capitals looks like an id, but for the digits.
    private static bool IsSurelyId(string word) => SlackIds.Mentionable(word) is { } id && id.Any(char.IsAsciiDigit);

    private static IEnumerable<string> EntriesOf(string part) =>
        Words(part).Select(Clean).Where(word => word.Length > 0).Select(SlackIds.Person);

    private static string[] Words(string text) => text.Split([' ', '\u00A0'], StringSplitOptions.RemoveEmptyEntries);

    private static string Clean(string text) => text.Trim(Wrapping);

    [GeneratedRegex(@"<@([A-Z0-9]+)(?:\|[^>]*)?>", RegexOptions.CultureInvariant)]
    private static partial Regex Mention();

    [GeneratedRegex("<([^<>]+)>", RegexOptions.CultureInvariant)]
    private static partial Regex Bracket();
}
