using System.Collections.Concurrent;

namespace Notify.Sandbox.Slack;

/// <summary>The open connections of Socket Mode, and the tickets for new ones. Safe from any thread.</summary>
public sealed class SlackSockets
{
    // Of those that are closed, the newest of as many.
    private const int MostKept = 200;

    private readonly ConcurrentDictionary<string, string> _tickets = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly List<SlackSocket> _sockets = [];
    private int _opened;
    private int _turn;

    /// <summary>Those that are open, oldest first.</summary>
    public IReadOnlyList<SlackSocket> Open
    {
        get
        {
            lock (_gate)
            {
                return [.. _sockets.Where(socket => socket.IsOpen)];
            }
        }
    }

    /// <summary>How many have been opened since the start or the last reset.</summary>
    public int Opened => Volatile.Read(ref _opened);

    /// <summary>Says the same to every open connection: <c>warning</c>, <c>refresh_requested</c> or <c>link_disabled</c>; then Slack closes
    /// it.</summary>
    public async Task DisconnectAsync(string reason)
    {
        foreach (var socket in Open)
        {
            await socket.DisconnectAsync(reason);
        }
    }

    /// <summary>Tears every connection, as a cable that is pulled does.</summary>
    public void Cut()
    {
        foreach (var socket in Open)
        {
            socket.Cut();
        }
    }

    internal string NewTicket(string appId)
    {
        var ticket = Guid.NewGuid().ToString("N");
        _tickets[ticket] = appId;
        return ticket;
    }

    /// <returns>The app that the ticket is for; null where there is none, or it was used.</returns>
    internal string? UseTicket(string ticket) => _tickets.TryRemove(ticket, out var appId) ? appId : null;

    internal void Add(SlackSocket socket)
    {
        Interlocked.Increment(ref _opened);
        lock (_gate)
        {
            _sockets.Add(socket);
            if (_sockets.Count > MostKept)
            {
                _sockets.RemoveAll(old => !old.IsOpen);
            }
        }
    }

    /// <summary>The connection that gets the next press: any of the app's, as at Slack.</summary>
    internal SlackSocket? Next(string? appId)
    {
        var open = Open.Where(socket => socket.AppId == appId).ToList();
        return open.Count == 0 ? null : open[(Interlocked.Increment(ref _turn) & int.MaxValue) % open.Count];
    }

    internal void Clear()
    {
        Cut();
        _tickets.Clear();
        Volatile.Write(ref _opened, 0);
        lock (_gate)
        {
            _sockets.Clear();
        }
    }
}
