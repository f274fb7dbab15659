using Notify.Admin.Data;

namespace Notify.Admin.LivePages;

/// <summary>A page of what has happened, newest first.</summary>
/// <param name="SearchedBackTo">A bounded search stopped here; null when it went to the end or the page is full.</param>
public sealed record HistoryList<TRow>(IReadOnlyList<TRow> Rows, IdPage Cursors, DateTimeOffset? SearchedBackTo);

/// <summary>What such pages have in common.</summary>
public static class HistoryList
{
    /// <summary>How many new rows are counted at most: of a hundred, nobody wants to know how many.</summary>
    public const int MostNew = 100;
}
