namespace Notify.Admin.Sources;

/// <summary>One type of alert that a source reads, as pages and scripts see it.</summary>
/// <param name="Next">Null while it is paused, off, or has never begun.</param>
/// <param name="Trouble">Why the last call failed, or what else is to be said.</param>
/// <param name="IsPaused">The account is refused as it stands, or gone: nothing is asked.</param>
public sealed record PollView(string Type, int Minutes, DateTimeOffset? Last, DateTimeOffset? Completed, DateTimeOffset? Next, int Found,
    bool IsUnderWay, Reason? Trouble, bool IsPaused);
