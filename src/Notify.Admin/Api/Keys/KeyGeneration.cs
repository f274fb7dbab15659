using Notify.Admin.Data;

namespace Notify.Admin.Api;

/// <summary>Advances whenever people or keys change: what was looked up before is then old. Services that change them call
/// <see cref="Advance"/> after their commit, so that this instance forgets at once; others hear from the change feed within about a
/// second.</summary>
internal sealed class KeyGeneration : IDisposable
{
    private readonly ChangeSubscription _subscription;
    private int _current;

    public KeyGeneration(ChangeFeed changes) => _subscription = changes.Subscribe(ChangeAreas.People, () =>
    {
        Advance();
        return Task.CompletedTask;
    });

    public int Current => Volatile.Read(ref _current);

    public void Advance() => Interlocked.Increment(ref _current);

    public void Dispose() => _subscription.Dispose();
}
