using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Notify.Admin.FunctionAccess;

/// <summary>Slack counts calls per method and workspace. This instance stays below that by itself, and all its work waits where Slack says
/// so.</summary>
internal sealed class AccessPace(IOptionsMonitor<FunctionAccessOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(int Workspace, string Method), Lane> _lanes = new();

    /// <summary>Counts a call that may be made now, or says when to ask again.</summary>
    /// <returns>Null: make the call.</returns>
    public DateTimeOffset? Reserve(int workspaceId, string method)
    {
        var lane = _lanes.GetOrAdd((workspaceId, method), _ => new Lane());
        var now = time.GetUtcNow();
        lock (lane)
        {
            if (lane.BlockedUntil > now)
            {
                return lane.BlockedUntil;
            }

            while (lane.Made.TryPeek(out var first) && first + Window <= now)
            {
                lane.Made.Dequeue();
            }

            if (lane.Made.Count >= options.CurrentValue.CallsPerMinute)
            {
                return lane.Made.Peek() + Window;
            }

            lane.Made.Enqueue(now);
            return null;
        }
    }

    /// <summary>Slack asks to wait. Of two answers, the later time holds: the one that came last may have been asked first.</summary>
    public void Block(int workspaceId, string method, DateTimeOffset until)
    {
        var lane = _lanes.GetOrAdd((workspaceId, method), _ => new Lane());
        lock (lane)
        {
            lane.BlockedUntil = until > lane.BlockedUntil ? until : lane.BlockedUntil;
        }
    }

    private sealed class Lane
    {
        public Queue<DateTimeOffset> Made { get; } = new();

        public DateTimeOffset BlockedUntil { get; set; }
    }
}
