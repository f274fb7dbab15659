using System.Collections.Concurrent;
using Notify.Admin.Background;

namespace Notify.Admin.Api;

/// <summary>Writes when keys were last used, in batches: a row update per call would cost more than the call. Also clears old nonces
/// away.</summary>
internal sealed class KeyUse(IKeyDirectory directory, WorkRegister works, TimeProvider time, ILogger<KeyUse> logger)
    : RecurringWork(works, Schedule, time, logger)
{
    private static readonly WorkSchedule Schedule = new("key-use", TimeSpan.FromMinutes(1));
    private static readonly TimeSpan ClearEvery = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<int, DateTimeOffset> _apiKeys = new();
    private readonly ConcurrentDictionary<int, DateTimeOffset> _accessKeys = new();
    private long _cleared = time.GetTimestamp();

    public void MarkApiKey(int id) => _apiKeys[id] = Time.GetUtcNow();

    public void MarkAccessKey(int id) => _accessKeys[id] = Time.GetUtcNow();

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryAsync(SaveAsync, cancellationToken);
    }

    protected override async Task RunAsync(CancellationToken stopping)
    {
        await SaveAsync(stopping);
        if (Time.GetElapsedTime(_cleared) >= ClearEvery)
        {
            await directory.RemoveOldNoncesAsync(stopping);
            _cleared = Time.GetTimestamp();
        }
    }

    // Times of use that are lost while the store is away do no harm.
    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        var apiKeys = Drain(_apiKeys);
        var accessKeys = Drain(_accessKeys);
        if (apiKeys.Count + accessKeys.Count > 0)
        {
            await directory.SaveLastUsedAsync(apiKeys, accessKeys, cancellationToken);
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
