using Notify.Admin.Data;
using System.Collections.Concurrent;

namespace Notify.Admin.Api;

/// <summary>Writes when keys were last used, in batches: a row update per call would cost more than the call. Also clears old nonces
/// away.</summary>
internal sealed class KeyUse(IKeyDirectory directory, TimeProvider time, ILogger<KeyUse> logger) : BackgroundService
{
    private static readonly TimeSpan SaveEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ClearEvery = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<int, DateTimeOffset> _apiKeys = new();
    private readonly ConcurrentDictionary<int, DateTimeOffset> _accessKeys = new();

    public void MarkApiKey(int id) => _apiKeys[id] = time.GetUtcNow();

    public void MarkAccessKey(int id) => _accessKeys[id] = time.GetUtcNow();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TrySaveAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SaveEvery, time);
        var cleared = time.GetTimestamp();
        while (await timer.TickAsync(stoppingToken))
        {
            await TrySaveAsync(stoppingToken);
            if (time.GetElapsedTime(cleared) >= ClearEvery)
            {
                cleared = time.GetTimestamp();
                await TryAsync(() => directory.RemoveOldNoncesAsync(stoppingToken));
            }
        }
    }

    private async Task TrySaveAsync(CancellationToken cancellationToken)
    {
        var apiKeys = Drain(_apiKeys);
        var accessKeys = Drain(_accessKeys);
        if (apiKeys.Count + accessKeys.Count > 0)
        {
            await TryAsync(() => directory.SaveLastUsedAsync(apiKeys, accessKeys, cancellationToken));
        }
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The store is away; a lost "last used" does no harm.
            logger.LogDebug("Housekeeping of keys failed: {Reason}", e.GetType().Name);
        }
    }

    private static Dictionary<int, DateTimeOffset> Drain(ConcurrentDictionary<int, DateTimeOffset> marks)
    {
        var drained = new Dictionary<int, DateTimeOffset>();
        foreach (var id in marks.Keys)
        {
            if (marks.TryRemove(id, out var at))
            {
                drained[id] = at;
            }
        }

        return drained;
    }
}
