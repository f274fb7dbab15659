using Microsoft.Extensions.Logging.Abstractions;
using Notify.Admin.Background;
using Notify.Admin.Data;
using Notify.Admin.Testing;

namespace Notify.Admin.UnitTests.Data;

/// <summary>How often whoever follows changes is called.</summary>
public sealed class ChangeSubscriptionTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HandClock _clock = new();
    private readonly ChangeFeed _feed;
    private int _stored;
    private int _seen;
    private int _calls;

    public ChangeSubscriptionTests() =>
        _feed = new ChangeFeed(null!, new WorkRegister(_clock), _clock, NullLogger<ChangeFeed>.Instance);

    public void Dispose() => _feed.Dispose();

    [Fact]
    public async Task AThousandChangesInASecond_AreTwoCalls_AndTheLastIsSeen()
    {
        using var subscription = _feed.Subscribe([ChangeAreas.Events, ChangeAreas.Deliveries], ReadAsync);

        for (var i = 1; i < 1000; i++)
        {
            Change(i % 2 == 0 ? ChangeAreas.Events : ChangeAreas.Deliveries);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            await SettleAsync(i % 100 == 0);
        }

        _calls.ShouldBeLessThanOrEqualTo(2);
        await SeenAsync();
        _calls.ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task AFirstChange_IsSeenAtOnce()
    {
        using var subscription = _feed.Subscribe(ChangeAreas.Events, ReadAsync);

        Change(ChangeAreas.Events);

        await Eventually.HoldsAsync(() => Task.FromResult(_seen == 1), Patience);
    }

    [Fact]
    public async Task OtherAreas_CallNobody()
    {
        using var subscription = _feed.Subscribe([ChangeAreas.Events, ChangeAreas.Deliveries], ReadAsync);

        Change(ChangeAreas.Pauses);
        await SettleAsync(true);

        _calls.ShouldBe(0);
    }

    [Fact]
    public async Task Paused_IsCalledOnceForAllItMissed_WhenItGoesOn()
    {
        using var subscription = _feed.Subscribe(ChangeAreas.Events, ReadAsync);
        subscription.Pause();

        for (var i = 0; i < 100; i++)
        {
            Change(ChangeAreas.Events);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        await SettleAsync(true);
        _calls.ShouldBe(0);
        subscription.Resume();
        await SeenAsync();
        _calls.ShouldBe(1);
    }

    [Fact]
    public async Task ResumedWithoutAChange_CallsNobody()
    {
        using var subscription = _feed.Subscribe(ChangeAreas.Events, ReadAsync);

        subscription.Pause();
        subscription.Resume();
        await SettleAsync(true);

        _calls.ShouldBe(0);
    }

    private void Change(string area)
    {
        Interlocked.Increment(ref _stored);
        _feed.Announce(area);
    }

    private Task ReadAsync()
    {
        Interlocked.Increment(ref _calls);
        Volatile.Write(ref _seen, Volatile.Read(ref _stored));
        return Task.CompletedTask;
    }

    private async Task SeenAsync() => await Eventually.HoldsAsync(
        () =>
        {
            _clock.Advance(ChangeSubscription.LeastBetweenCalls);
            return Task.FromResult(_seen == _stored);
        },
        Patience);

    // Whoever would be called is called by now: the pool runs what came before.
    private static async Task SettleAsync(bool isLong)
    {
        for (var i = 0; i < (isLong ? 100 : 1); i++)
        {
            await Task.Run(() => Thread.Yield(), TestContext.Current.CancellationToken);
        }
    }
}
