namespace Notify.Admin.Data;

/// <summary>Ticks for background work.</summary>
internal static class TimerExtensions
{
    /// <summary>Waits for the next tick; false when the program stops. The timer's own method would throw then, and the host would log that as
    /// a failure of the service.</summary>
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
}
