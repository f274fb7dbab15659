using System.Text.RegularExpressions;

namespace Notify.Admin.Channels;

/// <summary>A line with the names of fields in braces: <c>{title} on {asset}</c>. Names only: there is nothing to run.</summary>
internal static partial class MessageTemplate
{
    /// <summary>What stands for a field that the event does not have.</summary>
    private const string Absent = "–";

    public static IEnumerable<string> NamesIn(string template) =>
        Braces().Matches(template).Select(match => match.Groups[1]).Where(group => group.Success).Select(group => group.Value);

    /// <summary>Whether a brace has no pair.</summary>
    public static bool HasLooseBrace(string template) => Braces().Matches(template).Any(match => !match.Groups[1].Success);

    /// <summary>The line for an event, neither cleaned nor escaped; null where the event has none of the fields that it names.</summary>
    public static string? Fill(string template, EventRecord record, IEventWords words)
    {
        var (named, found) = (0, 0);
        var line = Braces().Replace(template, match =>
        {
            named++;
            var value = MessageField.Find(match.Groups[1].Value)?.Read(record, words);
            found += string.IsNullOrWhiteSpace(value) ? 0 : 1;
            return string.IsNullOrWhiteSpace(value) ? Absent : value;
        });
        return named > 0 && found == 0 ? null : line;
    }

    [GeneratedRegex(@"\{([^{}]*)\}|[{}]", RegexOptions.CultureInvariant)]
    private static partial Regex Braces();
}
