using System.Collections.Concurrent;

namespace Notify.Admin.Accounts;

/// <summary>Keeps "last seen" of people fresh to the minute, without a write per request.</summary>
internal sealed class LastSeen(AccountStore accounts, TimeProvider time, ILogger<LastSeen> logger)
{
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, long> _written = new(StringComparer.Ordinal);

    public async Task TouchAsync(string userId, CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        if (_written.TryGetValue(userId, out var before) && time.GetElapsedTime(before, now) < WriteEvery)
        {
            return;
        }

        _written[userId] = now;
        try
        {
            await accounts.TouchAsync(userId, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogDebug("Recording when a person was seen failed: {Reason}", e.GetType().Name);
        }
    }
}
