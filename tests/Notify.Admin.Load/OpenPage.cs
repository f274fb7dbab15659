using System.Diagnostics;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace Notify.Admin.Load;

/// <summary>One interactive page as a browser has it open, without a browser: its HTML, its circuit over a compressed WebSocket, calls of
/// its script answered, each render acknowledged and counted.</summary>
internal sealed partial class OpenPage : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan BetweenPings = TimeSpan.FromSeconds(10);

    // What a script would return where a page waits for more than "done".
    private static readonly Dictionary<string, string> Answers = new()
    {
        ["notify.timeZone"] = "\"Europe/Berlin\"",
        ["mudResizeListener.getBrowserWindowSize"] = """{"width":1280,"height":800}""",
        ["mudResizeListener.matchMedia"] = "false",
    };

    private readonly HttpClient _client;
    private readonly SocketsHttpHandler _handler;
    private readonly ClientWebSocket _socket = new();
    private readonly Channel<byte[]> _outgoing = Channel.CreateUnbounded<byte[]>();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<string?> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<CountedStream> _streams = [];
    private readonly List<Task> _running = [];
    private string? _circuit;
    private long? _visibility;
    private string? _failure;
    private long _renders;
    private long _renderBytes;
    private long _lastRender;

    private OpenPage(Uri product, string cookie, string path)
    {
        Path = path;
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
        _client = new HttpClient(_handler, disposeHandler: false) { BaseAddress = product };
        _client.DefaultRequestHeaders.Add("Cookie", cookie);
        _client.DefaultRequestHeaders.Add("Accept", "text/html");
        _client.DefaultRequestHeaders.Add("Origin", product.GetLeftPart(UriPartial.Authority));
        _socket.Options.SetRequestHeader("Cookie", cookie);
        _socket.Options.SetRequestHeader("Origin", product.GetLeftPart(UriPartial.Authority));
        // As every browser offers it.
        _socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
    }

    public string Path { get; }

    public long Renders => Interlocked.Read(ref _renders);

    /// <summary>Of renders, before compression.</summary>
    public long RenderBytes => Interlocked.Read(ref _renderBytes);

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

    /// <summary>What the page's script was asked and answered with nothing.</summary>
    public static HashSet<string> Unanswered { get; } = [];

    /// <summary>Opens a page and waits until it has drawn itself.</summary>
    public static async Task<OpenPage> OpenAsync(Uri product, string cookie, string path)
    {
        var page = new OpenPage(product, cookie, path);
        try
        {
            await page.OpenAsync();
            return page;
        }
        catch
        {
            await page.DisposeAsync();
            throw;
        }
    }

    /// <summary>Goes to another address, as a link within the page does.</summary>
    /// <returns>How long it took until the last render of what came of it.</returns>
    public Task<TimeSpan> GoAsync(string path) =>
        DrawnAsync(() => Send("OnLocationChanged", new Uri(_client.BaseAddress!, path).AbsoluteUri, null, true));

    /// <summary>Another tab comes to the front.</summary>
    public void Hide()
    {
        if (_visibility is { } page)
        {
            Send("BeginInvokeDotNetFromJS", "1", null, "SetVisible", page, "[false]");
        }
    }

    /// <summary>Loses the connection without a word, as a laptop does that falls asleep.</summary>
    public async Task BreakAsync()
    {
        _socket.Abort();
        await StopAsync();
    }

    public void ThrowIfFailed()
    {
        if (_failure is { } failure && !_stop.IsCancellationRequested)
        {
            throw new InvalidOperationException($"The page {Path} has ended: {failure}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_circuit is { } circuit && !_stop.IsCancellationRequested)
        {
            // As a browser says that a page is closed; otherwise the circuit waits three minutes for it.
            using var form = new MultipartFormDataContent { { new StringContent(circuit), "circuitId" } };
            (await _client.PostAsync("_blazor/disconnect", form)).Dispose();
        }

        await StopAsync();
        _socket.Dispose();
        _client.Dispose();
        _handler.Dispose();
        _stop.Dispose();
    }

    private async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running);
    }

    private async Task OpenAsync()
    {
        var html = await _client.GetStringAsync(Path);
        var state = StateComment().Match(html).Groups[1].Value;
        var operations = ComponentComment().Matches(html).Select(match => match.Groups[1].Value)
            .Where(marker => marker.Contains("\"type\":\"server\"", StringComparison.Ordinal))
            .Select((marker, index) => $$"""{"type":"add","ssrComponentId":{{index + 1}},"marker":{{marker}}}""").ToList();
        if (operations.Count == 0)
        {
            throw new InvalidOperationException($"{Path} is no interactive page.");
        }

        using (var negotiated = await _client.PostAsync("_blazor/negotiate?negotiateVersion=1", null))
        {
            var answer = JsonDocument.Parse(await negotiated.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).RootElement;
            var address = new UriBuilder(new Uri(_client.BaseAddress!, "_blazor"))
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
        _outgoing.Writer.TryWrite(CircuitMessages.Invoke("0", "StartCircuit", _client.BaseAddress!.AbsoluteUri,
            new Uri(_client.BaseAddress!, Path).AbsoluteUri, "[]", state));
        _circuit = await _started.Task.WaitAsync(Patience);
        await DrawnAsync(() => Send(
            "UpdateRootComponents", $$"""{"batchId":1,"operations":[{{string.Join(',', operations)}}]}""", state));
    }

    private async Task<TimeSpan> DrawnAsync(Action act)
    {
        var (before, began) = (Renders, Stopwatch.GetTimestamp());
        act();
        while (Renders == before || Stopwatch.GetElapsedTime(Volatile.Read(ref _lastRender)) < Quiet)
        {
            ThrowIfFailed();
            if (Stopwatch.GetElapsedTime(began) > Patience)
            {
                throw new TimeoutException($"{Path} has drawn {Renders - before} times and is not done.");
            }

            await Task.Delay(10);
        }

        return Stopwatch.GetElapsedTime(began, Volatile.Read(ref _lastRender));
    }

    private void Send(string method, params object?[] arguments) =>
        _outgoing.Writer.TryWrite(CircuitMessages.Invoke(null, method, arguments));

    // What ends one of them ends the page, and is said by whoever asks it next.
    private async Task RunAsync(Func<Task> run)
    {
        await Task.Yield();
        try
        {
            await run();
        }
        catch (Exception e)
        {
            _failure ??= e.Message;
            _started.TrySetException(e);
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
                Take(message);
                at += taken;
            }

            buffer.AsSpan(at, held - at).CopyTo(buffer);
            held -= at;
        }
    }

    private void Take(ReadOnlySpan<byte> message)
    {
        var reader = new PackReader(message);
        reader.ReadArray();
        switch (reader.ReadInteger())
        {
            case CircuitMessages.Invocation:
                reader.Skip();
                reader.Skip();
                var method = reader.ReadText();
                reader.ReadArray();
                Called(method, ref reader);
                break;
            case CircuitMessages.Completion:
                reader.Skip();
                reader.Skip();
                _started.TrySetResult(reader.ReadInteger() == 3 ? reader.ReadText() : null);
                break;
            case CircuitMessages.Close:
                throw new InvalidOperationException("The server has closed the connection.");
        }
    }

    private void Called(string? method, ref PackReader arguments)
    {
        switch (method)
        {
            case "JS.RenderBatch":
                var batch = arguments.ReadInteger();
                Interlocked.Add(ref _renderBytes, arguments.SkipBytes());
                Volatile.Write(ref _lastRender, Stopwatch.GetTimestamp());
                Interlocked.Increment(ref _renders);
                Send("OnRenderCompleted", batch, null);
                break;
            case "JS.BeginInvokeJS":
                var call = arguments.ReadInteger();
                var function = arguments.ReadText()!;
                var given = arguments.ReadText()!;
                if (function == "notify.followVisibility")
                {
                    _visibility = JsonDocument.Parse(given).RootElement[0].GetProperty("__dotNetObject").GetInt64();
                }

                Answer(call, function, arguments.ReadInteger());
                break;
            case "JS.Error":
                throw new InvalidOperationException(arguments.ReadText());
        }
    }

    // Of JSCallResultType: 1 is an object of the browser's, 3 is nothing.
    private void Answer(long call, string function, long resultType)
    {
        if (call == 0)
        {
            return;
        }

        var result = "null";
        if (resultType == 1)
        {
            result = """{"__jsObjectId":1}""";
        }
        else if (resultType != 3 && !Answers.TryGetValue(function, out result))
        {
            result = "null";
            lock (Unanswered)
            {
                Unanswered.Add(function);
            }
        }

        Send("EndInvokeJSFromDotNet", call, true, $"[{call},true,{result}]");
    }

    [GeneratedRegex("<!--Blazor:({.*?})-->")]
    private static partial Regex ComponentComment();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex StateComment();
}
