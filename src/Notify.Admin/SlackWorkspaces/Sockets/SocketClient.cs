using System.Net.WebSockets;
using Notify.Admin.OutgoingCalls;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Opens connections of Socket Mode, by the policy of all calls that leave this server.</summary>
internal sealed class SocketClient : IDisposable
{
    // Slack asks about every ten seconds whether the other end is there; a connection that hangs is found by asking back.
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PingAnswer = TimeSpan.FromSeconds(20);

    private readonly HttpMessageInvoker _invoker;

    public SocketClient(SocketHosts hosts, OutgoingProxy proxy, TimeProvider time)
    {
        var handler = new SocketsHttpHandler();
        handler.Guard(new ListedConnector(hosts, time), proxy);
        _invoker = new HttpMessageInvoker(handler);
    }

    public async Task<WebSocket> ConnectAsync(Uri address, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = Ping;
        socket.Options.KeepAliveTimeout = PingAnswer;
        try
        {
            await socket.ConnectAsync(address, _invoker, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose() => _invoker.Dispose();
}
