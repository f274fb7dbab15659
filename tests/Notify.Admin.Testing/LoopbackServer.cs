using System.Net;
using System.Net.Sockets;

namespace Notify.Admin.Testing;

/// <summary>A server on loopback that serves every connection until it is disposed.</summary>
public abstract class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    protected IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    protected CancellationToken Stop => _stop.Token;

    public virtual async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _listener.Dispose();
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Begins to accept connections, once what serves them is ready.</summary>
    protected void Start()
    {
        _listener.Start();
        _running = AcceptAsync();
    }

    protected abstract Task ServeAsync(NetworkStream client);

    /// <summary>Passes bytes both ways until either side has none.</summary>
    protected Task PassAsync(Stream client, Stream server) =>
        Task.WhenAny(client.CopyToAsync(server, Stop), server.CopyToAsync(client, Stop));

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(Stop)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                await ServeAsync(connection.GetStream());
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException
                or System.Security.Authentication.AuthenticationException)
            {
                // Either side has gone, or does not trust the other.
            }
        }
    }
}
