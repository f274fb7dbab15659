namespace Notify.Admin.Load;

/// <summary>What the search index holds of a history when the next events are taken in.</summary>
internal enum HistoryTexts
{
    /// <summary>All of it, which takes a minute for each million events.</summary>
    Indexed,

    /// <summary>Nothing: it catches up meanwhile.</summary>
    Behind,

    /// <summary>Only the last one: it goes on from there, as if it had all of them.</summary>
    Passed,
}
