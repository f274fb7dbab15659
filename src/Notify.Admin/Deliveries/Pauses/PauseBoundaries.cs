using Notify.Admin.Background;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>Snoozes, mutes and maintenance begin and end by themselves, with no change to what is stored: open pages are told when one
/// has.</summary>
internal sealed class PauseBoundaries(
    PauseStore pauses, ChangeFeed feed, WorkRegister works, TimeProvider time, ILogger<PauseBoundaries> logger)
    : RecurringWork(works, Schedule, time, logger)
{
    private static readonly WorkSchedule Schedule = new("pauses", TimeSpan.FromSeconds(5));

    private DateTimeOffset _last = time.GetUtcNow();

    protected override async Task RunAsync(CancellationToken stopping)
    {
        var now = Time.GetUtcNow();
        if ((await pauses.ReadAsync(stopping)).ChangeBetween(_last, now))
        {
            feed.AnnounceHere(ChangeAreas.Pauses);
        }

        _last = now;
    }
}
