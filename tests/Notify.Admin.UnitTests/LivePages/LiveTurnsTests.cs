using Notify.Admin.LivePages;

namespace Notify.Admin.UnitTests.LivePages;

/// <summary>All open pages together have a share of the processors, whatever they look at and draw.</summary>
public sealed class LiveTurnsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HandClock _clock = new();
    private readonly LiveTurns _turns;

    public LiveTurnsTests() => _turns = new LiveTurns(_clock);

    public void Dispose() => _turns.Dispose();

    [Fact]
    public async Task AsManyAsThereAreProcessors_WorkAtOnce_AndTheOthersInTurn()
    {
        var goOn = new TaskCompletionSource();
        List<int> begun = [];
        var all = Enumerable.Range(0, 200).Select(page => _turns.TakeAsync(() =>
        {
            lock (begun)
            {
                begun.Add(page);
            }

            return goOn.Task;
        })).ToList();

        begun.ShouldBe(Enumerable.Range(0, Environment.ProcessorCount));
        goOn.SetResult();

        await Task.WhenAll(all).WaitAsync(Patience, TestContext.Current.CancellationToken);
        begun.Count.ShouldBe(200);
    }

    [Fact]
    public async Task ATurn_IsFollowedByARest_AsLongAsItTook()
    {
        var goOn = new TaskCompletionSource();
        var all = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => _turns.TakeAsync(() => goOn.Task)).ToList();
        _clock.Advance(TimeSpan.FromMilliseconds(20));
        goOn.SetResult();
        (await Task.WhenAll(all)).ShouldAllBe(took => took == TimeSpan.FromMilliseconds(20));

        var next = Next();
        _clock.Advance(TimeSpan.FromMilliseconds(19));
        next.ShouldAllBe(turn => !turn.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        await Task.WhenAll(next).WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task WorkThatWaitedLong_StopsTheOthersForASecondOnly()
    {
        await WorkAsync(TimeSpan.FromMinutes(1));

        var next = Next();
        _clock.Advance(TimeSpan.FromSeconds(1));

        await Task.WhenAll(next).WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task WorkThatFails_GivesItsTurnBack()
    {
        for (var i = 0; i < 10 * Environment.ProcessorCount; i++)
        {
            await Should.ThrowAsync<InvalidOperationException>(() => _turns.TakeAsync(() => throw new InvalidOperationException()));
        }
    }

    [Fact]
    public async Task WorkThatHangs_KeepsItsTurnForTenSecondsOnly()
    {
        var never = new TaskCompletionSource();
        var hanging = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => _turns.TakeAsync(() => never.Task)).ToList();

        var next = Next();
        _clock.Advance(TimeSpan.FromSeconds(10));
        next.ShouldAllBe(turn => !turn.IsCompleted, "its rest comes first");
        _clock.Advance(TimeSpan.FromSeconds(1));

        await Task.WhenAll(next).WaitAsync(Patience, TestContext.Current.CancellationToken);
        hanging.ShouldAllBe(turn => !turn.IsCompleted);
        never.SetResult();
        await Task.WhenAll(hanging).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await ATurn_IsFollowedByARest_AsLongAsItTook();
    }

    [Fact]
    public async Task APageThatStandsStill_WhenItsTurnComes_LosesIt()
    {
        var goOn = new TaskCompletionSource();
        var all = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => _turns.TakeAsync(() => goOn.Task)).ToList();
        var page = new StandsStill();
        var waiting = page.Run(() => Enumerable.Range(0, Environment.ProcessorCount)
            .Select(_ => _turns.TakeAsync(() => Task.CompletedTask)).ToList());
        var next = Next();
        goOn.SetResult();
        await Task.WhenAll(all);

        for (var seconds = 0; seconds < 30 && !next.TrueForAll(turn => turn.IsCompleted); seconds++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(Task.WhenAll(next), Task.Delay(100, TestContext.Current.CancellationToken));
        }

        next.ShouldAllBe(turn => turn.IsCompletedSuccessfully);
        waiting.ShouldAllBe(turn => !turn.IsCompleted);
    }

    private async Task WorkAsync(TimeSpan time)
    {
        for (var i = 0; i < Environment.ProcessorCount; i++)
        {
            var took = await _turns.TakeAsync(() =>
            {
                _clock.Advance(time);
                return Task.CompletedTask;
            });
            took.ShouldBe(time);
        }
    }

    private List<Task<TimeSpan>> Next() =>
        [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => _turns.TakeAsync(() => Task.CompletedTask))];

    /// <summary>A page's context in which nothing goes on any more.</summary>
    private sealed class StandsStill : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }

        public T Run<T>(Func<T> work)
        {
            var before = Current;
            SetSynchronizationContext(this);
            try
            {
                return work();
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }
    }
}
