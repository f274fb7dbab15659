namespace Notify.Admin.Deliveries;

/// <summary>Tells this instance's worker that a lane may be due, so that nothing waits for the next poll.</summary>
public sealed class DeliverySignal : IDisposable
{
    private readonly SemaphoreSlim _raised = new(0, 1);

    public void Raise()
    {
        try
        {
            _raised.Release();
        }
        catch (SemaphoreFullException)
        {
            // The signal is raised already.
        }
    }

    public void Dispose() => _raised.Dispose();

    /// <summary>Waits until raised, or for <paramref name="longest"/>.</summary>
    internal Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken) => _raised.WaitAsync(longest, cancellationToken);
}
