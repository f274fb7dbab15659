using Notify.Admin.Background;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Has attempts that died with their process say that their outcome is unknown. One instance at a time.</summary>
internal sealed class LostAttemptWorker(
    LostAttemptStore store, NamedLeases leases, WorkRegister works, TimeProvider time, ILogger<LostAttemptWorker> logger)
    : RecurringWork(works, Schedule, time, logger)
{
    private static readonly WorkSchedule Schedule = new("lost-attempts", TimeSpan.FromMinutes(5)) { AtStart = true };

    // Another instance takes over when this one is gone.
    private static readonly TimeSpan Taken = TimeSpan.FromMinutes(2);

    protected override async Task RunAsync(CancellationToken stopping)
    {
        var token = Leases.NewToken();
        if (!await leases.TakeAsync(Schedule.Name, token, Taken, stopping))
        {
            return;
        }

        if (await store.SettleAsync(stopping) is > 0 and var count)
        {
            Logger.LogWarning("{Count} attempts were never finished: nobody knows what came of them", count);
        }

        await leases.ReleaseAsync(Schedule.Name, token, stopping);
    }
}
