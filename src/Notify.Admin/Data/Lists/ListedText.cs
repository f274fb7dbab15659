using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.Data;

/// <summary>Texts that are stored folded beside what they were made from, to be sorted and searched by.</summary>
internal static class ListedText
{
    /// <summary>The length of a column for <see cref="ToSort"/>.</summary>
    public const int SortLength = 128;

    /// <summary>A name as lists sort it.</summary>
    public static string ToSort(string name) => ForeignText.Cut(FoldedText.Of(name), SortLength);

    /// <summary>Several texts, to be found by any word of theirs; what is null is left out.</summary>
    public static string ToSearch(params IEnumerable<string?> texts) => FoldedText.Of(string.Join(' ', texts.OfType<string>()));
}
