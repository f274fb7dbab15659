using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;

namespace Notify.Admin.Data;

/// <summary>Finds events by part of their id, source or title among millions. The index follows behind intake, which so pays nothing for
/// it; the newest events are looked at one by one. Where the server refuses such an index, everything is.</summary>
internal sealed class EventTextIndex(DatabaseOptions database, ILogger<EventTextIndex> logger)
{
    /// <summary>A text that more events hold is found soon enough by looking at the newest ones.</summary>
    public const int MostEvents = 5000;

    /// <summary>Not in the index yet, and looked at for every search: more would take too long.</summary>
    public const int MostNewest = 20_000;

    // An index of pieces of three letters knows nothing shorter.
    private const int LeastText = 3;

    // Null while the index is not made, or the database does not permit one.
    private IEventTexts? _texts;

    /// <summary>Makes the index, unless the server refuses.</summary>
    public async Task CreateAsync(NotifyDbContext context, CancellationToken cancellationToken)
    {
        IEventTexts? texts = database.Provider switch
        {
            DatabaseProvider.Sqlite => new SqliteEventTexts(),
            DatabaseProvider.PostgreSql => new PostgresEventTexts(),
            DatabaseProvider.SqlServer => null,
        };
        try
        {
            await (texts?.CreateAsync(context, cancellationToken) ?? Task.CompletedTask);
            _texts = texts;
        }
        catch (DbException e)
        {
            logger.LogWarning(
                e, "The store permits no index of texts: searches for part of a title look through the newest events first, for a bounded time");
        }
    }

    /// <summary>Adds the next events that were received before a time.</summary>
    /// <returns>How many; fewer than <paramref name="most"/> when that was all.</returns>
    public async Task<int> AddAsync(NotifyDbContext context, DateTimeOffset before, int most, CancellationToken cancellationToken) =>
        _texts is null ? 0 : await _texts.AddAsync(context, before, most, cancellationToken);

    /// <summary>Whether so many events are not in it yet that searches look at the rows instead.</summary>
    public async Task<bool> IsBehindAsync(NotifyDbContext context, CancellationToken cancellationToken) =>
        _texts is { } texts && await IsBehindAsync(
            texts, context, After(context, await texts.LastAsync(context, cancellationToken)), cancellationToken);

    /// <summary>Every event whose id, source or title holds <paramref name="text"/>, in any case; null when the index cannot tell, or they
    /// are too many.</summary>
    /// <param name="budget">How long asking the index may take.</param>
    public async Task<IReadOnlyList<long>?> FindAsync(NotifyDbContext context, string text, TimeSpan budget,
        CancellationToken cancellationToken)
    {
        if (_texts is not { } texts || text.EnumerateRunes().Count() < LeastText)
        {
            return null;
        }

        var last = await texts.LastAsync(context, cancellationToken);
        var newest = After(context, last);
        if (await IsBehindAsync(texts, context, newest, cancellationToken)
            || await texts.FindAsync(context, text, last, MostEvents, budget, cancellationToken) is not { } found)
        {
            return null;
        }

        return [.. found, .. await newest.Holding(text).Select(e => e.Id).ToListAsync(cancellationToken)];
    }

    private static IQueryable<IncomingEvent> After(NotifyDbContext context, long last) => context.Events.Where(e => e.Id > last);

    private static Task<bool> IsBehindAsync(
        IEventTexts texts, NotifyDbContext context, IQueryable<IncomingEvent> newest, CancellationToken cancellationToken) =>
        texts.AnyAsync(context, newest.OrderBy(e => e.Id).Skip(MostNewest), cancellationToken);
}
