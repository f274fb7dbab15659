using System.Globalization;

namespace Notify.Admin.Channels;

/// <summary>The rule sets that a channel uses, as text: <c>3 17</c>, each once and in order.</summary>
public static class RuleSetIds
{
    /// <summary>That one channel may use.</summary>
    public const int Most = 20;

    /// <summary>Of the column: with <see cref="Most"/> of the largest numbers.</summary>
    public const int ColumnLength = 256;

    public static IReadOnlyList<int> Read(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0).Distinct().Order(),
    ];

    public static string Write(IEnumerable<int> ids) =>
        string.Join(' ', ids.Distinct().Order().Select(id => id.ToString(CultureInfo.InvariantCulture)));
}
