namespace Notify.Admin.Audit;

/// <summary>Which entries a list or an export shows.</summary>
public sealed record AuditFilter
{
    public static readonly AuditFilter None = new();

    /// <summary>Exactly this action.</summary>
    public string? Action { get; init; }

    /// <summary>Exactly this name: an e-mail address, <c>system</c> or <c>anonymous</c>.</summary>
    public string? Who { get; init; }

    /// <summary>About exactly this.</summary>
    public AuditedSubject? Subject { get; init; }

    /// <summary>At this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Part of who, what, the subject or the address, in any case.</summary>
    public string? Text { get; init; }
}

/// <summary>What the filters offer.</summary>
public sealed record AuditChoices(IReadOnlyList<string> Actions, IReadOnlyList<string> People)
{
    public static readonly AuditChoices None = new([], []);
}
