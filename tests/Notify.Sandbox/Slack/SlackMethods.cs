using System.Collections.Frozen;

namespace Notify.Sandbox.Slack;

/// <summary>The table of methods that the sandbox knows.</summary>
internal static class SlackMethods
{
    private const TokenKind Anyone = TokenKind.Bot | TokenKind.User | TokenKind.Configuration;

    /// <summary>An ordinary bot token is refused by the permission methods.</summary>
    private const TokenKind Managers = TokenKind.User | TokenKind.Configuration;

    public static readonly FrozenDictionary<string, SlackMethod> All = new SlackMethod[]
    {
        new("auth.test", AuthMethods.Test) { AcceptsJson = true, Callers = Anyone },
        new("auth.teams.list", AuthMethods.ListTeams) { Callers = Anyone },
        new("apps.connections.open", SocketMethods.Open)
        {
            AcceptsJson = true, Callers = TokenKind.AppLevel, Scope = "connections:write",
        },
        new("team.info", TeamMethods.Info) { AcceptsJson = true, Scope = "team:read" },
        new("chat.postMessage", ChatMethods.PostMessage) { AcceptsJson = true, Scope = "chat:write" },
        new("chat.update", ChatMethods.Update) { AcceptsJson = true, Scope = "chat:write" },
        new("chat.postEphemeral", ChatMethods.PostEphemeral) { AcceptsJson = true, Scope = "chat:write" },
        new("conversations.list", ConversationMethods.List),
        new("conversations.info", ConversationMethods.Info),
        new("conversations.join", ConversationMethods.Join) { AcceptsJson = true },
        new("users.list", UserMethods.List) { Scope = "users:read" },
        new("users.info", UserMethods.Info) { Scope = "users:read" },
        new("users.lookupByEmail", UserMethods.LookUpByEmail) { Scope = "users:read.email" },
        new("functions.distributions.permissions.list", PermissionMethods.List) { AcceptsJson = true, Callers = Managers },
        new("functions.distributions.permissions.add", PermissionMethods.Add) { AcceptsJson = true, Callers = Managers },
        new("functions.distributions.permissions.remove", PermissionMethods.Remove) { AcceptsJson = true, Callers = Managers },
        new("functions.distributions.permissions.set", PermissionMethods.Set) { AcceptsJson = true, Callers = Managers },
        new("tooling.tokens.rotate", ToolingMethods.Rotate) { Callers = TokenKind.None },
    }.ToFrozenDictionary(method => method.Name);
}
