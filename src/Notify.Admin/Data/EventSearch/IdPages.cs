namespace Notify.Admin.Data;

/// <summary>Ids from <paramref name="From"/> up to, not including, <paramref name="Below"/>.</summary>
public readonly record struct IdRange(long From, long Below)
{
    public static readonly IdRange All = new(0, long.MaxValue);

    public bool IsEmpty => From >= Below;
}

/// <summary>Where a page of a list that is newest first begins: below an id, above an id, or at the newest row.</summary>
public readonly record struct PageCursor(long? Before, long? After)
{
    public static readonly PageCursor Newest;
}

/// <summary>One page of ids, newest first.</summary>
/// <param name="Older">Continue below this id; null at the end of the list.</param>
/// <param name="HasNewer">There are, or may be, rows above the page.</param>
/// <param name="SearchedTo">A bounded search stopped here, and there may be more below; null when the list was read to its end or the page
/// is full.</param>
public sealed record IdPage(IReadOnlyList<long> Ids, long? Older, bool HasNewer, long? SearchedTo)
{
    public static readonly IdPage Empty = new([], null, false, null);
}

/// <summary>Pages through a table by its primary key, without counting. Where an index answers the filter, a page is one look-up. Where
/// none does, rows are looked through in windows, newest first, for a bounded time: the page then says how far it looked, and the next goes
/// on from there, so no filter makes a query grow with the table.</summary>
internal sealed class IdPages(TimeProvider time)
{
    // A row may take ten microseconds to look at, and a window is read to its end.
    private const long FirstWindow = 1000;
    private const long LargestWindow = 16_000;

    /// <summary>How long a search without an index may go on before it shows what it found.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(150);

    /// <summary>Reads ids of a range, at most so many, newest or oldest first.</summary>
    public delegate Task<IReadOnlyList<long>> Read(IdRange range, bool newestFirst, int most);

    /// <summary>A page where an index answers the filter.</summary>
    public static async Task<IdPage> SeekAsync(IdRange range, PageCursor cursor, int size, Read read)
    {
        if (cursor.After is { } after)
        {
            var above = await read(range with { From = Math.Max(range.From, after + 1) }, false, size + 1);
            if (above.Count > size)
            {
                return new IdPage([.. above.Take(size).Reverse()], above[0], HasNewer: true, null);
            }

            // The newest row was reached: show the first page in full.
            cursor = PageCursor.Newest;
        }

        var ids = await read(Below(range, cursor), true, size + 1);
        return new IdPage([.. ids.Take(size)], ids.Count > size ? ids[size - 1] : null, cursor.Before is not null, null);
    }

    /// <summary>A page where every row must be looked at.</summary>
    /// <param name="range">Bounded on both sides by rows that exist.</param>
    public async Task<IdPage> ScanAsync(IdRange range, PageCursor cursor, int size, TimeSpan budget, Read read)
    {
        if (cursor.After is { } after)
        {
            var (above, higher) = await LookAsync(
                range with { From = Math.Max(range.From, after + 1) }, newestFirst: false, size + 1, budget, read);
            if (above.Count > size || (above.Count > 0 && !higher.IsEmpty))
            {
                return new IdPage([.. above.Take(size).Reverse()], above[0], HasNewer: true, null);
            }

            // The newest row was reached, or nothing found on the way to it: show the first page in full.
            cursor = PageCursor.Newest;
        }

        var (ids, left) = await LookAsync(Below(range, cursor), newestFirst: true, size + 1, budget, read);
        if (ids.Count > size)
        {
            return new IdPage([.. ids.Take(size)], ids[size - 1], cursor.Before is not null, null);
        }

        long? searchedTo = left.IsEmpty ? null : left.Below;
        return new IdPage(ids, searchedTo, cursor.Before is not null, searchedTo);
    }

    // What was found, and what is left to look through.
    private async Task<(List<long> Ids, IdRange Left)> LookAsync(IdRange left, bool newestFirst, int most, TimeSpan budget, Read read)
    {
        var since = time.GetTimestamp();
        var window = FirstWindow;
        List<long> ids = [];
        while (!left.IsEmpty && ids.Count < most && (window == FirstWindow || time.GetElapsedTime(since) < budget))
        {
            var at = newestFirst ? Math.Max(left.From, left.Below - window) : Math.Min(left.Below, left.From + window);
            var (next, rest) = newestFirst
                ? (left with { From = at }, left with { Below = at })
                : (left with { Below = at }, left with { From = at });
            ids.AddRange(await read(next, newestFirst, most - ids.Count));
            left = rest;
            window = Math.Min(window * 2, LargestWindow);
        }

        return (ids, left);
    }

    private static IdRange Below(IdRange range, PageCursor cursor) =>
        cursor.Before is { } before ? range with { Below = Math.Min(range.Below, before) } : range;
}
