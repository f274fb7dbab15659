using System.Net;
using System.Net.Sockets;

namespace Notify.Admin.OutgoingCalls;

/// <summary>Opens connections to addresses that configuration lists. It resolves the name itself and connects to an address it has
/// checked, so that a name which changes its answer between check and connection (DNS rebinding) gains nothing.</summary>
internal sealed class ListedConnector
{
    // A dead first address (IPv6 without a route) must leave time for the second within the client's own limit.
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(2);

    private readonly IListedHosts _allowed;
    private readonly TimeProvider _time;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;
    private readonly Func<IPEndPoint, CancellationToken, Task<Stream>> _connect;

    public ListedConnector(IListedHosts allowed, TimeProvider time)
        : this(allowed, time, Dns.GetHostAddressesAsync, ConnectSocketAsync)
    {
    }

    internal ListedConnector(
        IListedHosts allowed,
        TimeProvider time,
        Func<string, CancellationToken, Task<IPAddress[]>> resolve,
        Func<IPEndPoint, CancellationToken, Task<Stream>> connect)
    {
        _allowed = allowed;
        _time = time;
        _resolve = resolve;
        _connect = connect;
    }

    /// <summary>Connects to <paramref name="host"/>. Throws <see cref="AddressRefusedException"/> where it is not listed, or resolves to
    /// nothing that may be reached: a public address, or for <c>localhost</c> and address literals that are listed themselves, just
    /// those.</summary>
    public async ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var name = host.Trim('[', ']');
        if (!_allowed.Lists(host, port) && !_allowed.Lists(name, port))
        {
            throw new AddressRefusedException($"{host}:{port} is not in {_allowed.Setting}.");
        }

        var literal = IPAddress.TryParse(name, out var parsed) ? parsed : null;
        var found = literal is null ? await _resolve(name, cancellationToken) : [literal];
        var permitted = found.Where(address => literal is not null || MayReach(name, address)).ToList();
        if (permitted.Count == 0)
        {
            throw found.Length == 0
                ? new SocketException((int)SocketError.HostNotFound)
                : new AddressRefusedException($"{host} resolves to {found[0]}, which is not a public address.");
        }

        for (var index = 0; ; index++)
        {
            var isLast = index == permitted.Count - 1;
            try
            {
                return await ConnectOneAsync(new IPEndPoint(permitted[index], port), isLast, cancellationToken);
            }
            catch (Exception exception) when (!isLast && !cancellationToken.IsCancellationRequested
                && exception is SocketException or OperationCanceledException)
            {
                // The next address may answer.
            }
        }
    }

    /// <summary>Connects to the proxy of the configuration, wherever it stands.</summary>
    public static async ValueTask<Stream> ConnectToProxyAsync(DnsEndPoint proxy, CancellationToken cancellationToken) =>
        await ConnectSocketAsync(proxy, cancellationToken);

    private async Task<Stream> ConnectOneAsync(IPEndPoint endPoint, bool isLast, CancellationToken cancellationToken)
    {
        if (isLast)
        {
            return await _connect(endPoint, cancellationToken);
        }

        using var limit = new CancellationTokenSource(AttemptTimeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        return await _connect(endPoint, linked.Token);
    }

    private static bool MayReach(string name, IPAddress address) =>
        string.Equals(name, "localhost", StringComparison.OrdinalIgnoreCase)
            ? IPAddress.IsLoopback(AddressRanges.Unmap(address))
            : AddressRanges.IsPublic(address);

    private static async Task<Stream> ConnectSocketAsync(EndPoint endPoint, CancellationToken cancellationToken)
    {
        // A name may have addresses of either family.
        var socket = endPoint is IPEndPoint ? new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.NoDelay = true;
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
