using System.Collections.Concurrent;

namespace Notify.Admin.Audit;

/// <summary>Records what an attacker can cause at will: one row per address and minute with a count, so that a flood fills neither the
/// table nor the disk. The first is written at once, repeats within seconds; both to the end, since who causes them may hang up.</summary>
internal sealed class AuditRepeats(AuditStore store, TimeProvider time)
{
    // Beyond it every refusal is written by itself, still into one row per address and minute.
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<string, Repeat> _written = new(StringComparer.Ordinal);

    /// <param name="entry">Made by <see cref="AuditTrail.Repeated"/>.</param>
    public async Task CountAsync(AuditEntry entry)
    {
        var key = entry.RepeatKey ?? throw new ArgumentException("Not made for repeats.", nameof(entry));
        if (_written.TryGetValue(key, out var before))
        {
            Interlocked.Increment(ref before.Pending);
            return;
        }

        var first = new Repeat(entry);
        if (_written.Count < MostRemembered && !_written.TryAdd(key, first))
        {
            // Another request of the same moment writes it.
            Interlocked.Increment(ref _written.GetOrAdd(key, _ => new Repeat(entry)).Pending);
            return;
        }

        try
        {
            await store.AddRepeatsAsync(entry, 1, CancellationToken.None);
        }
        catch
        {
            // Others of the same moment may count on this one: it stays, and is written with them.
            Interlocked.Increment(ref first.Pending);
            throw;
        }
    }

    /// <summary>Writes what has been counted since the last time, and forgets the minutes that are over.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var (key, repeat) in _written)
        {
            var count = Interlocked.Exchange(ref repeat.Pending, 0);
            if (count > 0)
            {
                try
                {
                    await store.AddRepeatsAsync(repeat.Entry, count, cancellationToken);
                }
                catch
                {
                    Interlocked.Add(ref repeat.Pending, count);
                    throw;
                }
            }
            else if (repeat.Entry.OpenUntil <= now)
            {
                _written.TryRemove(key, out _);
            }
        }
    }

    private sealed class Repeat(AuditEntry entry)
    {
        public int Pending;

        public AuditEntry Entry => entry;
    }
}
