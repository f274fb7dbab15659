using System.Collections.Concurrent;

namespace Notify.Admin.Data;

/// <summary>Rows of channels as they were last read, for the looks at lanes: each asks for its channel, which seldom changes. Whoever
/// changes a channel counts the version of all channels on in the same transaction, so a row is good for as long as that stands.</summary>
/// <param name="read">Reads one row from the store.</param>
internal sealed class KeptRows<T>(Func<int, CancellationToken, Task<T?>> read)
    where T : class
{
    /// <summary>So many are kept: a few megabytes.</summary>
    internal const int Most = 1_000;

    private readonly ConcurrentDictionary<int, (long Version, T Row)> _kept = [];

    /// <param name="version">Of all channels, read no later than this is asked.</param>
    /// <returns>The row as it was at that version or later; null where there is none. Nobody may change it.</returns>
    public async Task<T?> FindAsync(int id, long version, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(id, out var kept) && kept.Version >= version)
        {
            return kept.Row;
        }

        var row = await read(id, cancellationToken);
        if (row is null)
        {
            _kept.TryRemove(id, out _);
            return null;
        }

        if (_kept.Count >= Most && !_kept.ContainsKey(id))
        {
            // With more channels than that, those that are at work fill it again.
            _kept.Clear();
        }

        _kept[id] = (version, row);
        return row;
    }
}
