namespace Notify.Admin.Slack;

/// <summary>Reads paged lists to their end: by the cursor, never by the number of items, since a page may be empty and not the
/// last.</summary>
internal static class SlackPaging
{
    /// <summary>More pages than this are not asked for: they would be tens of thousands of items, and minutes of rate limit.</summary>
    public const int MaxPages = 100;

    /// <summary>All items, or those before the page that failed.</summary>
    /// <param name="readPage">Reads the page at a cursor; null is the first.</param>
    public static async Task<SlackListing<T>> ReadAllAsync<T>(Func<string?, Task<SlackAnswer<SlackPage<T>>>> readPage)
    {
        var items = new List<T>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? cursor = null;

        for (var page = 0; page < MaxPages; page++)
        {
            var answer = await readPage(cursor);
            if (answer.Value is not { } value)
            {
                return new SlackListing<T>(items, IsComplete: false, answer.Code, answer.Detail, answer.RetryAfter);
            }

            items.AddRange(value.Items);
            cursor = value.NextCursor;
            if (cursor is null || !seen.Add(cursor))
            {
                return new SlackListing<T>(items, IsComplete: cursor is null, null, null, null);
            }
        }

        return new SlackListing<T>(items, IsComplete: false, null, null, null);
    }
}
