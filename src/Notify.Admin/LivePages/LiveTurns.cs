namespace Notify.Admin.LivePages;

/// <summary>The share of the processors that all open pages have together for what they look at and draw by themselves: such work takes
/// turns, and each turn is followed by a rest, so pages are told the later the more of them are open, and events wait for none. What
/// somebody presses takes no turn and waits for none.</summary>
public sealed class LiveTurns(TimeProvider time) : IDisposable
{
    // Half of the time at most, of which much is spent waiting for the store: the rest is for events. Where all processors are busy a turn
    // takes longer, and so does its rest.
    private const int RestPerCost = 1;

    // One look that a locked store keeps waiting must not stop all pages for as long again.
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);

    // What takes longer waits for something: a locked table, a page that stands still. It goes on, and the turn is another's.
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _free = new(Environment.ProcessorCount);

    public void Dispose() => _free.Dispose();

    /// <summary>Waits for a turn, then does <paramref name="work"/>, which must wait for no other turn, in the caller's context.</summary>
    /// <returns>How long the work took.</returns>
    public async Task<TimeSpan> TakeAsync(Func<Task> work)
    {
        using var turn = await BeginAsync();
        var began = time.GetTimestamp();
        await work();
        return time.GetElapsedTime(began);
    }

    // In nobody's context: the turn has begun, and will end, whether or not the caller's goes on.
    private async Task<Turn> BeginAsync()
    {
        await _free.WaitAsync().ConfigureAwait(false);
        return new Turn(this, time);
    }

    // The rest is no longer the page's: it goes on where the page is gone.
    private async Task RestAsync(TimeSpan cost)
    {
        var rest = cost * RestPerCost;
        // A delay counts whole milliseconds: a short one would be none.
        rest = rest > LongestRest ? LongestRest : TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds));
        await Task.Delay(rest, time).ConfigureAwait(false);
        _free.Release();
    }

    private sealed class Turn : IDisposable
    {
        private readonly LiveTurns _turns;
        private readonly TimeProvider _time;
        private readonly long _began;
        private readonly ITimer _longest;
        private int _ended;

        public Turn(LiveTurns turns, TimeProvider time)
        {
            (_turns, _time, _began) = (turns, time, time.GetTimestamp());
            _longest = time.CreateTimer(static turn => ((Turn)turn!).End(), this, LongestTurn, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            _longest.Dispose();
            End();
        }

        private void End()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                _ = _turns.RestAsync(_time.GetElapsedTime(_began));
            }
        }
    }
}
