namespace Notify.Admin.Data;

/// <summary>What a list sorts and searches rows by, beside what they were made from. Both texts are folded (<c>FoldedText</c>), so that
/// case, accents and widths of letters make no difference in any database.</summary>
public interface IListed
{
    /// <summary>The name as lists sort it.</summary>
    string SortName { get; }

    /// <summary>All that a search finds the row by; it begins with the name.</summary>
    string SearchText { get; }
}
