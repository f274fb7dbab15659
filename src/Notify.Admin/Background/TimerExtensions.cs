namespace Notify.Admin.Background;

/// <summary>Ticks and pauses for background work.</summary>
internal static class TimerExtensions
{
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for the next tick; false when the program stops. The timer's own method would throw then, and the host would log that
    /// as a failure of the service.</summary>
    public static async Task<bool> TickAsync(this PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Leaves the store to others for four times as long as a batch took.</summary>
    /// <param name="began">The timestamp when the batch began.</param>
    public static Task RestAsync(this TimeProvider time, long began, CancellationToken cancellationToken)
    {
        var rest = time.GetElapsedTime(began) * 4;
        return Task.Delay(rest > ShortestRest ? rest : ShortestRest, time, cancellationToken);
    }
}
