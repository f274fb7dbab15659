namespace Notify.Sandbox;

/// <summary>
/// What happened, in order, with a number each. Keeps the newest entries up to its capacity; the numbering goes on for ever, also
/// through <see cref="Clear"/>, so that a reader who asks "what came after number n" is never misled.
/// </summary>
public sealed class Journal<T> where T : class
{
    private readonly Lock _gate = new();
    private readonly Queue<T> _kept = new();
    private readonly List<Waiter> _waiters = [];
    private readonly int _capacity;
    private long _last;

    internal Journal(int capacity) => _capacity = capacity;

    /// <summary>An entry was added. Called on the thread of the request that added it, which waits; several may come at once.</summary>
    public event Action<T>? Added;

    /// <summary>What is kept, oldest first.</summary>
    public IReadOnlyList<T> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _kept];
            }
        }
    }

    /// <summary>The number of the newest entry, whether or not it is still kept; 0 before the first.</summary>
    public long LastIndex
    {
        get
        {
            lock (_gate)
            {
                return _last;
            }
        }
    }

    /// <summary>Forgets what is kept. The numbering and those who wait go on.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _kept.Clear();
        }
    }

    /// <summary>Waits until <paramref name="count"/> entries (those kept already included) satisfy <paramref name="where"/>, and returns
    /// them.</summary>
    /// <exception cref="TimeoutException">Fewer came in time.</exception>
    public async Task<IReadOnlyList<T>> WaitAsync(
        int count, TimeSpan timeout, Func<T, bool>? where = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var waiter = new Waiter(count, where ?? (_ => true));
        lock (_gate)
        {
            foreach (var entry in _kept)
            {
                waiter.Offer(entry);
            }

            if (!waiter.IsDone)
            {
                _waiters.Add(waiter);
            }
        }

        try
        {
            return await waiter.Task.WaitAsync(timeout, cancellationToken);
        }
        catch (TimeoutException)
        {
            lock (_gate)
            {
                throw new TimeoutException(
                    $"Expected {count} matching entries within {timeout.TotalSeconds:0.###} s; {waiter.Found} came, of {_kept.Count} kept and {_last} in all.");
            }
        }
        finally
        {
            lock (_gate)
            {
                _waiters.Remove(waiter);
            }
        }
    }

    /// <summary>Adds what <paramref name="create"/> makes of the next number.</summary>
    internal T Append(Func<long, T> create)
    {
        T entry;
        lock (_gate)
        {
            entry = create(++_last);
            _kept.Enqueue(entry);
            if (_kept.Count > _capacity)
            {
                _kept.Dequeue();
            }

            for (var i = _waiters.Count - 1; i >= 0; i--)
            {
                _waiters[i].Offer(entry);
                if (_waiters[i].IsDone)
                {
                    _waiters.RemoveAt(i);
                }
            }
        }

        Added?.Invoke(entry);
        return entry;
    }

    private sealed class Waiter(int count, Func<T, bool> where)
    {
        private readonly TaskCompletionSource<IReadOnlyList<T>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<T> _found = [];

        public Task<IReadOnlyList<T>> Task => _done.Task;
        public bool IsDone => _done.Task.IsCompleted;
        public int Found => _found.Count;

        public void Offer(T entry)
        {
            if (IsDone)
            {
                return;
            }

            try
            {
                if (where(entry))
                {
                    _found.Add(entry);
                }
            }
            catch (Exception problem)
            {
                // The predicate is the caller's: its error belongs to whoever waits, not to the request that is being served.
                _done.TrySetException(problem);
                return;
            }

            if (_found.Count == count)
            {
                _done.TrySetResult([.. _found]);
            }
        }
    }
}
