using System.Diagnostics.CodeAnalysis;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Why a workspace has no token to use.</summary>
internal enum WorkspaceTokenRefusal
{
    /// <summary>The workspace has been deleted.</summary>
    WorkspaceGone,

    /// <summary>No app configuration token was ever entered.</summary>
    NoneSet,

    /// <summary>It has ended and cannot be renewed: a person must enter a new pair on the workspace's page.</summary>
    NeedsNewPair,

    /// <summary>It cannot be decrypted: its data-protection key is lost.</summary>
    Unreadable,

    /// <summary>It has ended, and Slack cannot renew it now: try again later.</summary>
    TryLater,
}

/// <summary>A token to use now, or why there is none. Printing it prints no token.</summary>
internal sealed class WorkspaceToken
{
    private WorkspaceToken()
    {
    }

    /// <summary>The plain token: for one call, not to be kept.</summary>
    public string? Value { get; private init; }

    /// <summary>Null when there is a token.</summary>
    public WorkspaceTokenRefusal? Refusal { get; private init; }

    /// <summary>Slack's code, or one of ours, behind the refusal; null where the refusal says it all.</summary>
    public string? Code { get; private init; }

    /// <summary>With <see cref="WorkspaceTokenRefusal.TryLater"/>: when it is tried again.</summary>
    public DateTimeOffset? RetryAt { get; private init; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Ok => Value is not null;

    public static WorkspaceToken Of(string token) => new() { Value = token };

    public static WorkspaceToken Refused(WorkspaceTokenRefusal refusal, string? code = null, DateTimeOffset? retryAt = null) =>
        new() { Refusal = refusal, Code = code, RetryAt = retryAt };

    public override string ToString() => Refusal?.ToString() ?? "token";
}
