using System.Text.Json.Nodes;

namespace Notify.Sandbox.Slack;

/// <summary><c>apps.connections.*</c></summary>
internal static class SocketMethods
{
    public static Answer Open(SlackRequest request)
    {
        var ticket = request.Slack.Sockets.NewTicket(request.Caller.AppId);
        return SlackAnswers.Ok(new JsonObject
        {
            ["url"] = $"ws://{request.Host}{SocketEndpoint.Path}?ticket={ticket}&app_id={request.Caller.AppId}",
        });
    }
}
