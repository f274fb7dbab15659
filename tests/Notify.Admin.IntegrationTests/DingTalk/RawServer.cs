using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Notify.Admin.IntegrationTests.DingTalk;

/// <summary>A server on loopback that reads requests with a small body and answers with exactly the bytes a test gives, so that it can
/// break off, drip or lie where a real server would not.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Socket, CancellationToken, Task> _answer;
    private readonly List<string> _requests = [];
    private readonly Task _running;

    public RawServer(string answer)
        : this(async (socket, token) => await socket.SendAsync(Encoding.UTF8.GetBytes(answer), token))
    {
    }

    public RawServer(Func<Socket, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _running = RunAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public IReadOnlyList<string> Requests => _requests;

    public static string Json(string body) =>
        $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            using var socket = await _listener.AcceptSocketAsync(_stop.Token);
            _requests.Add(await ReadRequestAsync(socket));
            try
            {
                await _answer(socket, _stop.Token);
            }
            catch (SocketException)
            {
                // The client went away, as it does in the tests about time.
            }
        }
    }

    private async Task<string> ReadRequestAsync(Socket socket)
    {
        var text = string.Empty;
        var buffer = new byte[4096];
        while (!text.EndsWith('}'))
        {
            var length = await socket.ReceiveAsync(buffer, _stop.Token);
            if (length == 0)
            {
                break;
            }

            text += Encoding.UTF8.GetString(buffer, 0, length);
        }

        return text;
    }
}
