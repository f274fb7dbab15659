using Notify.Admin.Background;

namespace Notify.Admin.Data;

/// <summary>Adds events to the index of texts, a little behind intake and slowly enough not to be in its way.</summary>
internal sealed class EventTextIndexer(
    EventTextIndex index, PatientContexts contexts, WorkRegister works, TimeProvider time, ILogger<EventTextIndexer> logger)
    : RecurringWork(works, Schedule, time, logger)
{
    private const int BatchSize = 500;

    private static readonly WorkSchedule Schedule = new("event-search", TimeSpan.FromSeconds(10)) { AtStart = true };

    // Younger events may still be committed below one that is there already: by another instance, or in a longer transaction.
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(1);

    protected override async Task RunAsync(CancellationToken stopping)
    {
        while (true)
        {
            var began = Time.GetTimestamp();
            await using var context = await contexts.CreateDbContextAsync(stopping);
            if (await index.AddAsync(context, Time.GetUtcNow() - Age, BatchSize, stopping) < BatchSize)
            {
                return;
            }

            await Time.RestAsync(began, stopping);
        }
    }
}
