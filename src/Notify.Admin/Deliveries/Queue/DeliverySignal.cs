namespace Notify.Admin.Deliveries;

/// <summary>Tells this instance's worker that a lane may be due, so that nothing waits for the next poll.</summary>
public sealed class DeliverySignal : IDisposable
{
    private readonly SemaphoreSlim _raised = new(0);
    private int _isRaised;

    /// <summary>Raised twice before anybody waits is raised once.</summary>
    public void Raise()
    {
        if (Interlocked.Exchange(ref _isRaised, 1) == 0)
        {
            _raised.Release();
        }
    }

    public void Dispose() => _raised.Dispose();

    /// <summary>Waits until raised, or for <paramref name="longest"/>.</summary>
    internal async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        if (await _raised.WaitAsync(longest, cancellationToken))
        {
            // What is raised from here on is another signal: the caller has not looked yet, and looks then for nothing at worst.
            Interlocked.Exchange(ref _isRaised, 0);
        }
    }
}
