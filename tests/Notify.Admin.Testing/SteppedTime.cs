using System.Collections.Concurrent;

namespace Notify.Admin.Testing;

/// <summary>The system's clock, moved ahead when a test says so, together with every timer made from it: what was to happen within the step
/// happens at once. For waiting out hours of back-off in a moment; <see cref="ShiftedTime"/> is for a clock that is set.</summary>
public sealed class SteppedTime : TimeProvider
{
    private readonly ConcurrentDictionary<SteppedTimer, bool> _timers = new();
    private long _step;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    private TimeSpan Step => TimeSpan.FromTicks(Interlocked.Read(ref _step));

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Step;

    public override long GetTimestamp() => System.GetElapsedTime(0).Ticks + Step.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SteppedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        Interlocked.Add(ref _step, by.Ticks);
        foreach (var timer in _timers.Keys)
        {
            timer.Rearm();
        }
    }

    private sealed class SteppedTimer : ITimer
    {
        private readonly Lock _gate = new();
        private readonly SteppedTime _time;
        private readonly ITimer _real;
        private DateTimeOffset _due = DateTimeOffset.MaxValue;
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public SteppedTimer(SteppedTime time, TimerCallback callback, object? state)
        {
            _time = time;
            _real = System.CreateTimer(
                _ =>
                {
                    Next();
                    callback(state);
                },
                null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            time._timers[this] = true;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_gate)
            {
                _due = dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : _time.GetUtcNow() + dueTime;
                _period = period;
            }

            return Rearm();
        }

        public bool Rearm()
        {
            lock (_gate)
            {
                var left = _due - _time.GetUtcNow();
                return _real.Change(
                    _due == DateTimeOffset.MaxValue ? Timeout.InfiniteTimeSpan : left > TimeSpan.Zero ? left
                    : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }

        public void Dispose()
        {
            _time._timers.TryRemove(this, out _);
            _real.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Next()
        {
            lock (_gate)
            {
                _due = _period == Timeout.InfiniteTimeSpan || _period == TimeSpan.Zero
                    ? DateTimeOffset.MaxValue : _time.GetUtcNow() + _period;
            }

            Rearm();
        }
    }
}
