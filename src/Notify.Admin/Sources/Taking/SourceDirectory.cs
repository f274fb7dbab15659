using Notify.Admin.Data;

namespace Notify.Admin.Sources;

/// <summary>Finds a source by its key, in memory: there are few, and each is asked for often. What another instance changed is known within
/// about two seconds.</summary>
internal sealed class SourceDirectory : IDisposable
{
    // Somebody who tries keys does not make it read at each.
    private static readonly TimeSpan LeastAge = TimeSpan.FromSeconds(1);

    private readonly SourceStore _store;
    private readonly TimeProvider _time;
    private readonly ChangeSubscription _changes;
    private int _generation;
    private Snapshot? _snapshot;

    public SourceDirectory(SourceStore store, ChangeFeed feed, TimeProvider time)
    {
        _store = store;
        _time = time;
        _changes = feed.Subscribe(ChangeAreas.Sources, () =>
        {
            Forget();
            return Task.CompletedTask;
        });
    }

    /// <summary>Reads anew at the next question.</summary>
    public void Forget() => Interlocked.Increment(ref _generation);

    /// <param name="hash">From <see cref="SourceAddress.Hash"/>.</param>
    public async ValueTask<Source?> FindAsync(string hash, CancellationToken cancellationToken)
    {
        if (await ReadAsync(cancellationToken) is var snapshot && Find(snapshot, hash) is { } found)
        {
            return found;
        }

        if (_time.GetElapsedTime(snapshot.At) < LeastAge)
        {
            return null;
        }

        // It may have been made elsewhere a moment ago.
        Forget();
        return Find(await ReadAsync(cancellationToken), hash);
    }

    public void Dispose() => _changes.Dispose();

    private Source? Find(Snapshot snapshot, string hash) =>
        snapshot.Current.TryGetValue(hash, out var source) ? source
        : snapshot.Previous.TryGetValue(hash, out source) && source.PreviousKeyEndsAt > _time.GetUtcNow() ? source : null;

    private async ValueTask<Snapshot> ReadAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _snapshot) is { } known && known.Generation == Volatile.Read(ref _generation))
        {
            return known;
        }

        var generation = Volatile.Read(ref _generation);
        var sources = await _store.ListAsync(cancellationToken);
        var read = new Snapshot(generation, _time.GetTimestamp(), sources.ToDictionary(s => s.KeyHash, StringComparer.Ordinal),
            sources.Where(s => s.PreviousKeyHash is not null).ToDictionary(s => s.PreviousKeyHash!, StringComparer.Ordinal));
        Volatile.Write(ref _snapshot, read);
        return read;
    }

    private sealed record Snapshot(
        int Generation, long At, IReadOnlyDictionary<string, Source> Current, IReadOnlyDictionary<string, Source> Previous);
}
