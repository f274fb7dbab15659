using Notify.Admin.Data;

namespace Notify.Admin.Slack;

/// <summary>The Slack workspaces that integrations may post with instead of a token of their own.</summary>
internal interface ISlackConnections
{
    /// <summary>All of them, by name.</summary>
    Task<IReadOnlyList<SlackConnection>> ListAsync(CancellationToken cancellationToken);

    Task<SlackConnection?> FindAsync(int id, CancellationToken cancellationToken);
}

/// <summary>A Slack workspace as integrations use it.</summary>
/// <param name="TeamName">Its name at Slack.</param>
/// <param name="BotToken">Ciphertext; unprotected only at the moment of sending.</param>
/// <param name="TokenVersion">Grows with each new bot token.</param>
/// <param name="HasSocket">Slack tells this console which buttons of messages are pressed.</param>
internal sealed record SlackConnection(
    int Id, string Name, string? TeamName, ProtectedString BotToken, int TokenVersion, bool HasSocket = false);

/// <summary>A Slack workspace to choose in a form.</summary>
public sealed record SlackConnectionChoice(int Id, string Name, string? TeamName, string TokenLastFour, bool HasSocket = false);
