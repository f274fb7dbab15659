using Notify.Admin.Background;

namespace Notify.Admin.Data;

/// <summary>Adds events to the index of texts, a little behind intake and slowly enough not to be in its way. Pages whose search could not
/// ask it before are told when it has caught up.</summary>
internal sealed class EventTextIndexer(
    EventTextIndex index, PatientContexts contexts, ChangeFeed feed, WorkRegister works, TimeProvider time,
    ILogger<EventTextIndexer> logger)
    : RecurringWork(works, Schedule, time, logger)
{
    private const int BatchSize = 500;

    private static readonly WorkSchedule Schedule = new("event-search", TimeSpan.FromSeconds(10)) { AtStart = true };

    // Younger events may still be committed below one that is there already: by another instance, or in a longer transaction.
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(1);

    private bool _wasBehind;

    /// <summary>Adds what there is.</summary>
    /// <returns>Whether searches can ask the index again, which could not before.</returns>
    public async Task<bool> CatchUpAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var began = Time.GetTimestamp();
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            // Also by an earlier run, which failed on its way.
            _wasBehind = _wasBehind || await index.IsBehindAsync(context, cancellationToken);
            if (await index.AddAsync(context, Time.GetUtcNow() - Age, BatchSize, cancellationToken) < BatchSize)
            {
                var hasCaughtUp = _wasBehind && !await index.IsBehindAsync(context, cancellationToken);
                _wasBehind &= !hasCaughtUp;
                return hasCaughtUp;
            }

            await Time.RestAsync(began, cancellationToken);
        }
    }

    // Not of each event: searches look at the newest one by one until they are in.
    protected override async Task RunAsync(CancellationToken stopping)
    {
        if (await CatchUpAsync(stopping))
        {
            feed.Announce(ChangeAreas.Events);
            feed.Announce(ChangeAreas.Deliveries);
        }
    }
}
