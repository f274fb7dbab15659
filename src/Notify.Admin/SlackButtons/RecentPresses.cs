using System.Collections.Concurrent;

namespace Notify.Admin.SlackButtons;

/// <summary>The presses of the last minutes: Slack tells of one again that was not acknowledged in time. What was done is done once whether
/// it is remembered here or not; this keeps whoever pressed from being answered twice.</summary>
internal sealed class RecentPresses(TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _known = new(StringComparer.Ordinal);

    /// <returns>False where it is known already.</returns>
    public bool TryBegin(string key)
    {
        var now = time.GetUtcNow();
        if (_known.Count >= Most)
        {
            foreach (var old in _known.Where(known => now - known.Value > Remembered))
            {
                _known.TryRemove(old);
            }
        }

        return _known.Count >= Most || _known.TryAdd(key, now);
    }

    /// <summary>It failed: the next time that Slack tells of it, it is tried again.</summary>
    public void Forget(string key) => _known.TryRemove(key, out _);
}
