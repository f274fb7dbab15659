using Notify.Admin.Background;

namespace Notify.Admin.Events;

/// <summary>Merges the newest keys when intake rests: then the next start has little to read. At the start
/// it reads what is there.</summary>
internal sealed class SqliteEventKeyMerger(
    SqliteEventKeys keys, WorkRegister works, TimeProvider time, ILogger<SqliteEventKeyMerger> logger)
    : RecurringWork(works, Schedule, time, logger)
{
    private static readonly WorkSchedule Schedule = new("event-keys", TimeSpan.FromSeconds(5));

    private int _before = -1;

    protected override async Task RunAsync(CancellationToken stopping)
    {
        await keys.ReadFilterAsync(stopping);
        var count = keys.Count;
        if (count == _before)
        {
            await keys.MergeAsync(stopping);
            count = keys.Count;
        }

        _before = count;
    }
}
