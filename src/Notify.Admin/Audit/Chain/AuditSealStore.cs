using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;

namespace Notify.Admin.Audit;

/// <summary>Seals committed entries and reads the chain.</summary>
internal sealed class AuditSealStore(PatientContexts patient, IDbContextFactory<NotifyDbContext> contexts, TimeProvider time)
{
    private const int ReadAtOnce = 2000;

    /// <summary>Seals the oldest entries that are not sealed yet, all of them or, when the process dies, none.</summary>
    /// <returns>How many were sealed.</returns>
    public async Task<int> SealAsync(int most, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = await patient.CreateDbContextAsync(cancellationToken);
        if (!await Due(context, now).AnyAsync(cancellationToken))
        {
            return 0;
        }

        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        // Writing the row locks it: whoever else seals waits here, and goes on from where this one ends.
        await context.AuditChain.Where(c => c.Id == AuditChain.OnlyId)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Sequence, c => c.Sequence), cancellationToken);
        var head = await context.AuditChain.SingleAsync(c => c.Id == AuditChain.OnlyId, cancellationToken);
        var due = await Due(context, now).OrderBy(e => e.Id).Take(most).ToListAsync(cancellationToken);
        foreach (var entry in due)
        {
            head.Sequence++;
            head.Hash = AuditHash.Of(head.Hash, head.Sequence, entry);
            (entry.Sequence, entry.Hash) = (head.Sequence, head.Hash);
        }

        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // A repeat was counted in between: nothing is sealed now, and everything next time.
            return 0;
        }

        await transaction.CommitAsync(cancellationToken);
        return due.Count;
    }

    /// <summary>Where the chain ends, and how many entries wait for their seal.</summary>
    public async Task<(long Sequence, string Hash, int Waiting)> ReadEndAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var head = await context.AuditChain.AsNoTracking().SingleOrDefaultAsync(c => c.Id == AuditChain.OnlyId, cancellationToken);
        var waiting = await context.AuditEntries.CountAsync(e => e.Sequence == null, cancellationToken);
        return (head?.Sequence ?? 0, head?.Hash ?? "", waiting);
    }

    /// <summary>The hash of one sealed entry; null when there is none with this number.</summary>
    public async Task<string?> HashOfAsync(long sequence, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.AuditEntries.Where(e => e.Sequence == sequence).Select(e => e.Hash).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Reads the whole chain, a part at a time, up to the first entry that does not fit.</summary>
    /// <param name="progress">Told how many entries have been read.</param>
    public async Task<ChainVerdict> VerifyAsync(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var (last, hash) = (0L, AuditChain.Beginning);
        var head = await context.AuditChain.AsNoTracking().SingleOrDefaultAsync(c => c.Id == AuditChain.OnlyId, cancellationToken);
        ChainVerdict Broken(ChainFault fault, long sequence, long? entryId) =>
            new(last, head?.Sequence ?? 0, head?.Hash ?? "", new ChainBreak(fault, sequence, entryId));
        if (head is null)
        {
            return Broken(ChainFault.EndAltered, 0, null);
        }

        while (last < head.Sequence)
        {
            var (from, to) = (last, head.Sequence);
            var read = await context.AuditEntries.AsNoTracking().Where(e => e.Sequence > from && e.Sequence <= to).OrderBy(e => e.Sequence)
                .Take(ReadAtOnce).ToListAsync(cancellationToken);
            foreach (var entry in read)
            {
                if (entry.Sequence != last + 1)
                {
                    return Broken(ChainFault.Missing, last + 1, null);
                }

                hash = AuditHash.Of(hash, last + 1, entry);
                if (hash != entry.Hash)
                {
                    return Broken(ChainFault.Altered, last + 1, entry.Id);
                }

                last++;
            }

            if (read.Count == 0)
            {
                return Broken(ChainFault.Missing, last + 1, null);
            }

            progress?.Report(last);
        }

        if (hash != head.Hash)
        {
            return Broken(ChainFault.EndAltered, last, null);
        }

        // In one statement: entries that were sealed meanwhile have taken the end along.
        var surplus = await context.AuditEntries.AsNoTracking()
            .Where(e => e.Sequence > context.AuditChain.Where(c => c.Id == AuditChain.OnlyId).Select(c => c.Sequence).FirstOrDefault())
            .OrderBy(e => e.Sequence).Select(e => new { e.Sequence, e.Id }).FirstOrDefaultAsync(cancellationToken);
        return surplus is null ? new ChainVerdict(last, head.Sequence, head.Hash, null)
            : Broken(ChainFault.Added, surplus.Sequence!.Value, surplus.Id);
    }

    private static IQueryable<AuditEntry> Due(NotifyDbContext context, DateTimeOffset now) =>
        context.AuditEntries.Where(e => e.Sequence == null && (e.OpenUntil == null || e.OpenUntil <= now));
}
