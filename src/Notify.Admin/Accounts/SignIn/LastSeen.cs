using System.Collections.Concurrent;

namespace Notify.Admin.Accounts;

/// <summary>Keeps "last seen" of people and their sessions fresh to the minute, without a write per request.</summary>
internal sealed class LastSeen(SessionStore sessions, TimeProvider time, ILogger<LastSeen> logger)
{
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMinutes(1);

    private const int TrimAbove = 10_000;

    private readonly ConcurrentDictionary<string, long> _written = new(StringComparer.Ordinal);

    public async Task TouchAsync(string sessionId, string userId, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        if (_written.TryGetValue(sessionId, out var before) && time.GetElapsedTime(before, now) < WriteEvery)
        {
            return;
        }

        if (_written.Count >= TrimAbove)
        {
            _written.Clear();
        }

        _written[sessionId] = now;
        try
        {
            await sessions.TouchAsync(sessionId, userId, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // No request fails for this; the next one tries again in a minute.
            logger.LogWarning(e, "Recording when {Person} was seen failed", userId);
        }
    }
}
