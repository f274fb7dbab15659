using System.Diagnostics;

namespace Notify.Admin.Data;

/// <summary>A fair queue for something that only one may do at a time. Those that somebody waits for go first; the patient ones still get a
/// third of the time.</summary>
/// <param name="timestamp">As <see cref="Stopwatch.GetTimestamp"/> counts.</param>
internal sealed class WriteTurns(Func<long> timestamp)
{
    /// <summary>So long one waits for its turn before it takes it: then somebody holds his turn and waits for another, or lost it. SQLite's
    /// own lock still keeps them apart.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    // So much the patient ones are owed before one of them is let through while others wait.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(20);

    // However long somebody held his turn: they do not get it back in one piece.
    private static readonly TimeSpan MostOwed = 2 * Slice;

    private readonly Lock _gate = new();
    private readonly Queue<Waiter> _prompt = new();
    private readonly Queue<Waiter> _patient = new();
    // The holder of the turn, who ends it by disposing of it.
    private object? _holder;
    private TimeSpan _owed;

    /// <summary>Whether somebody waits who is not patient.</summary>
    public bool IsAwaited
    {
        get
        {
            lock (_gate)
            {
                return _prompt.Count > 0;
            }
        }
    }

    /// <summary>Waits for the turn. Dispose what is returned to end it.</summary>
    public async ValueTask<IDisposable> EnterAsync(bool isPatient, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_gate)
        {
            if (_holder is null)
            {
                var turn = new Turn(this, isPatient);
                _holder = turn;
                return turn;
            }

            waiter = new Waiter(isPatient);
            (isPatient ? _patient : _prompt).Enqueue(waiter);
        }

        try
        {
            return await waiter.Task.WaitAsync(LongestWait, cancellationToken);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            lock (_gate)
            {
                if (!waiter.TryGiveUp())
                {
                    // The turn came at the same moment as the time-out.
                    if (e is TimeoutException)
                    {
                        return waiter.Task.Result;
                    }

                    waiter.Task.Result.Dispose();
                }
                else if (e is TimeoutException)
                {
                    var turn = new Turn(this, isPatient);
                    _holder = turn;
                    return turn;
                }
            }

            throw;
        }
    }

    private long Timestamp() => timestamp();

    private void Leave(Turn turn)
    {
        lock (_gate)
        {
            if (_holder != turn)
            {
                return;
            }

            if (turn.IsPatient ? _prompt.Count > 0 : _patient.Count > 0)
            {
                var owed = turn.IsPatient ? _owed - turn.Took : _owed + turn.Took / 2;
                _owed = owed < TimeSpan.Zero ? TimeSpan.Zero : owed > MostOwed ? MostOwed : owed;
            }

            _holder = null;
            while (_holder is null && Next() is { } next)
            {
                var given = new Turn(this, next.IsPatient);
                _holder = next.TryGive(given) ? given : null;
            }
        }
    }

    private Waiter? Next()
    {
        if (_prompt.Count > 0 && (_patient.Count == 0 || _owed < Slice))
        {
            return _prompt.Dequeue();
        }

        return _patient.TryDequeue(out var patient) ? patient : null;
    }

    private sealed class Turn(WriteTurns turns, bool isPatient) : IDisposable
    {
        private readonly long _since = turns.Timestamp();
        private int _left;

        public bool IsPatient => isPatient;

        public TimeSpan Took => Stopwatch.GetElapsedTime(_since, turns.Timestamp());

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                turns.Leave(this);
            }
        }
    }

    private sealed class Waiter(bool isPatient)
    {
        private readonly TaskCompletionSource<IDisposable> _given = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsPatient => isPatient;

        public Task<IDisposable> Task => _given.Task;

        public bool TryGive(IDisposable turn) => _given.TrySetResult(turn);

        public bool TryGiveUp() => _given.TrySetCanceled();
    }
}
