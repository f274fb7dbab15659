using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Notify.Sandbox.Slack;

/// <summary>One connection of Socket Mode: Slack's side of it.</summary>
public sealed class SlackSocket : IDisposable
{
    // What Slack gives an app to acknowledge.
    private static readonly TimeSpan ToAcknowledge = TimeSpan.FromSeconds(3);

    // Between telling of it and closing: Slack leaves about ten seconds, tests want to see the close.
    private static readonly TimeSpan BeforeClose = TimeSpan.FromMilliseconds(500);

    private readonly WebSocket _socket;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _sending = new(1);

    internal SlackSocket(WebSocket socket, string appId, DateTimeOffset since) => (_socket, AppId, Since) = (socket, appId, since);

    public string AppId { get; }

    public DateTimeOffset Since { get; }

    public bool IsOpen => _socket.State == WebSocketState.Open;

    /// <summary>How many envelopes were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    public void Dispose() => _sending.Dispose();

    internal async Task DisconnectAsync(string reason)
    {
        await SendAsync(new JsonObject
        {
            ["type"] = "disconnect", ["reason"] = reason, ["debug_info"] = new JsonObject { ["host"] = "applink-sandbox" },
        });
        _ = CloseSoonAsync();
    }

    internal void Cut() => _socket.Abort();

    /// <summary>Sends one envelope and waits for its acknowledgement.</summary>
    /// <returns>False where none came in time.</returns>
    internal async Task<bool> PressAsync(JsonObject payload)
    {
        var id = Guid.NewGuid().ToString();
        var done = _waiting[id] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await SendAsync(new JsonObject
            {
                ["envelope_id"] = id, ["type"] = "interactive", ["accepts_response_payload"] = true, ["payload"] = payload,
            });
            await done.Task.WaitAsync(ToAcknowledge);
            return true;
        }
        catch (Exception problem) when (problem is TimeoutException or WebSocketException or ObjectDisposedException)
        {
            return false;
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    /// <summary>Greets, and reads acknowledgements until the other end goes.</summary>
    internal async Task RunAsync(int connections, CancellationToken cancellationToken)
    {
        await SendAsync(new JsonObject
        {
            ["type"] = "hello",
            ["num_connections"] = connections,
            ["debug_info"] = new JsonObject
            {
                ["host"] = "applink-sandbox", ["build_number"] = 1, ["approximate_connection_time"] = 18060,
            },
            ["connection_info"] = new JsonObject { ["app_id"] = AppId },
        });
        var buffer = new byte[64 * 1024];
        using var text = new MemoryStream();
        while (_socket.State is WebSocketState.Open or WebSocketState.CloseSent)
        {
            var received = await _socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                await CloseAsync();
                return;
            }

            text.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
            {
                Read(text.ToArray());
                text.SetLength(0);
            }
        }
    }

    private void Read(byte[] message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            if (document.RootElement.TryGetProperty("envelope_id", out var id) && id.GetString() is { } known
                && _waiting.TryGetValue(known, out var done))
            {
                Acknowledged++;
                done.TrySetResult();
            }
        }
        catch (JsonException)
        {
            // Slack ignores what it does not understand.
        }
    }

    private async Task CloseSoonAsync()
    {
        await Task.Delay(BeforeClose);
        await CloseAsync();
    }

    private async Task CloseAsync()
    {
        try
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception problem) when (problem is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It is closed already.
        }
    }

    private async Task SendAsync(JsonObject message)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, true,
                CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
    }
}
