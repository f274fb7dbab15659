using System.Linq.Expressions;
using Microsoft.Extensions.Options;
using Notify.Admin.Background;

namespace Notify.Admin.FunctionAccess;

/// <summary>Looks at each managed list when it is due: on its schedule, or because somebody asked. A function is taken by one instance;
/// what is due goes through the same pace as every other call. Slack counts by workspace, so none waits for another's limit.</summary>
internal sealed class DriftWorker(
    FunctionAccessStore store, FunctionReader reader, IOptionsMonitor<FunctionAccessOptions> options, WorkRegister works,
    TimeProvider time, ILogger<DriftWorker> logger) : RecurringWork(works, Schedule, time, logger)
{
    private static readonly WorkSchedule Schedule = new("access-drift", TimeSpan.FromSeconds(2));

    // By workspace, until it is seen how it ended.
    private readonly Dictionary<int, Task> _running = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await base.ExecuteAsync(stoppingToken);
        // What fails because of the stop concerns nobody.
        await Task.WhenAll(_running.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override async Task RunAsync(CancellationToken stopping)
    {
        foreach (var (workspace, read) in _running.Where(running => running.Value.IsCompleted).ToList())
        {
            _running.Remove(workspace);
            // A failure is this work's: it counts, and the next of the workspace is taken after a pause.
            await read;
        }

        while (!stopping.IsCancellationRequested)
        {
            int[] busy = [.. _running.Keys];
            if (await TakeAsync(f => !busy.Contains(f.WorkspaceId), stopping) is not { } function)
            {
                return;
            }

            _running[function.WorkspaceId] = Task.Run(() => ReadAsync(function, stopping), CancellationToken.None);
        }
    }

    // Reads all that are due of the function's workspace.
    private async Task ReadAsync(ManagedFunction function, CancellationToken stopping)
    {
        for (var next = function; next is not null && !stopping.IsCancellationRequested;
            next = await TakeAsync(f => f.WorkspaceId == function.WorkspaceId, stopping))
        {
            await reader.ReadAsync(next, stopping);
        }
    }

    private Task<ManagedFunction?> TakeAsync(Expression<Func<ManagedFunction, bool>> among, CancellationToken cancellationToken)
    {
        var minutes = options.CurrentValue.DriftMinutes;
        return store.TakeDueAsync(among, Time.GetUtcNow(), minutes == 0 ? null : TimeSpan.FromMinutes(minutes), cancellationToken);
    }
}
