namespace Notify.Admin.FunctionAccess;

public enum AccessOutcomeKind
{
    /// <summary>A read-back shows the wanted list.</summary>
    Done = 1,

    /// <summary>Somebody else changed the list at Slack; nothing of theirs was overwritten.</summary>
    Changed = 2,

    /// <summary>It could not be finished: <see cref="AccessOutcome.Remaining"/> says what is left, the code why.</summary>
    Incomplete = 3,
}

/// <summary>How an apply ended.</summary>
/// <param name="Seen">The list at Slack at the end, as far as it is known.</param>
/// <param name="Code">Why not done; null when it is.</param>
public sealed record AccessOutcome(AccessOutcomeKind Kind, AccessList? Seen, string? Code, string? Detail, AccessRemainder? Remaining)
{
    public static AccessOutcome Done(AccessList seen) => new(AccessOutcomeKind.Done, seen, null, null, null);

    public static AccessOutcome Changed(AccessList seen, AccessList wanted) =>
        new(AccessOutcomeKind.Changed, seen, AccessErrors.ChangedAtSlack, null, AccessRemainder.Of(seen, wanted, isCertain: true));
}
