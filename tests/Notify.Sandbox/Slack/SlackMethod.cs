namespace Notify.Sandbox.Slack;

/// <summary>One Web API method.</summary>
internal sealed record SlackMethod(string Name, Func<SlackRequest, Answer> Handle)
{
    public bool AcceptsJson { get; init; }

    /// <summary>Needed by every call of it; methods whose scope depends on the arguments check for themselves.</summary>
    public string? Scope { get; init; }

    /// <summary>Kinds of token that may call it; <see cref="TokenKind.None"/> for a method that needs no token.</summary>
    public TokenKind Callers { get; init; } = TokenKind.Bot | TokenKind.User;
}
