namespace Notify.Admin.Api;

/// <summary>How many bytes of request bodies may be in flight at once, from their first byte until the request is answered: senders whose
/// key is good have an amount of their own, which nobody without one can use up.</summary>
internal sealed class BodyBudget(long known, long anonymous)
{
    // While a body is read, parsed and stored it takes several times its size.
    private const int PartOfMemory = 24;
    private const long Least = 12 * 1024 * 1024;
    private const long Most = 512 * 1024 * 1024;
    private const int PartForAnonymous = 3;

    private long _knownLeft = known;
    private long _anonymousLeft = anonymous;

    /// <param name="memory">What the process may use, in bytes.</param>
    public static BodyBudget ForMemory(long memory)
    {
        var known = Math.Clamp(memory / PartOfMemory, Least, Most);
        return new BodyBudget(known, known / PartForAnonymous);
    }

    /// <summary>A body's share, empty at first.</summary>
    /// <param name="isKnown">Whether the sender's key is good.</param>
    public Share Open(bool isKnown) => new(this, isKnown);

    private bool TryTake(bool isKnown, long bytes)
    {
        ref var left = ref isKnown ? ref _knownLeft : ref _anonymousLeft;
        if (Interlocked.Add(ref left, -bytes) >= 0)
        {
            return true;
        }

        Interlocked.Add(ref left, bytes);
        return false;
    }

    /// <summary>What one body holds of the budget, until the request is answered.</summary>
    internal sealed class Share(BodyBudget budget, bool isKnown) : IDisposable
    {
        private long _held;

        /// <summary>Makes room for so many bytes in all.</summary>
        /// <returns>False when the budget has no room for them.</returns>
        public bool TryHold(long bytes)
        {
            if (bytes <= _held)
            {
                return true;
            }

            if (!budget.TryTake(isKnown, bytes - _held))
            {
                return false;
            }

            _held = bytes;
            return true;
        }

        public void Dispose()
        {
            budget.TryTake(isKnown, -_held);
            _held = 0;
        }
    }
}
