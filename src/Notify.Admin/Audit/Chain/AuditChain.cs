namespace Notify.Admin.Audit;

/// <summary>The end of the hash chain: one row, which whoever seals holds locked.</summary>
public sealed class AuditChain
{
    /// <summary>There is one chain.</summary>
    public const int OnlyId = 1;

    /// <summary>Stands where the first entry has no predecessor.</summary>
    public static readonly string Beginning = new('0', 64);

    public int Id { get; init; }

    /// <summary>The number of the last sealed entry; 0 before the first.</summary>
    public long Sequence { get; set; }

    /// <summary>The hash of that entry, as hex.</summary>
    public required string Hash { get; set; }
}
