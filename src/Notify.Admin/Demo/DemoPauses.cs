using Notify.Admin.Deliveries;
using Notify.Admin.Security;

namespace Notify.Admin.Demo;

/// <summary>A channel that somebody has snoozed, and maintenance that comes every week.</summary>
internal sealed class DemoPauses(ChannelDirectory channels, PauseService pauses, MaintenanceService maintenance, TimeProvider time)
{
    public async Task AddAsync(string snoozed, string tag, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var channel = (await channels.ListAsync(cancellationToken)).All.Single(name => name.Name == snoozed);
        await pauses.SnoozeAsync(channel.Key, new SnoozeRequest(
            now.AddDays(2), "The scanner is being upgraded", PauseOutcome.Summary, LetCriticalThrough: true),
            Actor.System, cancellationToken);

        // The first is some days away, so that the channels with the tag are sent something until then.
        var first = new DateTimeOffset(now.UtcDateTime.Date.AddDays(3).AddHours(20), TimeSpan.Zero);
        await maintenance.AddAsync(new MaintenanceRequest(
            tag, first, first.AddHours(4), "Europe/Berlin", "Weekly deployment", PauseOutcome.Summary, LetCriticalThrough: true),
            Actor.System, cancellationToken);
    }
}
