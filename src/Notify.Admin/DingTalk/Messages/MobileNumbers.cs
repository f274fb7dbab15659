using System.Text.RegularExpressions;

namespace Notify.Admin.DingTalk;

/// <summary>The mobile numbers that a message mentions, as people write them and as DingTalk wants them: bare digits, or
/// <c>+country-number</c> from overseas.</summary>
internal static partial class MobileNumbers
{
    /// <summary>More would take a noticeable part of a message's 20,000 bytes.</summary>
    public const int Max = 50;

    /// <summary>Reads numbers separated by commas, semicolons, blanks or lines. A number given twice counts once.</summary>
    /// <param name="refused">The first entry that is not a number, or the first one too many; null when all are good.</param>
    public static bool TryRead(string? text, out IReadOnlyList<string> numbers, out string? refused)
    {
        var entries = (text ?? string.Empty)
            .Split([',', '，', ';', '；', '、', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        refused = entries.Find(entry => !Number().IsMatch(entry)) ?? entries.ElementAtOrDefault(Max);
        numbers = refused is null ? entries : [];
        return refused is null;
    }

    [GeneratedRegex(@"^(?:[0-9]{5,20}|\+[0-9]{1,4}-?[0-9]{4,16})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
