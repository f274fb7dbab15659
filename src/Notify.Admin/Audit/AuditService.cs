using System.Globalization;
using System.Runtime.CompilerServices;
using Notify.Admin.Data;
using Notify.Admin.LivePages;
using Notify.Admin.Security;

namespace Notify.Admin.Audit;

/// <summary>What Admins do with the audit trail: look, search, check the chain, take it away.</summary>
internal sealed class AuditService(AuditStore store, AuditSealStore seals, AuditTrail trail)
{
    /// <summary>The most new rows that are counted before "99+".</summary>

    private const int ExportAtOnce = 1000;
    private const string VerifyAction = "audit.verify";

    private static readonly AuditSubject Trail = new("audit", null, null);

    /// <summary>One page, newest first.</summary>
    public Task<HistoryList<AuditEntry>> ListAsync(AuditFilter filter, PageCursor cursor, int size, Actor actor,
        CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        return store.ListAsync(Clean(filter), cursor, size, IdPages.Budget, cancellationToken);
    }

    /// <summary>These entries as they are now.</summary>
    public Task<IReadOnlyList<AuditEntry>> RefreshAsync(IReadOnlyCollection<long> ids, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        return store.RowsAsync(ids, cancellationToken);
    }

    /// <summary>How many have come above an id, counted up to <see cref="HistoryList.MostNew"/>.</summary>
    public Task<int> CountNewAsync(AuditFilter filter, long aboveId, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        return store.CountAboveAsync(Clean(filter), aboveId, HistoryList.MostNew, cancellationToken);
    }

    /// <summary>Null when there is no such entry.</summary>
    public async Task<AuditEntry?> FindAsync(long id, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        return (await store.RowsAsync([id], cancellationToken)).SingleOrDefault();
    }

    /// <summary>What the filters offer.</summary>
    public Task<AuditChoices> ChoicesAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        return store.ChoicesAsync(cancellationToken);
    }

    /// <summary>How the chain stands, and when it was last checked.</summary>
    public async Task<ChainStatus> StatusAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        var (sequence, hash, waiting) = await seals.ReadEndAsync(cancellationToken);
        return new ChainStatus(sequence, hash, waiting, await store.NewestAsync(VerifyAction, cancellationToken));
    }

    /// <summary>Reads the whole chain and names the first entry that does not fit. A million entries take some seconds.</summary>
    public async Task<ChainVerdict> VerifyAsync(IProgress<long>? progress, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        var verdict = await seals.VerifyAsync(progress, cancellationToken);
        List<FieldChange> found = [new("checked", null, Text(verdict.Checked))];
        if (verdict.Break is { } broken)
        {
            found.Add(new FieldChange("fault", null, broken.Fault.ToName()));
            found.Add(new FieldChange("sequence", null, Text(broken.Sequence)));
        }

        await store.AddAsync(trail.Entry(actor, VerifyAction, Trail, found, verdict.Break is null ? AuditResult.Done : AuditResult.Failed),
            cancellationToken);
        return verdict;
    }

    /// <summary>Whether what was noted down of the chain's end, the number and hash of an entry, still holds.</summary>
    public async Task<bool> HoldsAsync(long sequence, string hash, Actor actor, CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        return string.Equals(await seals.HashOfAsync(sequence, cancellationToken), hash, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Matching entries as lines, oldest first, read a part at a time; before them the head, which may be empty. That somebody
    /// takes them is recorded before it.</summary>
    public async IAsyncEnumerable<string> ExportAsync(
        AuditFilter filter, AuditFormat format, Actor actor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        actor.Demand(Policies.Administer);
        filter = Clean(filter);
        var newest = await store.NewestIdAsync(cancellationToken);
        await store.AddAsync(trail.Entry(actor, "audit.export", Trail, Describe(filter, format)), cancellationToken);
        yield return AuditExport.Head(format);
        // From a time on begins there, not at the first entry of all.
        if (await store.WithinAsync(filter, cancellationToken) is not { } range)
        {
            yield break;
        }

        var last = range.From - 1;
        newest = Math.Min(newest, range.Below - 1);
        IReadOnlyList<AuditEntry> entries;
        do
        {
            entries = await store.NextAsync(filter, last, newest, ExportAtOnce, cancellationToken);
            foreach (var entry in entries)
            {
                yield return AuditExport.Line(format, entry);
                last = entry.Id;
            }
        }
        while (entries.Count == ExportAtOnce);
    }

    // Halves of surrogate pairs and NUL are taken out before a query is made of them.
    private static AuditFilter Clean(AuditFilter filter) => filter with
    {
        Action = SearchText.Clean(filter.Action), Who = SearchText.Clean(filter.Who, longest: 256), Text = SearchText.Clean(filter.Text),
    };

    private static List<FieldChange> Describe(AuditFilter filter, AuditFormat format)
    {
        (string Field, string? Value)[] all =
        [
            ("format", AuditExport.EndingOf(format)), ("action", filter.Action), ("who", filter.Who),
            ("subject", filter.Subject?.ToString()),
            ("from", filter.From?.ToString("O", CultureInfo.InvariantCulture)),
            ("to", filter.To?.ToString("O", CultureInfo.InvariantCulture)),
            ("text", filter.Text),
        ];
        return [.. all.Where(one => one.Value is not null).Select(one => new FieldChange(one.Field, null, one.Value))];
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
