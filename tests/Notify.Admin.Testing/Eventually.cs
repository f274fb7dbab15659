using System.Diagnostics;

namespace Notify.Admin.Testing;

/// <summary>Waits for what the program does by itself.</summary>
public static class Eventually
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks again and again until <paramref name="condition"/> holds.</summary>
    /// <exception cref="TimeoutException">It did not hold within <paramref name="within"/>.</exception>
    public static async Task HoldsAsync(Func<Task<bool>> condition, TimeSpan within)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > within)
            {
                throw new TimeoutException($"The condition did not hold within {within}.");
            }

            await Task.Delay(Between, TimeProvider.System);
        }
    }
}
