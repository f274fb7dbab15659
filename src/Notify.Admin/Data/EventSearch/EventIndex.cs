using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;

namespace Notify.Admin.Data;

/// <summary>Finds events among millions through their indexes: by id, by the beginning of an id, and where a time begins.</summary>
internal static class EventIndex
{
    /// <summary>An id that begins more events than this is no id: its text is then looked for in the newest rows instead.</summary>
    public const int MostEvents = 1000;

    // Rows are committed a little out of order: by several instances, and within a transaction that takes its time.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    /// <summary>Events whose CloudEvents id is <paramref name="eventId"/>; of one source, or of any where that is null.</summary>
    public static async Task<IReadOnlyList<long>> WithIdAsync(NotifyDbContext context, string eventId, string? source,
        CancellationToken cancellationToken)
    {
        var matching = BeginningWith(context, eventId).Where(e => e.EventId == eventId);
        if (source is not null)
        {
            matching = matching.Where(e => e.Source == source);
        }

        var found = await matching.OrderByDescending(e => e.Id).Select(e => new { e.Id, e.EventId }).Take(MostEvents)
            .ToListAsync(cancellationToken);
        // To SQL Server blanks at the end are no difference.
        return [.. found.Where(e => e.EventId == eventId).Select(e => e.Id)];
    }

    /// <summary>Events that a search means: those that the text names, or else those that hold it.</summary>
    /// <param name="budget">How long asking an index may take.</param>
    /// <returns>Null when no index tells: look at the rows for what is <see cref="Holding"/> it.</returns>
    public static async Task<IReadOnlyList<long>?> SearchAsync(
        NotifyDbContext context, EventTextIndex texts, string text, TimeSpan budget, CancellationToken cancellationToken) =>
        await NamedAsync(context, text, cancellationToken) is { Count: > 0 } named
            ? named : await texts.FindAsync(context, text, budget, cancellationToken);

    /// <summary>Events that <paramref name="text"/> names: those with this id, and where it is long enough to mean one, those whose id
    /// begins with it. Empty when it names none, or too many to be meant.</summary>
    public static async Task<IReadOnlyList<long>> NamedAsync(NotifyDbContext context, string text, CancellationToken cancellationToken)
    {
        const int LeastPrefix = 6;
        var found = await BeginningWith(context, text)
            .OrderBy(e => e.EventIdHead)
            .Select(e => new { e.Id, e.EventId })
            .Take(MostEvents + 1)
            .ToListAsync(cancellationToken);
        var exact = found.Where(e => e.EventId == text).Select(e => e.Id).ToList();
        if (text.Length < LeastPrefix || found.Count > MostEvents)
        {
            return exact;
        }

        return [.. found.Where(e => e.EventId.StartsWith(text, StringComparison.Ordinal)).Select(e => e.Id)];
    }

    /// <summary>The rows of events received within a time, give or take a minute: filter by the exact time as well. Null when there are
    /// none.</summary>
    public static async Task<IdRange?> WithinAsync(NotifyDbContext context, DateTimeOffset? from, DateTimeOffset? to,
        CancellationToken cancellationToken)
    {
        var range = IdRange.All;
        if (from is { } start)
        {
            if (await FirstAsync(context, Shift(start, -Slack), cancellationToken) is not { } first)
            {
                return null;
            }

            range = range with { From = first };
        }

        if (to is { } end && await FirstAsync(context, Shift(end, Slack), cancellationToken) is { } after)
        {
            range = range with { Below = after };
        }

        return range;
    }

    /// <summary>The first delivery of this event or a later one. Deliveries are made in the transaction of their event, so their ids rise
    /// with those of the events.</summary>
    public static Task<long?> FirstDeliveryAsync(NotifyDbContext context, long eventRowId, CancellationToken cancellationToken) =>
        context.Deliveries.Where(d => d.EventRowId >= eventRowId).OrderBy(d => d.EventRowId).ThenBy(d => d.Id).Select(d => (long?)d.Id)
            .FirstOrDefaultAsync(cancellationToken);

    private static Task<long?> FirstAsync(NotifyDbContext context, DateTimeOffset at, CancellationToken cancellationToken) =>
        // A batch is received at one moment: the first of its events is the one with the lowest id.
        context.Events.Where(e => e.ReceivedAt >= at).OrderBy(e => e.ReceivedAt).ThenBy(e => e.Id).Select(e => (long?)e.Id)
            .FirstOrDefaultAsync(cancellationToken);

    private static DateTimeOffset Shift(DateTimeOffset at, TimeSpan by) =>
        by < TimeSpan.Zero ? at - DateTimeOffset.MinValue > -by ? at + by : at : DateTimeOffset.MaxValue - at > by ? at + by : at;

#pragma warning disable CA1304, CA1309, CA1311, CA1862 // These calls become SQL, which knows no culture and no StringComparison.
    /// <summary>Events whose title, id or source holds <paramref name="text"/>, in any case. No index answers it: bound the rows.</summary>
    public static IQueryable<IncomingEvent> Holding(this IQueryable<IncomingEvent> events, string text)
    {
        var lower = text.ToLowerInvariant();
        return events.Where(e => e.Title!.ToLower().Contains(lower) || e.EventId.ToLower().Contains(lower) || e.Source.ToLower()
            .Contains(lower));
    }

    // A range of the index rather than LIKE, which SQLite compares without case and so without the index.
    private static IQueryable<IncomingEvent> BeginningWith(NotifyDbContext context, string text)
    {
        var from = Head(text);
        // Nothing that an id may hold comes after it. SQL Server orders by code units, where surrogates come before the last of the others.
        var to = from + (context.Database.IsSqlServer() ? "\uFFFD" : "\U0010FFFD");
        return context.Events.Where(e => string.Compare(e.EventIdHead, from) >= 0 && string.Compare(e.EventIdHead, to) <= 0);
    }
#pragma warning restore CA1304, CA1309, CA1311, CA1862

    private static string Head(string text) => text.Length <= IncomingEvent.HeadLength ? text
        : text[..(char.IsHighSurrogate(text[IncomingEvent.HeadLength - 1]) ? IncomingEvent.HeadLength - 1 : IncomingEvent.HeadLength)];
}
