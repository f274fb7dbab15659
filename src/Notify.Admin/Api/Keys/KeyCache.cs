using System.Collections.Concurrent;

namespace Notify.Admin.Api;

/// <summary>Remembers looked-up keys for a few seconds, or until people or keys change.</summary>
internal sealed class KeyCache<TKey>(KeyGeneration generation, TimeProvider time)
    where TKey : class
{
    private const int TrimAbove = 10_000;

    // The bound for the case that the store's versions cannot be read; normally a change is heard of much earlier.
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Held> _held = new(StringComparer.Ordinal);

    /// <summary>Whether this key was good not long ago, which tells a caller with a key from one who guesses.</summary>
    public bool WasGood(string name) => _held.ContainsKey(name);

    public async ValueTask<TKey?> GetAsync(string name, Func<CancellationToken, Task<TKey?>> look, CancellationToken cancellationToken)
    {
        // Both are read before looking, so that a change during the look-up makes its result old.
        var now = generation.Current;
        var at = time.GetTimestamp();
        if (_held.TryGetValue(name, out var held) && held.Generation == now && time.GetElapsedTime(held.At, at) < FreshFor)
        {
            return held.Key;
        }

        var found = await look(cancellationToken);
        if (found is null)
        {
            Forget(name);
            return null;
        }

        if (_held.Count >= TrimAbove)
        {
            _held.Clear();
        }

        _held[name] = new Held(found, now, at);
        return found;
    }

    public void Forget(string name) => _held.TryRemove(name, out _);

    private sealed record Held(TKey Key, int Generation, long At);
}
