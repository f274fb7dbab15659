using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Shared;

namespace Notify.Admin.Sources;

/// <summary>Every query and save of sources and of the payloads that are kept of them.</summary>
internal sealed class SourceStore(IDbContextFactory<NotifyDbContext> contexts, ChangeFeed feed)
{
    /// <summary>So many payloads of a source are kept.</summary>
    public const int PayloadsKept = 20;

    public async Task<IReadOnlyList<Source>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Sources.AsNoTracking().OrderBy(s => s.Name).ThenBy(s => s.Id).ToListAsync(cancellationToken);
    }

    /// <param name="boundTo">The channels that a word of the search names, as <see cref="Source.Channels"/> has them: a source is found by
    /// its channels as well.</param>
    public async Task<ListedPage<Source>> ListPageAsync(
        ListQuery<SourceFilter, SourceSort> query, Func<string, IReadOnlyList<string>> boundTo, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.Sources.AsNoTracking();
        foreach (var word in FoldedText.Words(query.Search))
        {
            var bound = boundTo(word).Select(channel => $" {channel} ").ToList();
            rows = rows.Where(s => s.SearchText.Contains(word) || bound.Any(channel => (" " + s.Channels + " ").Contains(channel)));
        }

        rows = query.Filter switch
        {
            SourceFilter.All => rows,
            SourceFilter.Off => rows.Where(s => !s.IsOn),
            SourceFilter.Receiving => rows.Where(s => s.IsOn && s.LastReceivedAt != null
                && (s.LastRefusedAt == null || s.LastRefusedAt <= s.LastReceivedAt)),
            SourceFilter.Waiting => rows.Where(s => s.IsOn && s.LastReceivedAt == null && s.LastRefusedAt == null),
            SourceFilter.Refused => rows.Where(s => s.IsOn && s.LastRefusedAt != null
                && (s.LastReceivedAt == null || s.LastRefusedAt > s.LastReceivedAt)),
        };
        var sorted = query.Sort switch
        {
            SourceSort.Name => rows.SortedBy(s => s.SortName, query.Descending),
            SourceSort.Kind => rows.SortedBy(s => s.Kind, query.Descending),
            SourceSort.Received => rows.SortedBy(s => s.LastReceivedAt ?? DateTimeOffset.MinValue, query.Descending),
            SourceSort.Refused => rows.SortedBy(s => s.LastRefusedAt ?? DateTimeOffset.MinValue, query.Descending),
        };
        return await sorted.ThenBy(s => s.SortName).ThenBy(s => s.Id).ToPageAsync(query, context.Sources, cancellationToken);
    }

    public async Task<Source?> FindAsync(int id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Sources.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken);
    }

    /// <summary>Who last changed it, and when, as the trail has it.</summary>
    public async Task<(DateTimeOffset At, string By)?> LastChangeAsync(int id, CancellationToken cancellationToken)
    {
        var subject = id.ToString(CultureInfo.InvariantCulture);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.AuditEntries.Where(e => e.SubjectKind == SourceTrail.SubjectKind && e.SubjectId == subject)
            .OrderByDescending(e => e.Id).Select(e => new { e.At, e.ActorName }).FirstOrDefaultAsync(cancellationToken) is { } last
            ? (last.At, last.ActorName) : null;
    }

    /// <summary>The version of the rules that matchers must have read.</summary>
    public async Task<long> RulesVersionAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await ChangeFeed.VersionAsync(context, ChangeAreas.Channels, cancellationToken);
    }

    /// <param name="version">The mapping it begins with; null where its kind has none.</param>
    public async Task AddAsync(Source source, MappingVersion? version, Func<Source, AuditEntry> entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await feed.ChangeInTurnAsync(context, ChangeAreas.Sources, async () =>
        {
            context.Sources.Add(source);
            await context.SaveChangesAsync(cancellationToken);
            if (version is not null)
            {
                version.SourceId = source.Id;
                await MappingVersionStore.AddAsync(context, version, cancellationToken);
            }

            context.AuditEntries.Add(entry(source));
            return true;
        }, cancellationToken);
    }

    /// <summary>Changes one as it stands.</summary>
    /// <param name="change">Returns the audit entry, and the mapping where it is another now; null where nothing is to be changed.</param>
    /// <returns>The source as it is now; null where there is none.</returns>
    public async Task<Source?> ChangeAsync(int id, Func<Source, (AuditEntry Entry, MappingVersion? Version)?> change,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        Source? found = null;
        await feed.ChangeInTurnAsync(context, ChangeAreas.Sources, async () =>
        {
            found = await context.Sources.SingleOrDefaultAsync(s => s.Id == id, cancellationToken);
            if (found is null || change(found) is not var (entry, version))
            {
                return false;
            }

            found.Version++;
            context.AuditEntries.Add(entry);
            if (version is not null)
            {
                await MappingVersionStore.AddAsync(context, version, cancellationToken);
            }

            return true;
        }, cancellationToken);
        return found;
    }

    /// <param name="entry">Null leaves it as it is.</param>
    public async Task<bool> DeleteAsync(int id, Func<Source, AuditEntry?> entry, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await feed.ChangeInTurnAsync(context, ChangeAreas.Sources, async () =>
        {
            if (await context.Sources.SingleOrDefaultAsync(s => s.Id == id, cancellationToken) is not { } found
                || entry(found) is not { } recorded)
            {
                return false;
            }

            context.Sources.Remove(found);
            context.AuditEntries.Add(recorded);
            return true;
        }, cancellationToken);
    }

    /// <summary>The payloads that are kept, newest first.</summary>
    public async Task<IReadOnlyList<KeptPayload>> PayloadsAsync(int id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.KeptPayloads.AsNoTracking().Where(p => p.SourceId == id).OrderByDescending(p => p.Id)
            .Take(PayloadsKept).ToListAsync(cancellationToken);
    }

    /// <summary>Puts down what came to a source since the last time, and forgets its older payloads.</summary>
    public async Task AddActivityAsync(int id, SourceActivity.Seen seen, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var refusal = seen.Refusal is { } reason ? StoredReasons.Write(reason) : null;
        var known = await context.Sources.Where(s => s.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(s => s.LastReceivedAt, s => seen.ReceivedAt ?? s.LastReceivedAt)
            .SetProperty(s => s.LastRefusedAt, s => seen.RefusedAt ?? s.LastRefusedAt)
            .SetProperty(s => s.LastRefusal, s => refusal ?? s.LastRefusal)
            .SetProperty(s => s.Unmapped, s => s.Unmapped + seen.Unmapped), cancellationToken);
        if (known == 0)
        {
            return;
        }

        context.KeptPayloads.AddRange(seen.Payloads);
        await context.SaveChangesAsync(cancellationToken);
        if (seen.Payloads.Count > 0)
        {
            var oldest = await context.KeptPayloads.Where(p => p.SourceId == id).OrderByDescending(p => p.Id)
                .Skip(PayloadsKept - 1).Select(p => (long?)p.Id).FirstOrDefaultAsync(cancellationToken);
            await context.KeptPayloads.Where(p => p.SourceId == id && p.Id < oldest).ExecuteDeleteAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    public async Task ForgetPayloadsAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.KeptPayloads.Where(p => p.ReceivedAt < before).ExecuteDeleteAsync(cancellationToken);
    }
}
