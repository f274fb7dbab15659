namespace Notify.Admin.SlackWorkspaces;

/// <summary>What a scope of the bot token is needed for.</summary>
/// <param name="UseKey">The use in words: <c>Scope.{UseKey}</c> of <see cref="SlackWorkspaceText"/>.</param>
/// <param name="IsOptional">Works without it, with less comfort.</param>
public sealed record ScopeUse(string Scope, string UseKey, bool IsOptional = false);

/// <summary>Which scopes the product uses, so that a missing one is named before the first failure
/// (docs.slack.dev/reference/methods: the scopes of each method).</summary>
internal static class WorkspaceScopes
{
    /// <summary>Of the bot token, in the order in which people need them.</summary>
    public static readonly IReadOnlyList<ScopeUse> Bot =
    [
        new("chat:write", "Post"),
        new("channels:read", "Channels"),
        new("groups:read", "PrivateChannels", IsOptional: true),
        new("channels:join", "Join", IsOptional: true),
        new("chat:write.public", "PostAnywhere", IsOptional: true),
        new("users:read", "People"),
        new("users:read.email", "Emails"),
    ];

    /// <summary>Of the app configuration token.</summary>
    public static readonly IReadOnlyList<ScopeUse> Config =
    [
        new("app_configurations:read", "ReadAccess"),
        new("app_configurations:write", "WriteAccess"),
    ];

    /// <summary>The uses that a token with <paramref name="scopes"/> is not good for; none where its scopes are not known.</summary>
    public static IReadOnlyList<ScopeUse> Missing(IReadOnlyList<ScopeUse> uses, IReadOnlyList<string>? scopes) =>
        scopes is null ? [] : [.. uses.Where(use => !scopes.Contains(use.Scope, StringComparer.Ordinal))];
}
