using System.Diagnostics;

namespace Notify.Admin.Testing;

/// <summary>Waits for what the program does by itself.</summary>
public static class Eventually
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks again and again until <paramref name="condition"/> holds, and rests as long as it takes to ask.</summary>
    /// <exception cref="TimeoutException">It did not hold within <paramref name="within"/>.</exception>
    public static async Task HoldsAsync(Func<Task<bool>> condition, TimeSpan within)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var asked = watch.Elapsed;
            if (await condition())
            {
                return;
            }

            if (watch.Elapsed > within)
            {
                throw new TimeoutException($"The condition did not hold within {within}.");
            }

            var took = watch.Elapsed - asked;
            await Task.Delay(took > Between ? took : Between, TimeProvider.System);
        }
    }
}
