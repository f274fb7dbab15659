using Notify.Admin.Security;

namespace Notify.Admin.Audit;

/// <summary>Why a change cannot be taken back. Each has its words in <see cref="AuditText"/>.</summary>
internal enum RevertBlock
{
    /// <summary>It changed nothing that is stored: a test, a log-in, an export.</summary>
    NotAChange = 1,

    /// <summary>It was refused or failed.</summary>
    NotDone = 2,

    /// <summary>Only secrets were changed, and the trail does not have them.</summary>
    Secret = 3,

    Creation = 4,

    Deletion = 5,

    /// <summary>What was changed is recorded in brief only.</summary>
    Brief = 6,

    /// <summary>What was changed does not exist any more.</summary>
    Gone = 7,

    /// <summary>It has been changed again since.</summary>
    ChangedSince = 8,

    /// <summary>Everything is as it was before already.</summary>
    NothingLeft = 9,
}

/// <summary>What taking a change back would do.</summary>
/// <param name="Block">Why it cannot be done; null when it can.</param>
/// <param name="Changes">From what is stored now to what was before.</param>
/// <param name="Kept">Fields that the entry names and that stay as they are: secrets, and what is recorded in brief.</param>
internal sealed record RevertPlan(RevertBlock? Block, IReadOnlyList<FieldChange> Changes, IReadOnlyList<string> Kept)
{
    public static RevertPlan Blocked(RevertBlock block) => new(block, [], []);
}

/// <param name="Problem">Why it was refused, in the current UI culture.</param>
internal sealed record RevertResult(bool IsDone, string? Problem = null);

/// <summary>What the trail says about a field, as far as taking back goes.</summary>
internal enum FieldMemory
{
    /// <summary>All of it.</summary>
    Whole = 1,

    /// <summary>A few characters of a secret.</summary>
    Secret = 2,

    /// <summary>A summary.</summary>
    Brief = 3,
}

/// <summary>Takes changes of one kind back, by the same service that people use: with its checks, conflicts and roles, and its own audit
/// entry.</summary>
internal interface IAuditRevert
{
    /// <summary>The actions whose changes it takes back.</summary>
    IReadOnlyCollection<string> Actions { get; }

    FieldMemory MemoryOf(string field);

    /// <summary>The fields as they are stored now, written as the trail writes them; null when there is no such thing any more.</summary>
    Task<IReadOnlyDictionary<string, string?>?> ReadAsync(AuditEntry entry, Actor actor, CancellationToken cancellationToken);

    /// <summary>Sets each field to its <see cref="FieldChange.After"/>.</summary>
    Task<RevertResult> ApplyAsync(AuditEntry entry, IReadOnlyList<FieldChange> changes, Actor actor, CancellationToken cancellationToken);
}
