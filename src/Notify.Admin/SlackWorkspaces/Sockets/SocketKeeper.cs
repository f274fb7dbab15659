using System.Collections.Concurrent;
using Notify.Admin.Background;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>Sees that each workspace with an app-level token is connected by Socket Mode, by one instance.</summary>
internal sealed class SocketKeeper(
    SocketStore store, SocketHolder holder, WorkRegister works, TimeProvider time, ILogger<SocketKeeper> logger)
    : RecurringWork(works, Schedule, time, logger)
{
    private static readonly WorkSchedule Schedule = new("slack-sockets", TimeSpan.FromSeconds(2)) { AtStart = true };

    private readonly ConcurrentDictionary<int, Task> _held = new();
    private bool _isFirst = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await base.ExecuteAsync(stoppingToken);
        await Task.WhenAll(_held.Values);
    }

    protected override async Task RunAsync(CancellationToken stopping)
    {
        if (_isFirst)
        {
            await store.FreeAllAsync(stopping);
            _isFirst = false;
        }

        foreach (var workspaceId in await store.ListDueAsync(stopping))
        {
            if (!_held.TryGetValue(workspaceId, out var running) || running.IsCompleted)
            {
                _held[workspaceId] = Task.Run(() => HoldAsync(workspaceId, stopping), CancellationToken.None);
            }
        }
    }

    private async Task HoldAsync(int workspaceId, CancellationToken stopping)
    {
        try
        {
            await holder.HoldAsync(workspaceId, stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            // Most likely the store is away: the lease runs out by itself.
            Logger.LogWarning(e, "Holding the Socket Mode connection of Slack workspace {Workspace} failed", workspaceId);
        }
        catch (Exception e)
        {
            Logger.LogDebug(e, "The program has stopped while Slack workspace {Workspace} was connected", workspaceId);
        }
    }
}
