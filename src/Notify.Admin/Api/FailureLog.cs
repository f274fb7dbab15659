using System.Collections.Concurrent;

namespace Notify.Admin.Api;

/// <summary>Decides which failures are written with their stack: the first of a kind, and one of it in each minute after that. Whoever can
/// cause one can cause a million.</summary>
internal sealed class FailureLog(TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Kind> _kinds = new(StringComparer.Ordinal);

    /// <param name="silent">How many of its kind were not written since the last that was.</param>
    public bool IsDue(Exception failure, out int silent)
    {
        // Where it came from, and not its text, which may repeat what was sent: there are as many kinds as places in the code.
        var place = failure.StackTrace is { } stack ? stack.AsSpan(0, Math.Max(0, stack.IndexOf('\n', StringComparison.Ordinal))) : "";
        var kind = _kinds.GetOrAdd($"{failure.GetType().FullName} {place}", static _ => new Kind());
        lock (kind)
        {
            var now = time.GetTimestamp();
            silent = kind.Silent;
            if (kind.Written is { } written && time.GetElapsedTime(written, now) < Every)
            {
                kind.Silent++;
                return false;
            }

            (kind.Written, kind.Silent) = (now, 0);
            return true;
        }
    }

    private sealed class Kind
    {
        public long? Written { get; set; }

        public int Silent { get; set; }
    }
}
