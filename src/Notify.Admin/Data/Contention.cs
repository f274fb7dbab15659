namespace Notify.Admin.Data;

/// <summary>Saves that lose to somebody else's: tried again on what is stored by then, and given up loudly. A change that was not made is
/// never reported as one that was.</summary>
internal static class Contention
{
    /// <summary>How often a change is tried. Each lost try means that somebody else's save went through.</summary>
    public const int MostTries = 20;

    /// <param name="what">The thing that is changed, for whoever reads the failure: <c>chatbot</c>.</param>
    /// <param name="change">Reads what is stored, changes and saves it; false when somebody else's save came between.</param>
    /// <returns>The result of the try that was not lost.</returns>
    /// <exception cref="ContendedException">Every try was lost.</exception>
    public static async Task<T> TryAsync<T>(string what, Func<Task<(bool IsDone, T Result)>> change)
    {
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            try
            {
                if (await change() is (true, var result))
                {
                    return result;
                }
            }
            catch (Exception e) when (StoreErrors.WasGivenUp(e))
            {
                // The victim of a deadlock lost to somebody, too.
            }
        }

        throw new ContendedException(what);
    }
}

/// <summary>Others' saves came first at every try. Nothing was changed.</summary>
public sealed class ContendedException(string what) : Exception($"The {what} is saved by others all the time. Nothing was changed.");
