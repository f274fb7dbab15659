using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Notify.Admin.Load;

/// <summary>One interactive page as a browser has it open, without a browser: its HTML, its circuit over a compressed WebSocket, calls of
/// its script answered, each render acknowledged and counted.</summary>
internal sealed partial class OpenPage : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(150);

    // What a script would return where a page waits for more than "done".
    private static readonly Dictionary<string, string> Answers = new()
    {
        ["notify.timeZone"] = "\"Europe/Berlin\"",
        ["mudResizeListener.getBrowserWindowSize"] = """{"width":1280,"height":800}""",
        ["mudResizeListener.matchMedia"] = "false",
    };

    private readonly CircuitSocket _socket;
    private readonly TaskCompletionSource<string?> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _circuit;
    private long? _visibility;
    private long _renders;
    private long _renderBytes;
    private long _lastRender;

    private OpenPage(Uri product, string cookie, string path)
    {
        Path = path;
        _socket = new CircuitSocket(product, cookie, Take, failure => _started.TrySetException(failure));
    }

    public string Path { get; }

    public long Renders => Interlocked.Read(ref _renders);

    /// <summary>Of renders, before compression.</summary>
    public long RenderBytes => Interlocked.Read(ref _renderBytes);

    /// <summary>All that came, as it is on the wire.</summary>
    public long WireBytes => _socket.WireBytes;

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
        DrawnAsync(() => Send("OnLocationChanged", new Uri(_socket.Client.BaseAddress!, path).AbsoluteUri, null, true));

    /// <summary>Another tab comes to the front.</summary>
    public void Hide()
    {
        if (_visibility is { } page)
        {
            Send("BeginInvokeDotNetFromJS", "1", null, "SetVisible", page, "[false]");
        }
    }

    /// <summary>Loses the connection without a word.</summary>
    public Task BreakAsync() => _socket.BreakAsync();

    public void ThrowIfFailed()
    {
        if (_socket is { Failure: { } failure, IsStopped: false })
        {
            throw new InvalidOperationException($"The page {Path} has ended: {failure}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_circuit is { } circuit && !_socket.IsStopped)
        {
            // As a browser says that a page is closed; otherwise the circuit waits three minutes for it.
            using var form = new MultipartFormDataContent { { new StringContent(circuit), "circuitId" } };
            (await _socket.Client.PostAsync("_blazor/disconnect", form)).Dispose();
        }

        await _socket.DisposeAsync();
    }

    private async Task OpenAsync()
    {
        var html = await _socket.Client.GetStringAsync(Path);
        var state = StateComment().Match(html).Groups[1].Value;
        var operations = ComponentComment().Matches(html).Select(match => match.Groups[1].Value)
            .Where(marker => marker.Contains("\"type\":\"server\"", StringComparison.Ordinal))
            .Select((marker, index) => $$"""{"type":"add","ssrComponentId":{{index + 1}},"marker":{{marker}}}""").ToList();
        if (operations.Count == 0)
        {
            throw new InvalidOperationException($"{Path} is no interactive page.");
        }

        await _socket.ConnectAsync();
        var product = _socket.Client.BaseAddress!;
        _socket.Send(CircuitMessages.Invoke(
            "0", "StartCircuit", product.AbsoluteUri, new Uri(product, Path).AbsoluteUri, "[]", state));
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

    private void Send(string method, params object?[] arguments) => _socket.Send(CircuitMessages.Invoke(null, method, arguments));

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
