namespace Notify.Admin.Audit;

/// <summary>What is wrong at the place where the chain breaks.</summary>
public enum ChainFault
{
    /// <summary>There is no entry with this number: it was deleted, or its seal taken off.</summary>
    Missing = 1,

    /// <summary>The entry, or one before it, is not what was sealed: changed or moved.</summary>
    Altered = 2,

    /// <summary>An entry carries a number beyond the end of the chain.</summary>
    Added = 3,

    /// <summary>The end of the chain is not the last entry's hash.</summary>
    EndAltered = 4,
}

/// <summary>The first place where the chain breaks.</summary>
/// <param name="Sequence">The number of the entry in the chain.</param>
/// <param name="EntryId">Null where there is no such entry.</param>
public sealed record ChainBreak(ChainFault Fault, long Sequence, long? EntryId);

/// <summary>What reading the whole chain found.</summary>
/// <param name="Checked">Entries that fit, from the first on.</param>
/// <param name="EndSequence">The number of the last sealed entry when the reading began.</param>
/// <param name="EndHash">Its hash.</param>
/// <param name="Break">Null when the chain is whole.</param>
public sealed record ChainVerdict(long Checked, long EndSequence, string EndHash, ChainBreak? Break);

/// <summary>How the chain stands, without reading it.</summary>
/// <param name="Sealed">The number of the last sealed entry.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Waiting">Entries without a seal: those of the last moments, and those whose repeats are still being counted.</param>
/// <param name="LastCheck">The newest record of a check; null before the first.</param>
public sealed record ChainStatus(long Sealed, string Hash, int Waiting, AuditEntry? LastCheck);
