namespace Notify.Admin.Audit;

/// <summary>Who did what to what, from where, with which result. Written in the transaction of the change itself.</summary>
public sealed class AuditEntry
{
    public long Id { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The acting account; null for the product itself and for people who are not signed in.</summary>
    public string? UserId { get; init; }

    /// <summary>The e-mail address at the time, or <c>system</c> or <c>anonymous</c>.</summary>
    public required string ActorName { get; init; }

    /// <summary>Address and way in: <c>browser</c>, <c>api key</c>, <c>access key</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>A dotted verb: <c>slack-integration.update</c>.</summary>
    public required string Action { get; init; }

    public string? SubjectKind { get; init; }

    public string? SubjectId { get; init; }

    /// <summary>The subject's name at the time.</summary>
    public string? SubjectName { get; init; }

    public AuditResult Result { get; init; }

    /// <summary>How often it happened, where repeats of one minute share a row; otherwise 1.</summary>
    public int Count { get; set; } = 1;

    /// <summary>Repeats are counted, and the row is not sealed, before this; null for what happened once.</summary>
    public DateTimeOffset? OpenUntil { get; init; }

    /// <summary>What repeats have in common, with their minute; null for what happened once.</summary>
    public string? RepeatKey { get; init; }

    /// <summary>A JSON array of <c>{"field","before","after"}</c>; secrets as <c>…last four</c>, never in full.</summary>
    public string? Changes { get; init; }

    /// <summary>Position in the hash chain; null until the sealer has reached the row.</summary>
    public long? Sequence { get; set; }

    /// <summary>SHA-256 over the previous row's hash and this row, as hex; null until sealed.</summary>
    public string? Hash { get; set; }

    /// <summary>The same once more, not saved.</summary>
    internal AuditEntry Again(int count, string? repeatKey, DateTimeOffset? openUntil = null) => new()
    {
        At = At,
        UserId = UserId,
        ActorName = ActorName,
        Origin = Origin,
        Action = Action,
        SubjectKind = SubjectKind,
        SubjectId = SubjectId,
        SubjectName = SubjectName,
        Result = Result,
        Changes = Changes,
        Count = count,
        RepeatKey = repeatKey,
        OpenUntil = repeatKey is null ? null : openUntil ?? OpenUntil,
    };
}

/// <summary>How the action ended.</summary>
public enum AuditResult
{
    Done = 1,
    Refused = 2,
    Failed = 3,
}
