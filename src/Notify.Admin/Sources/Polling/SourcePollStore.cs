using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Data;

namespace Notify.Admin.Sources;

/// <summary>Every query and save of polls. What a poll writes is fenced by its claim.</summary>
internal sealed class SourcePollStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed, Leases leases)
{
    // A source that fails so often in a row is listed as one that is refused.
    private const int FailuresShown = 3;

    public async Task<IReadOnlyList<SourcePoll>> ListAsync(int source, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.SourcePolls.AsNoTracking().Where(p => p.SourceId == source).ToListAsync(cancellationToken);
    }

    /// <summary>Every source that reads an account, with its polls as they stand.</summary>
    public async Task<IReadOnlyList<(Source Source, IReadOnlyList<SourcePoll> Polls)>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var sources = await context.Sources.AsNoTracking().Where(s => s.Kind == SourceKinds.SecurityCenter).ToListAsync(cancellationToken);
        if (sources.Count == 0)
        {
            return [];
        }

        var polls = (await context.SourcePolls.AsNoTracking().ToListAsync(cancellationToken)).ToLookup(p => p.SourceId);
        return [.. sources.Select(source => (source, (IReadOnlyList<SourcePoll>)[.. polls[source.Id]]))];
    }

    /// <summary>Enters a poll that is planned and not there, and takes away one that is there and not planned.</summary>
    public async Task FollowAsync(Source source, IReadOnlyList<SourcePoll> polls, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var planned = PollPlan.Read(source.Polls).Select(poll => poll.Type).ToList();
        var missing = planned.Except(polls.Select(poll => poll.Type)).ToList();
        var gone = polls.Select(poll => poll.Type).Except(planned).ToList();
        if (missing.Count + gone.Count == 0)
        {
            return;
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.SourcePolls.Where(p => p.SourceId == source.Id && gone.Contains(p.Type)).ExecuteDeleteAsync(cancellationToken);
        var start = now - TimeSpan.FromHours(source.PollFromHours);
        context.SourcePolls.AddRange(missing.Select(type =>
            new SourcePoll { SourceId = source.Id, Type = type, StartAt = start, ReadUpTo = start, NextAt = now }));
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (StoreErrors.Of(e) is StoreError.Duplicate or StoreError.Reference)
        {
            // Another instance was first, or the source is gone.
        }
    }

    /// <summary>Frees what a process that is gone held.</summary>
    public async Task FreeAllAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await leases.FreeAllAsync(context.SourcePolls, cancellationToken);
    }

    /// <summary>Claims the poll if it is due and nobody else has it, or keeps the claim.</summary>
    /// <returns>Null when it is not due, or another's.</returns>
    public async Task<SourcePoll?> ClaimAsync(SourcePoll poll, long claim, DateTimeOffset now, TimeSpan lease,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = context.SourcePolls.Where(p => p.SourceId == poll.SourceId && p.Type == poll.Type && p.NextAt <= now);
        return await leases.ClaimAsync(context, row, claim, lease, cancellationToken)
            ? await context.SourcePolls.AsNoTracking().SingleOrDefaultAsync(
                p => p.SourceId == poll.SourceId && p.Type == poll.Type && p.LeaseToken == claim, cancellationToken)
            : null;
    }

    /// <summary>Lets others have it now.</summary>
    public async Task ReleaseAsync(SourcePoll poll, long claim)
    {
        await using var context = await contexts.CreateDbContextAsync(CancellationToken.None);
        await Leases.ReleaseAsync(context.SourcePolls.Where(p => p.SourceId == poll.SourceId && p.Type == poll.Type), claim,
            CancellationToken.None);
    }

    /// <summary>Writes what came of a claimed poll, if the claim still holds.</summary>
    /// <param name="change">What of the poll is different now.</param>
    /// <returns>False where somebody else has it by now, or it is gone.</returns>
    public async Task<bool> WriteAsync(SourcePoll held, Action<SourcePoll> change, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var row = context.SourcePolls.Where(p => p.SourceId == held.SourceId && p.Type == held.Type);
        if (!await Leases.FenceAsync(row, held.LeaseToken, cancellationToken))
        {
            return false;
        }

        var poll = await row.SingleAsync(cancellationToken);
        change(poll);
        await context.SaveChangesAsync(cancellationToken);
        var (at, isRefused) = (poll.LastAt, poll.PausedFor is not null || poll.Failures >= FailuresShown);
        var trouble = poll.Trouble;
        var source = context.Sources.Where(s => s.Id == held.SourceId);
        await (isRefused
            ? source.ExecuteUpdateAsync(set => set.SetProperty(s => s.LastRefusedAt, at).SetProperty(s => s.LastRefusal, trouble),
                cancellationToken)
            : poll.Failures == 0 ? source.ExecuteUpdateAsync(set => set.SetProperty(s => s.LastReceivedAt, at), cancellationToken)
            : Task.CompletedTask);
        await transaction.CommitAsync(cancellationToken);
        feed.Announce(ChangeAreas.Sources);
        return true;
    }

    /// <summary>Has all types of a source polled as soon as may be, paused or not.</summary>
    public async Task WakeAsync(int source, DateTimeOffset now, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        context.AuditEntries.Add(entry);
        await context.SaveChangesAsync(cancellationToken);
        await context.SourcePolls.Where(p => p.SourceId == source).ExecuteUpdateAsync(set => set
            .SetProperty(p => p.NextAt, now).SetProperty(p => p.PausedFor, (string?)null), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        feed.Announce(ChangeAreas.Sources);
    }
}
