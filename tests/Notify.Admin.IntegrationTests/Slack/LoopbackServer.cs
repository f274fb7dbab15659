using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Notify.Admin.IntegrationTests.Slack;

/// <summary>A server on a free loopback port that reads one request per connection and then does to the connection whatever the test says:
/// a real HTTP server would not send half an answer or reset.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<NetworkStream, Socket, CancellationToken, Task> _answer;
    private readonly Task _running;

    public LoopbackServer(Func<NetworkStream, Socket, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/api/";
        _running = AcceptAsync();
    }

    public string Url { get; }

    /// <summary>The head and body of each request, as received.</summary>
    public List<string> Requests { get; } = [];

    public static LoopbackServer Answering(string bytes) => Answering(Encoding.UTF8.GetBytes(bytes));

    public static LoopbackServer Answering(byte[] bytes) =>
        new(async (stream, _, cancellationToken) => await stream.WriteAsync(bytes, cancellationToken));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await using var stream = client.GetStream();
                Requests.Add(await ReadRequestAsync(stream));
                await _answer(stream, client.Client, _stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException)
        {
            // The test is over, or the client left first.
        }
    }

    private async Task<string> ReadRequestAsync(NetworkStream stream)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), _stop.Token);
            length += read;
            var text = Encoding.UTF8.GetString(buffer, 0, length);
            var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            var isTlsHello = length > 0 && buffer[0] == 0x16;
            if (read == 0 || isTlsHello || (head >= 0 && length - head - 4 >= BodyLength(text[..head])))
            {
                return text;
            }
        }
    }

    private static int BodyLength(string head) => head.Split("\r\n")
        .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
        .Select(line => int.Parse(line["Content-Length:".Length..], System.Globalization.CultureInfo.InvariantCulture))
        .FirstOrDefault();
}
