using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>How a connection ended, or is about to.</summary>
internal enum SocketEnd
{
    Closed = 0,

    /// <summary>Slack is going to close it, and wants another in its place first.</summary>
    Refresh = 1,

    LinkDisabled = 2,
}

/// <summary>One open connection of Socket Mode. What people ask for is done before it is acknowledged, so that nothing is lost with this
/// process; what takes longer than Slack waits is acknowledged meanwhile.</summary>
internal sealed class SocketSession : IAsyncDisposable
{
    private const int MaxMessage = 1024 * 1024;

    // Slack waits three seconds for the acknowledgement.
    private static readonly TimeSpan ToAcknowledge = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ToClose = TimeSpan.FromSeconds(2);

    // More at once are done one after the other: somebody presses again and again.
    private const int MostAtOnce = 8;

    private readonly WebSocket _socket;
    private readonly Func<JsonElement, CancellationToken, Task> _receive;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly SemaphoreSlim _working = new(MostAtOnce);
    private readonly TaskCompletionSource _hello = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<SocketEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, Task> _answers = new(StringComparer.Ordinal);
    private readonly Task _reading;

    public SocketSession(
        WebSocket socket, Func<JsonElement, CancellationToken, Task> receive, TimeProvider time, ILogger logger)
    {
        (_socket, _receive, _time, _logger) = (socket, receive, time, logger);
        _reading = ReadAsync();
    }

    /// <summary>Ends once it has closed, or Slack has said that it is going to.</summary>
    public Task<SocketEnd> End => _end.Task;

    /// <summary>Ends once it has closed.</summary>
    public Task Closed => _reading;

    /// <summary>Waits until Slack has greeted.</summary>
    /// <returns>False where it does not in time.</returns>
    public async Task<bool> IsGreetedAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAny(_hello.Task, _end.Task).WaitAsync(within, _time, cancellationToken);
            return _hello.Task.IsCompleted;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // What is being done is finished and acknowledged before the end; what takes longer comes again.
            await Task.WhenAny(Task.WhenAll(_answers.Values), Task.Delay(ToClose, _time));
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                using var timeout = new CancellationTokenSource(ToClose, _time);
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, timeout.Token);
            }
        }
        catch (Exception e) when (IsOver(e))
        {
            _logger.LogDebug(e, "A connection of Socket Mode was gone before it was closed");
        }

        await _stop.CancelAsync();
        _socket.Dispose();
        await _reading;
        _stop.Dispose();
    }

    private static bool IsOver(Exception e) =>
        e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException or InvalidOperationException;

    private async Task ReadAsync()
    {
        try
        {
            while (await ReceiveAsync() is { } message)
            {
                if (SocketEnvelope.Read(message) is { } envelope)
                {
                    Take(envelope);
                }
            }
        }
        catch (Exception e) when (IsOver(e))
        {
            _logger.LogDebug(e, "A connection of Socket Mode has ended");
        }

        _end.TrySetResult(SocketEnd.Closed);
    }

    private void Take(SocketEnvelope envelope)
    {
        switch (envelope)
        {
            case { Type: "hello" }:
                _hello.TrySetResult();
                break;
            case { Type: "disconnect" }:
                _end.TrySetResult(envelope.Reason == SocketCodes.LinkDisabled ? SocketEnd.LinkDisabled : SocketEnd.Refresh);
                break;
            case { Id: { } id }:
                Follow(id, AnswerAsync(id, envelope));
                break;
        }
    }

    private void Follow(string id, Task answer)
    {
        if (answer.IsCompleted)
        {
            return;
        }

        _answers[id] = answer;
        _ = answer.ContinueWith(_ => _answers.TryRemove(id, out var _), CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task AnswerAsync(string id, SocketEnvelope envelope)
    {
        try
        {
            // An app may subscribe to more than this product asks for.
            var work = envelope.Type == "interactive" ? WorkAsync(envelope.Payload) : Task.FromResult(true);
            await Task.WhenAny(work, Task.Delay(ToAcknowledge, _time, _stop.Token));
            // What failed is not: Slack tells of it again, or shows whoever pressed that it did.
            if (!work.IsCompleted || await work)
            {
                await SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { envelope_id = id }));
            }
        }
        catch (Exception e) when (IsOver(e))
        {
            _logger.LogDebug(e, "What Slack has sent was not acknowledged: it comes again");
        }
    }

    private async Task<bool> WorkAsync(JsonElement payload)
    {
        await _working.WaitAsync(_stop.Token);
        try
        {
            await _receive(payload, _stop.Token);
            return true;
        }
        catch (Exception e)
        {
            _logger.LogError(e, "Doing what somebody asked for in Slack failed");
            return false;
        }
        finally
        {
            _working.Release();
        }
    }

    private async Task SendAsync(byte[] message)
    {
        await _sending.WaitAsync(_stop.Token);
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Text, true, _stop.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The next whole message; null once the other end has closed, or sends what cannot be one.</summary>
    private async Task<ReadOnlyMemory<byte>?> ReceiveAsync()
    {
        var chunk = new byte[16 * 1024];
        using var buffer = new MemoryStream();
        while (true)
        {
            var received = await _socket.ReceiveAsync(chunk.AsMemory(), _stop.Token);
            if (received.MessageType == WebSocketMessageType.Close || buffer.Length + received.Count > MaxMessage)
            {
                return null;
            }

            buffer.Write(chunk, 0, received.Count);
            if (received.EndOfMessage)
            {
                return buffer.ToArray();
            }
        }
    }
}
