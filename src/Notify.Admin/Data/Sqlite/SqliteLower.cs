using System.Buffers;
using System.Text;
using SQLitePCL;

namespace Notify.Admin.Data;

/// <summary>SQLite's <c>lower()</c> for the letters of every language, as searches that do not tell cases apart need it. Its own knows
/// those of English alone: of a title that begins with É, that letter was never found.</summary>
internal static class SqliteLower
{
    private const int UsualText = 512;

    /// <summary>Puts it in the place of SQLite's own, for as long as the connection lasts.</summary>
    public static void Register(sqlite3 connection)
    {
        var code = raw.sqlite3_create_function(connection, "lower", 1, raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC, null, Lower);
        if (code != raw.SQLITE_OK)
        {
            throw new InvalidOperationException($"SQLite takes no function of its name: {raw.sqlite3_errmsg(connection).utf8_to_string()}.");
        }
    }

    private static void Lower(sqlite3_context context, object? state, sqlite3_value[] arguments)
    {
        if (raw.sqlite3_value_type(arguments[0]) == raw.SQLITE_NULL)
        {
            raw.sqlite3_result_null(context);
            return;
        }

        // Most texts are English letters alone, and of millions of rows every string would count.
        var text = raw.sqlite3_value_blob(arguments[0]);
        var buffer = text.Length <= UsualText ? null : ArrayPool<byte>.Shared.Rent(text.Length);
        var lower = buffer is null ? stackalloc byte[UsualText] : buffer;
        if (Ascii.ToLower(text, lower, out var written) == OperationStatus.Done)
        {
            raw.sqlite3_result_text(context, lower[..written]);
        }
        else
        {
            raw.sqlite3_result_text(context, Encoding.UTF8.GetString(text).ToLowerInvariant());
        }

        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
