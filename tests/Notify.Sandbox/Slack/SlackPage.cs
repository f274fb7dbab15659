using System.Text;
using System.Text.Json.Nodes;

namespace Notify.Sandbox.Slack;

/// <summary>
/// Cuts lists into pages. A cursor is Base64 with <c>=</c> in it more often than not, and means nothing to the caller. Items are
/// filtered after the page is cut, as at Slack: a page may be short, even empty, while there is more to come.
/// </summary>
internal static class SlackPage
{
    /// <param name="arguments">Where <c>limit</c> and <c>cursor</c> are.</param>
    /// <param name="all">Everything, ordered by id.</param>
    /// <param name="id">An item's id.</param>
    /// <param name="keep">Which items the caller gets.</param>
    /// <param name="show">An item as Slack shows it.</param>
    /// <param name="defaultLimit">Page size when none is asked for; 0 is everything.</param>
    /// <param name="page">The items and the next cursor.</param>
    /// <returns>Null, or the refusal.</returns>
    public static Answer? Cut<T>(
        SlackArguments arguments, IReadOnlyList<T> all, Func<T, string> id, Func<T, bool> keep, Func<T, JsonObject> show, int defaultLimit,
        out SlackPageResult page)
    {
        page = new SlackPageResult([], "");
        if (!arguments.TryNumber("limit", defaultLimit, out var limit) || limit > 1000)
        {
            return SlackAnswers.Error("invalid_limit");
        }

        var start = 0;
        if (arguments.Text("cursor") is { } cursor)
        {
            if (Decode(cursor) is not { } nextId)
            {
                return SlackAnswers.Error("invalid_cursor");
            }

            while (start < all.Count && string.CompareOrdinal(id(all[start]), nextId) < 0)
            {
                start++;
            }
        }

        var size = limit > 0 ? limit : defaultLimit > 0 ? defaultLimit : all.Count;
        var end = Math.Min(all.Count, start + size);
        var items = new JsonArray();
        for (var i = start; i < end; i++)
        {
            if (keep(all[i]))
            {
                items.Add(show(all[i]));
            }
        }

        page = new SlackPageResult(items, end < all.Count ? Encode(id(all[end])) : "");
        return null;
    }

    private static string Encode(string id) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"next:{id}"));

    private static string? Decode(string cursor)
    {
        var bytes = new byte[cursor.Length];
        return Convert.TryFromBase64String(cursor, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length) is var text
            && text.StartsWith("next:", StringComparison.Ordinal)
                ? text[5..]
                : null;
    }
}

/// <summary>One page.</summary>
internal sealed record SlackPageResult(JsonArray Items, string NextCursor)
{
    public JsonObject Metadata => new() { ["next_cursor"] = NextCursor };
}
