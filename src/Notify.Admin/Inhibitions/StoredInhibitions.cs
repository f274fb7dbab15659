using Notify.Admin.Channels;
using Notify.Admin.Rules;

namespace Notify.Admin.Inhibitions;

/// <summary>Inhibitions for what decides. Holds them compiled until the configuration changes.</summary>
internal sealed class StoredInhibitions(InhibitionStore store) : IInhibitions, IDisposable
{
    private readonly SemaphoreSlim _loading = new(1, 1);
    private Held _held = new(-1, InhibitionSnapshot.Empty);

    public async ValueTask<InhibitionSnapshot> GetSnapshotAsync(long configurationVersion, CancellationToken cancellationToken)
    {
        if (_held is { } held && held.Version >= configurationVersion)
        {
            return held.Snapshot;
        }

        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (_held.Version < configurationVersion)
            {
                // Rules that cannot be read hold nothing back.
                _held = new Held(configurationVersion, new InhibitionSnapshot((await store.ListAsync(cancellationToken))
                    .Where(stored => stored.IsOn).Select(stored => new InhibitionRules(
                        stored.Id, stored.Name, OwnRuleJson.Read(stored.Problems).Rules, OwnRuleJson.Read(stored.Dependants).Rules,
                        stored.Label.Length == 0 ? null : stored.Label, TimeSpan.FromHours(stored.Hours)))));
            }

            return _held.Snapshot;
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Dispose() => _loading.Dispose();

    private sealed record Held(long Version, InhibitionSnapshot Snapshot);
}
