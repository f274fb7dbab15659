using System.Text.Json;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Does what people ask for in Slack. Slack repeats what was not acknowledged in time: the same may come twice.</summary>
internal interface ISocketReceiver
{
    /// <param name="workspaceId">Whose connection it came by.</param>
    /// <param name="payload">Of an envelope of the type <c>interactive</c>.</param>
    Task ReceiveAsync(int workspaceId, JsonElement payload, CancellationToken cancellationToken);
}
