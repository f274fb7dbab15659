using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Channels;
using Notify.Admin.Data;

namespace Notify.Admin.Deliveries;

/// <summary>The mutes of problems. Their version is that of pauses: <see cref="PauseStore"/> reads all as one.</summary>
internal sealed class MuteStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed, TimeProvider time)
{
    // What waits for something else is judged by when it came, for as long.
    private static readonly TimeSpan KeptAfter = TimeSpan.FromDays(7);

    /// <summary>Those that keep back what comes, or what waits still.</summary>
    public static IQueryable<ProblemMute> Current(NotifyDbContext context, DateTimeOffset now)
    {
        var kept = now - KeptAfter;
        return context.ProblemMutes.AsNoTracking().Where(m => m.EndsAt > kept);
    }

    /// <summary>Those of a channel that keep back what comes, newest first.</summary>
    public async Task<IReadOnlyList<ProblemMute>> ListAsync(ChannelKey channel, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ProblemMutes.AsNoTracking()
            .Where(m => m.ChannelKind == channel.Kind && m.ChannelId == channel.Id && m.EndsAt > now)
            .OrderByDescending(m => m.StartsAt).ToListAsync(cancellationToken);
    }

    /// <summary>Puts a mute in the place of the one that the channel has of the problem.</summary>
    /// <param name="isSame">Says of the one that runs that it is what is asked for: then nothing changes.</param>
    /// <returns>False where nothing has changed.</returns>
    public async Task<bool> ReplaceAsync(
        ProblemMute mute, Func<ProblemMute, bool> isSame, Func<ProblemMute?, AuditEntry> entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var kept = mute.StartsAt - KeptAfter;
        return await feed.ChangeInTurnAsync(context, ChangeAreas.Pauses, async () =>
        {
            var before = await context.ProblemMutes.AsNoTracking().SingleOrDefaultAsync(
                m => m.ChannelKind == mute.ChannelKind && m.ChannelId == mute.ChannelId && m.Problem == mute.Problem, cancellationToken);
            if (before is not null && before.EndsAt > mute.StartsAt && isSame(before))
            {
                return false;
            }

            await context.ProblemMutes.Where(m => m.EndsAt <= kept
                || (m.ChannelKind == mute.ChannelKind && m.ChannelId == mute.ChannelId && m.Problem == mute.Problem))
                .ExecuteDeleteAsync(cancellationToken);
            context.ProblemMutes.Add(mute);
            context.AuditEntries.Add(entry(before?.EndsAt > mute.StartsAt ? before : null));
            await DeliveryQueue.ReviseAsync(context, [mute.Channel], mute.StartsAt, cancellationToken);
            return true;
        }, cancellationToken);
    }

    /// <summary>Ends one before its time: what comes from now on is sent.</summary>
    /// <returns>False where it has ended already.</returns>
    public async Task<bool> EndAsync(ChannelKey channel, int id, Func<ProblemMute, AuditEntry> entry, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await feed.ChangeInTurnAsync(context, ChangeAreas.Pauses, async () =>
        {
            if (await context.ProblemMutes.SingleOrDefaultAsync(m => m.Id == id && m.ChannelKind == channel.Kind
                && m.ChannelId == channel.Id && m.EndsAt > now, cancellationToken) is not { } running)
            {
                return false;
            }

            context.AuditEntries.Add(entry(running));
            (running.EndsAt, running.IsShown) = (now, false);
            await DeliveryQueue.ReviseAsync(context, [channel], now, cancellationToken);
            return true;
        }, cancellationToken);
    }
}
