using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.LivePages;

namespace Notify.Admin.Events;

/// <summary>Reads events for lists. Pages are key ranges; what no index answers is looked for in bounded steps.</summary>
internal sealed class EventStore(IDbContextFactory<NotifyDbContext> contexts, EventTextIndex texts, IdPages pages)
{
    private const string ScanPrefix = "scan.";

    private static readonly Expression<Func<IncomingEvent, EventRow>> ToRow = e => new EventRow(
        new EventSummary(e.Id, e.EventId, e.Source, e.Type, e.Time, e.Severity, e.Title, e.Asset), e.AlertType, e.ReceivedAt, e.MatchCount)
    {
        IsInhibited = e.InhibitedBy != null,
    };

    /// <summary>One page, newest first.</summary>
    /// <param name="budget">How long to look where no index answers the filter.</param>
    public async Task<HistoryList<EventRow>> ListAsync(EventFilter filter, PageCursor cursor, int size, TimeSpan budget,
        CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await ScopeAsync(context, filter, budget / 2, cancellationToken) is not { } scope)
        {
            return new HistoryList<EventRow>([], IdPage.Empty, null);
        }

        Task<IReadOnlyList<long>> Read(IdRange range, bool newestFirst, int most) =>
            ReadAsync(context, filter, scope, range, newestFirst, most, cancellationToken);
        var page = scope.IsScan
            ? await pages.ScanAsync(await ExistingAsync(context, scope.Range, cancellationToken), cursor, size, budget, Read)
            : await IdPages.SeekAsync(scope.Range, cursor, size, Read);
        var searchedBackTo = page.SearchedTo is { } id
            ? await context.Events.Where(e => e.Id >= id).OrderBy(e => e.Id).Select(e => (DateTimeOffset?)e.ReceivedAt)
                .FirstOrDefaultAsync(cancellationToken)
            : null;
        return new HistoryList<EventRow>(await RowsAsync(context, page.Ids, cancellationToken), page, searchedBackTo);
    }

    /// <summary>How many match above an id, counted up to <paramref name="most"/>.</summary>
    public async Task<int> CountAboveAsync(EventFilter filter, long id, int most, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await ScopeAsync(context, filter, IdPages.Budget, cancellationToken) is { } scope
            ? (await ReadAsync(context, filter, scope, scope.Range with { From = Math.Max(scope.Range.From, id + 1) }, false, most,
                cancellationToken)).Count
            : 0;
    }

    /// <summary>The rows with these ids, newest first.</summary>
    public async Task<IReadOnlyList<EventRow>> RowsAsync(IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await RowsAsync(context, ids, cancellationToken);
    }

    /// <summary>The newest events that a text names by their id, or by its beginning.</summary>
    public async Task<IReadOnlyList<EventRow>> NamedAsync(string text, int most, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var ids = await EventIndex.NamedAsync(context, text, cancellationToken);
        return await RowsAsync(context, [.. ids.OrderDescending().Take(most)], cancellationToken);
    }

    /// <summary>One event with its JSON; null when there is none.</summary>
    public async Task<(EventRow Row, IncomingEvent Stored)?> FindAsync(long rowId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Events.AsNoTracking().SingleOrDefaultAsync(e => e.Id == rowId, cancellationToken) is not { } stored)
        {
            return null;
        }

        return ((await RowsAsync(context, [rowId], cancellationToken)).Single(), stored);
    }

    /// <summary>What stands in its place; null where nothing does.</summary>
    public async Task<Replacements?> FindReplacementsAsync(IncomingEvent replaced, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.ReplacedEvents.AsNoTracking().SingleOrDefaultAsync(r => r.EventRowId == replaced.Id, cancellationToken)
            is not { } found)
        {
            return null;
        }

        var ids = JsonSerializer.Deserialize<string[]>(found.EventIds)!;
        var heads = ids.Select(id => id[..Math.Min(id.Length, IncomingEvent.HeadLength)]).ToArray();
        var rows = await context.Events
            .Where(e => heads.Contains(e.EventIdHead) && e.SourceId == replaced.SourceId && ids.Contains(e.EventId))
            .Select(ToRow).ToListAsync(cancellationToken);
        return new Replacements(found.At, found.By, found.Count, [.. rows.OrderBy(row => row.Event.RowId)]);
    }

    private async Task<Scope?> ScopeAsync(NotifyDbContext context, EventFilter filter, TimeSpan budget, CancellationToken cancellationToken)
    {
        if (await EventIndex.WithinAsync(context, filter.From, filter.To, cancellationToken) is not { } range)
        {
            return null;
        }

        var named = filter.Text is { } text ? await EventIndex.SearchAsync(context, texts, text, budget, cancellationToken) : null;
        if (named is [])
        {
            return null;
        }

        var isScan = named is null && (filter.Text is not null || filter.Type is not null || filter.Severity is not null
            || filter.Source is not null || filter.SourceId is not null || filter.Matched is not null);
        return new Scope(range, named, isScan);
    }

    private static async Task<IdRange> ExistingAsync(NotifyDbContext context, IdRange range, CancellationToken cancellationToken)
    {
        var lowest = await context.Events.OrderBy(e => e.Id).Select(e => e.Id).FirstOrDefaultAsync(cancellationToken);
        var highest = await context.Events.OrderByDescending(e => e.Id).Select(e => e.Id).FirstOrDefaultAsync(cancellationToken);
        return new IdRange(Math.Max(range.From, lowest), Math.Min(range.Below, highest + 1));
    }

    private static async Task<IReadOnlyList<long>> ReadAsync(
        NotifyDbContext context, EventFilter filter, Scope scope, IdRange range, bool newestFirst, int most,
        CancellationToken cancellationToken)
    {
        if (range.IsEmpty)
        {
            return [];
        }

        var events = context.Events.Where(e => e.Id >= range.From && e.Id < range.Below);
        if (scope.Named is { } named)
        {
            events = events.Where(e => named.Contains(e.Id));
        }
        else if (filter.Text is { } text)
        {
            events = events.Holding(text);
        }

        events = Matching(events, filter);
        events = newestFirst ? events.OrderByDescending(e => e.Id) : events.OrderBy(e => e.Id);
        return await events.Select(e => e.Id).Take(most).ToListAsync(cancellationToken);
    }

    private static IQueryable<IncomingEvent> Matching(IQueryable<IncomingEvent> events, EventFilter filter)
    {
        events = filter.Type switch
        {
            null => events,
            EventFilter.AnyAlert => events.Where(e => e.AlertType != null),
            EventFilter.Other => events.Where(e => e.AlertType == null && !e.Type.StartsWith(ScanPrefix)),
            var alert when alert.StartsWith(EventFilter.AlertPrefix, StringComparison.Ordinal) =>
                OfAlertType(events, alert[EventFilter.AlertPrefix.Length..]),
            var type => events.Where(e => e.Type == type),
        };
        if (filter.Severity is { } severity)
        {
            events = events.Where(e => e.Severity == severity);
        }

        if (filter.Source is { } source)
        {
            events = events.Where(e => e.Source == source);
        }

        if (filter.SourceId is { } via)
        {
            events = events.Where(e => e.SourceId == via);
        }

        if (filter.Matched is { } matched)
        {
            events = matched ? events.Where(e => e.MatchCount > 0) : events.Where(e => e.MatchCount == 0);
        }

        if (filter.From is { } from)
        {
            events = events.Where(e => e.ReceivedAt >= from);
        }

        return filter.To is { } to ? events.Where(e => e.ReceivedAt < to) : events;
    }

    private static IQueryable<IncomingEvent> OfAlertType(IQueryable<IncomingEvent> events, string suffix) =>
        events.Where(e => e.AlertType == suffix);

    private static async Task<IReadOnlyList<EventRow>> RowsAsync(NotifyDbContext context, IReadOnlyCollection<long> ids,
        CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var rows = await context.Events.Where(e => ids.Contains(e.Id)).Select(ToRow).ToListAsync(cancellationToken);
        return [.. rows.OrderByDescending(row => row.Event.RowId)];
    }

    private sealed record Scope(IdRange Range, IReadOnlyList<long>? Named, bool IsScan);
}
