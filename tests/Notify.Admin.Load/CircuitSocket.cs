using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Notify.Admin.Load;

/// <summary>One connection to the product as a browser has it: requests, and the compressed WebSocket of a circuit with its messages. What
/// ends one part of it ends all, and is said by whoever asks next.</summary>
internal sealed class CircuitSocket : IAsyncDisposable
{
    private static readonly TimeSpan BetweenPings = TimeSpan.FromSeconds(10);

    private readonly SocketsHttpHandler _handler;
    private readonly ClientWebSocket _socket = new();
    private readonly Channel<byte[]> _outgoing = Channel.CreateUnbounded<byte[]>();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<CountedStream> _streams = [];
    private readonly List<Task> _running = [];
    private readonly Taker _take;
    private readonly Action<Exception> _onFailure;

    /// <param name="take">Gets each message that comes.</param>
    public CircuitSocket(Uri product, string cookie, Taker take, Action<Exception> onFailure)
    {
        (_take, _onFailure) = (take, onFailure);
        _handler = new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectCallback = async (context, stop) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(context.DnsEndPoint, stop);
                var stream = new CountedStream(new NetworkStream(socket, ownsSocket: true));
                lock (_streams)
                {
                    _streams.Add(stream);
                }

                return stream;
            },
        };
        Client = new HttpClient(_handler, disposeHandler: false) { BaseAddress = product };
        Client.DefaultRequestHeaders.Add("Cookie", cookie);
        Client.DefaultRequestHeaders.Add("Accept", "text/html");
        Client.DefaultRequestHeaders.Add("Origin", product.GetLeftPart(UriPartial.Authority));
        _socket.Options.SetRequestHeader("Cookie", cookie);
        _socket.Options.SetRequestHeader("Origin", product.GetLeftPart(UriPartial.Authority));
        // As every browser offers it.
        _socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
    }

    public delegate void Taker(ReadOnlySpan<byte> message);

    public HttpClient Client { get; }

    public bool IsStopped => _stop.IsCancellationRequested;

    /// <summary>Why it has ended.</summary>
    public string? Failure { get; private set; }

    /// <summary>All that came, as it is on the wire.</summary>
    public long WireBytes
    {
        get
        {
            lock (_streams)
            {
                return _streams.Sum(stream => stream.Come);
            }
        }
    }

    /// <summary>Opens the circuit's connection.</summary>
    public async Task ConnectAsync()
    {
        using (var negotiated = await Client.PostAsync("_blazor/negotiate?negotiateVersion=1", null))
        {
            var answer = JsonDocument.Parse(await negotiated.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).RootElement;
            var address = new UriBuilder(new Uri(Client.BaseAddress!, "_blazor"))
            {
                Scheme = "ws",
                Query = $"id={answer.GetProperty("connectionToken").GetString()}",
            };
            using var invoker = new HttpMessageInvoker(_handler, disposeHandler: false);
            await _socket.ConnectAsync(address.Uri, invoker, _stop.Token);
        }

        await _socket.SendAsync(
            Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, _stop.Token);
        var shaken = new byte[256];
        var count = (await _socket.ReceiveAsync(shaken.AsMemory(), _stop.Token)).Count;
        if (Encoding.UTF8.GetString(shaken, 0, count) != "{}\u001e")
        {
            throw new InvalidOperationException($"The handshake was refused: {Encoding.UTF8.GetString(shaken, 0, count)}");
        }

        _running.AddRange([RunAsync(SendAllAsync), RunAsync(ReceiveAllAsync), RunAsync(PingAsync)]);
    }

    public void Send(byte[] message) => _outgoing.Writer.TryWrite(message);

    /// <summary>Loses the connection without a word, as a laptop does that falls asleep.</summary>
    public async Task BreakAsync()
    {
        _socket.Abort();
        await StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _socket.Dispose();
        Client.Dispose();
        _handler.Dispose();
        _stop.Dispose();
    }

    private async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running);
    }

    private async Task RunAsync(Func<Task> run)
    {
        await Task.Yield();
        try
        {
            await run();
        }
        catch (Exception e)
        {
            Failure ??= e.Message;
            _onFailure(e);
        }
    }

    private async Task SendAllAsync()
    {
        await foreach (var message in _outgoing.Reader.ReadAllAsync(_stop.Token))
        {
            await _socket.SendAsync(message, WebSocketMessageType.Binary, true, _stop.Token);
        }
    }

    private async Task PingAsync()
    {
        while (true)
        {
            await Task.Delay(BetweenPings, _stop.Token);
            _outgoing.Writer.TryWrite(CircuitMessages.Ping);
        }
    }

    private async Task ReceiveAllAsync()
    {
        var buffer = new byte[32 * 1024];
        var held = 0;
        while (true)
        {
            if (held == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var come = await _socket.ReceiveAsync(buffer.AsMemory(held), _stop.Token);
            if (come.MessageType == WebSocketMessageType.Close)
            {
                throw new InvalidOperationException($"The server has closed the circuit: {_socket.CloseStatusDescription}");
            }

            held += come.Count;
            var at = 0;
            while (CircuitMessages.TryTake(buffer.AsSpan(at, held - at), out var message, out var taken))
            {
                _take(message);
                at += taken;
            }

            buffer.AsSpan(at, held - at).CopyTo(buffer);
            held -= at;
        }
    }
}
