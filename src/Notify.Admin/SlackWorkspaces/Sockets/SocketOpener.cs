using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.OutgoingCalls;
using Notify.Admin.Slack;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>A connection that was opened, or why not.</summary>
/// <param name="IsRefused">It makes no sense to try again before somebody has acted.</param>
internal sealed record OpenedSocket(SocketSession? Session, string? Code, string? Detail, bool IsRefused, TimeSpan? RetryAfter)
{
    public static OpenedSocket Refused(string code, string? detail) => new(null, code, detail, true, null);

    public static OpenedSocket Failed(string code, string? detail, TimeSpan? retryAfter) => new(null, code, detail, false, retryAfter);
}

/// <summary>Opens a connection of Socket Mode: asks Slack where to, connects, and waits until it is greeted.</summary>
internal sealed class SocketOpener(
    SlackClient slack, SocketClient sockets, SocketHosts hosts, IEnumerable<ISocketReceiver> receivers, SecretProtector protector,
    IOptions<SlackOptions> options, TimeProvider time, ILogger<SocketOpener> logger)
{
    public async Task<OpenedSocket> OpenAsync(SlackWorkspace workspace, CancellationToken cancellationToken)
    {
        string token;
        try
        {
            token = protector.Unprotect(workspace.AppToken!);
        }
        catch (SecretUnreadableException)
        {
            return OpenedSocket.Refused(SlackErrors.TokenUnreadable, null);
        }

        var answer = await slack.OpenConnectionAsync(token, cancellationToken);
        if (answer.Value is not { } address)
        {
            return SlackErrors.Judge(answer.Code) is { IsKnown: true, Kind: not FailureKind.Transient }
                ? OpenedSocket.Refused(answer.Code, answer.Detail)
                : OpenedSocket.Failed(answer.Code, answer.Detail, answer.RetryAfter);
        }

        return hosts.Allows(address.Url)
            ? await ConnectAsync(workspace.Id, address.Url, cancellationToken)
            : OpenedSocket.Refused(SocketCodes.HostNotListed, $"{address.Url.IdnHost}:{address.Url.Port}, {hosts.Setting}");
    }

    private async Task<OpenedSocket> ConnectAsync(int workspaceId, Uri address, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Value.Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        WebSocket socket;
        try
        {
            socket = await sockets.ConnectAsync(address, linked.Token);
        }
        catch (Exception e) when (e is WebSocketException or HttpRequestException or IOException or AddressRefusedException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            logger.LogWarning(e, "Connecting Slack workspace {Workspace} by Socket Mode failed", workspaceId);
            return OpenedSocket.Failed(
                timeout.IsCancellationRequested ? SlackErrors.Timeout : SlackErrors.ConnectionFailed, null, null);
        }

        var session = new SocketSession(socket, (payload, stop) => ReceiveAsync(workspaceId, payload, stop), time, logger);
        try
        {
            if (await session.IsGreetedAsync(options.Value.Timeout, cancellationToken))
            {
                return new OpenedSocket(session, null, null, false, null);
            }
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }

        await session.DisposeAsync();
        return OpenedSocket.Failed(SlackErrors.Timeout, null, null);
    }

    private async Task ReceiveAsync(int workspaceId, JsonElement payload, CancellationToken stop)
    {
        foreach (var receiver in receivers)
        {
            await receiver.ReceiveAsync(workspaceId, payload, stop);
        }
    }
}
