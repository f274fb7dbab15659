using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Notify.Admin.IntegrationTests.Start;

/// <summary>Stands between the program and PostgreSQL, so that a test can take the server away and bring it back.</summary>
internal sealed class PostgresRelay(string server) : IAsyncDisposable
{
    private readonly NpgsqlConnectionStringBuilder _server = new(server);
    private TcpListener? _listener;
    private CancellationTokenSource _cut = new();
    private Task _accepting = Task.CompletedTask;

    public int Port { get; private set; }

    /// <summary>Accepts connections, on the same port each time.</summary>
    public void Open()
    {
        _cut = new CancellationTokenSource();
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(_listener, _cut.Token);
    }

    /// <summary>Breaks every connection and refuses new ones.</summary>
    public async Task CloseAsync()
    {
        await _cut.CancelAsync();
        _listener?.Stop();
        await _accepting;
        _cut.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_accepting.IsCompleted)
        {
            await CloseAsync();
        }
    }

    private async Task AcceptAsync(TcpListener listener, CancellationToken cut)
    {
        var relays = new List<Task>();
        try
        {
            while (true)
            {
                relays.Add(RelayAsync(await listener.AcceptTcpClientAsync(cut), cut));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(relays);
        }
    }

    private async Task RelayAsync(TcpClient near, CancellationToken cut)
    {
        using var _ = near;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(_server.Host!, _server.Port, cut);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cut);
            await Task.WhenAny(
                near.GetStream().CopyToAsync(far.GetStream(), over.Token),
                far.GetStream().CopyToAsync(near.GetStream(), over.Token));
            await over.CancelAsync();
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException)
        {
            // The test cut it.
        }
    }
}
