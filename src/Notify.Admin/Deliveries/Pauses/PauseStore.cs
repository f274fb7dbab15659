using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>The pauses of channels, and what reads them together with maintenance. They are held, and read anew only after one was
/// changed: lanes ask at every look.</summary>
internal sealed class PauseStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed, TimeProvider time)
{
    private Held _held = new(-1, new Silences([], [], []));

    /// <summary>As stored now.</summary>
    public async Task<Silences> ReadAsync(CancellationToken cancellationToken) =>
        await ReadAsync(await feed.VersionAsync(ChangeAreas.Pauses, cancellationToken), cancellationToken);

    /// <summary>As stored at a version of <see cref="ChangeAreas.Pauses"/>, or later.</summary>
    public async Task<Silences> ReadAsync(long version, CancellationToken cancellationToken)
    {
        var held = _held;
        if (held.Version != version)
        {
            var now = time.GetUtcNow();
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            // A clock that is set back finds them all the same.
            var pauses = await context.Pauses.AsNoTracking().Where(pause => pause.EndsAt > now.AddDays(-1)).ToListAsync(cancellationToken);
            var windows = await MaintenanceStore.Current(context, now.AddDays(-1)).ToListAsync(cancellationToken);
            var mutes = await MuteStore.Current(context, now).ToListAsync(cancellationToken);
            _held = held = new Held(version, new Silences(pauses, windows, mutes));
        }

        return held.Silences;
    }

    /// <summary>Puts a pause in the place of the one that the channel has.</summary>
    /// <param name="entry">Gets the one that runs now, if any.</param>
    public async Task ReplaceAsync(Pause pause, Func<Pause?, AuditEntry> entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await feed.ChangeInTurnAsync(context, ChangeAreas.Pauses, async () =>
        {
            var before = await RunningAsync(context, pause.Channel, cancellationToken);
            // Those that have ended are of no use any more: the trail has them.
            await context.Pauses.Where(p => p.EndsAt <= pause.StartsAt
                || (p.ChannelKind == pause.ChannelKind && p.ChannelId == pause.ChannelId)).ExecuteDeleteAsync(cancellationToken);
            context.Pauses.Add(pause);
            context.AuditEntries.Add(entry(before));
            return true;
        }, cancellationToken);
    }

    /// <returns>False where none runs.</returns>
    public async Task<bool> EndAsync(ChannelKey channel, Func<Pause, AuditEntry> entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await feed.ChangeInTurnAsync(context, ChangeAreas.Pauses, async () =>
        {
            if (await RunningAsync(context, channel, cancellationToken) is not { } running)
            {
                return false;
            }

            context.AuditEntries.Add(entry(running));
            return await context.Pauses.Where(p => p.Id == running.Id).ExecuteDeleteAsync(cancellationToken) > 0;
        }, cancellationToken);
    }

    private Task<Pause?> RunningAsync(NotifyDbContext context, ChannelKey channel, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return context.Pauses.AsNoTracking()
            .SingleOrDefaultAsync(p => p.ChannelKind == channel.Kind && p.ChannelId == channel.Id && p.EndsAt > now, cancellationToken);
    }

    private sealed record Held(long Version, Silences Silences);
}
