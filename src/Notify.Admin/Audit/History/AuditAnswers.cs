namespace Notify.Admin.Audit;

/// <summary>The answer of <c>GET /api/audit</c>.</summary>
/// <param name="Items">Newest first. May be empty while <paramref name="NextCursor"/> is not null: the search has not reached the
/// end.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> for older entries; null at the end.</param>
public sealed record AuditAnswer(IReadOnlyList<AuditEntryAnswer> Items, string? NextCursor);

/// <summary>Who did what to what, from where, with which result.</summary>
/// <param name="Who">An e-mail address at the time, <c>system</c> or <c>anonymous</c>.</param>
/// <param name="Origin">Address and way in: <c>192.0.2.7 browser</c>.</param>
/// <param name="Action">A dotted verb: <c>slack-integration.update</c>.</param>
/// <param name="Result">One of <c>done</c>, <c>refused</c>, <c>failed</c>.</param>
/// <param name="Count">How often, where repeats of one minute share an entry; otherwise 1.</param>
/// <param name="Changes">By field. Of secrets, the last four characters at most.</param>
/// <param name="Sequence">The number in the hash chain; null until sealed.</param>
/// <param name="Hash">SHA-256 over the hash before and this entry; null until sealed.</param>
public sealed record AuditEntryAnswer(
    long Id,
    DateTimeOffset At,
    string Who,
    string? UserId,
    string Origin,
    string Action,
    string? SubjectKind,
    string? SubjectId,
    string? SubjectName,
    string Result,
    int Count,
    IReadOnlyList<FieldChange> Changes,
    long? Sequence,
    string? Hash)
{
    public static AuditEntryAnswer Of(AuditEntry entry) => new(
        entry.Id, entry.At, entry.ActorName, entry.UserId, entry.Origin, entry.Action, entry.SubjectKind, entry.SubjectId,
        entry.SubjectName,
        entry.Result.ToName(), entry.Count, AuditTrail.ChangesOf(entry), entry.Sequence, entry.Hash);
}

/// <summary>The answer of <c>GET /api/audit/verify</c>.</summary>
/// <param name="Whole">Every entry fits.</param>
/// <param name="Checked">Entries that fit, from the first on.</param>
/// <param name="EndSequence">The number of the last sealed entry.</param>
/// <param name="EndHash">Its hash. Kept elsewhere, it proves later that everything up to here is still there.</param>
/// <param name="Break">The first place that does not fit; null when the chain is whole.</param>
public sealed record ChainAnswer(bool Whole, long Checked, long EndSequence, string EndHash, ChainBreakAnswer? Break)
{
    public static ChainAnswer Of(ChainVerdict verdict) => new(
        verdict.Break is null, verdict.Checked, verdict.EndSequence, verdict.EndHash,
        verdict.Break is { } found ? new ChainBreakAnswer(found.Fault.ToName(), found.Sequence, found.EntryId) : null);
}

/// <param name="Fault">One of <c>missing</c>, <c>altered</c>, <c>added</c>, <c>end_altered</c>.</param>
/// <param name="Sequence">The number in the chain.</param>
/// <param name="EntryId">Null where there is no such entry.</param>
public sealed record ChainBreakAnswer(string Fault, long Sequence, long? EntryId);

internal static class AuditNames
{
    public static string ToName(this AuditResult result) => result switch
    {
        AuditResult.Done => "done",
        AuditResult.Refused => "refused",
        AuditResult.Failed => "failed",
    };

    public static string ToName(this ChainFault fault) => fault switch
    {
        ChainFault.Missing => "missing",
        ChainFault.Altered => "altered",
        ChainFault.Added => "added",
        ChainFault.EndAltered => "end_altered",
    };
}
