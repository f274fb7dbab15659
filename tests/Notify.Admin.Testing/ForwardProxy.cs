using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Notify.Admin.Testing;

/// <summary>A small forward proxy on loopback, as companies have them: it resolves names by its own list, tunnels CONNECT, passes plain
/// requests on, and may want a log-in.</summary>
public sealed class ForwardProxy : LoopbackServer
{
    private readonly IReadOnlyDictionary<string, int> _ports;
    private readonly string? _login;

    /// <param name="ports">Where on this machine a name leads; others lead nowhere.</param>
    /// <param name="login"><c>user:password</c>; null for a proxy that takes anybody.</param>
    public ForwardProxy(IReadOnlyDictionary<string, int> ports, string? login = null)
    {
        (_ports, _login) = (ports, login);
        Start();
    }

    /// <summary>Its host and port.</summary>
    public string Authority => Address.ToString();

    /// <summary>The first line of every connection's first request, refused ones included.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    protected override async Task ServeAsync(NetworkStream client)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        int end;
        while ((end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8)) < 0)
        {
            var read = await client.ReadAsync(buffer.AsMemory(length), Stop);
            if (read == 0)
            {
                return;
            }

            length += read;
        }

        var head = Encoding.ASCII.GetString(buffer, 0, end);
        var request = head.Split("\r\n")[0];
        Requests.Enqueue(request);
        var login = _login is null ? null : $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(_login))}";
        if (login is not null && !head.Contains(login, StringComparison.Ordinal))
        {
            await WriteAsync(client, "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\n"
                + "Content-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        }

        var parts = request.Split(' ');
        var isTunnel = parts[0] == "CONNECT";
        var host = isTunnel ? parts[1].Split(':')[0] : new Uri(parts[1]).Host;
        if (!_ports.TryGetValue(host, out var port))
        {
            await WriteAsync(client, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return;
        }

        using var target = new TcpClient();
        await target.ConnectAsync(IPAddress.Loopback, port, Stop);
        var server = target.GetStream();
        if (isTunnel)
        {
            await WriteAsync(client, "HTTP/1.1 200 Connection Established\r\n\r\n");
        }
        else
        {
            await server.WriteAsync(buffer.AsMemory(0, length), Stop);
        }

        await PassAsync(client, server);
    }

    private async Task WriteAsync(NetworkStream stream, string answer) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), Stop);
}
