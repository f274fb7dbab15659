using Notify.Admin.Data;

namespace Notify.Admin.FunctionAccess;

public enum AccessRunKind
{
    /// <summary>The list at Slack was to become the wanted one.</summary>
    Apply = 1,

    /// <summary>What was at Slack was accepted as wanted; nothing was changed there.</summary>
    Accepted = 2,

    /// <summary>The function was added, with what was at Slack as wanted.</summary>
    Added = 3,
}

public enum AccessRunState
{
    /// <summary>Waits for a worker, or one has it.</summary>
    Open = 1,

    Done = 2,

    /// <summary>Ended because somebody else changed the list at Slack.</summary>
    Changed = 3,

    /// <summary>Ended before the wanted list was reached; <see cref="AccessRun.Remaining"/> says what is left.</summary>
    Incomplete = 4,
}

/// <summary>One change of an access list, while it is made and as history.</summary>
public sealed class AccessRun : ILeased
{
    public long Id { get; init; }

    public int FunctionId { get; init; }

    public AccessRunKind Kind { get; init; }

    public AccessRunState State { get; set; }

    public required AccessList Wanted { get; init; }

    /// <summary>Slack's list before the first change; null until it was read.</summary>
    public AccessList? Before { get; set; }

    /// <summary>Slack's list at the end, as far as it is known.</summary>
    public AccessList? After { get; set; }

    /// <summary>The list that the plan was made for; null where any will do.</summary>
    public string? Basis { get; init; }

    public IReadOnlyList<AccessStep> Steps { get; set; } = [];

    /// <summary>How many calls are planned beyond those made.</summary>
    public int CallsAhead { get; set; }

    /// <summary>Slack's rate limit is waited out until then.</summary>
    public DateTimeOffset? WaitingUntil { get; set; }

    /// <summary>Why it ended as it did; null when done.</summary>
    public string? Code { get; set; }

    public string? Detail { get; set; }

    public AccessRemainder? Remaining { get; set; }

    /// <summary>Who asked for it: the name, account and origin of <see cref="Security.Actor"/>.</summary>
    public required string StartedBy { get; init; }

    public string? StartedById { get; init; }

    public required string Origin { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Shared by the runs of one change of many functions.</summary>
    public Guid? BulkId { get; init; }

    public long? LeaseToken { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>How often a worker has begun on it.</summary>
    public int Attempts { get; set; }

    public bool IsOpen => State == AccessRunState.Open;
}
