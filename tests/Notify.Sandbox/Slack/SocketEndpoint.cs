using System.Net.WebSockets;

namespace Notify.Sandbox.Slack;

/// <summary><c>/link/</c>: the addresses that <c>apps.connections.open</c> gives out, each good for one connection.</summary>
internal static class SocketEndpoint
{
    public const string Path = "/link/";

    public static void MapSlackSocket(this IEndpointRouteBuilder routes) => routes.MapGet(Path, HandleAsync);

    private static async Task HandleAsync(HttpContext http)
    {
        var state = http.RequestServices.GetRequiredService<SandboxState>();
        if (!http.WebSockets.IsWebSocketRequest || state.Slack.Sockets.UseTicket(http.Request.Query["ticket"].ToString()) is not { } appId)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        using var accepted = await http.WebSockets.AcceptWebSocketAsync();
        using var socket = new SlackSocket(accepted, appId, state.Time.GetUtcNow());
        state.Slack.Sockets.Add(socket);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            http.RequestAborted, http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        try
        {
            await socket.RunAsync(state.Slack.Sockets.Open.Count, stop.Token);
        }
        catch (Exception problem) when (problem is WebSocketException or OperationCanceledException)
        {
            // The other end is gone, or the sandbox stops.
        }
    }
}
