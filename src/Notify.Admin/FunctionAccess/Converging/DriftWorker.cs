using Microsoft.Extensions.Options;
using Notify.Admin.Background;

namespace Notify.Admin.FunctionAccess;

/// <summary>Looks at each managed list when it is due: on its schedule, or because somebody asked. A function is taken by one instance;
/// what is due goes through the same pace as every other call.</summary>
internal sealed class DriftWorker(
    FunctionAccessStore store, FunctionReader reader, IOptionsMonitor<FunctionAccessOptions> options, WorkRegister works,
    TimeProvider time, ILogger<DriftWorker> logger) : RecurringWork(works, Schedule, time, logger)
{
    private static readonly WorkSchedule Schedule = new("access-drift", TimeSpan.FromSeconds(2));

    protected override async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var minutes = options.CurrentValue.DriftMinutes;
            if (await store.TakeDueAsync(Time.GetUtcNow(), minutes == 0
                ? null : TimeSpan.FromMinutes(minutes), stopping) is not { } function)
            {
                return;
            }

            await reader.ReadAsync(function, stopping);
        }
    }
}
