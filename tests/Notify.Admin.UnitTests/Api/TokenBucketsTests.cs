using Notify.Admin.Api;
using Notify.Admin.Testing;

namespace Notify.Admin.UnitTests.Api;

public class TokenBucketsTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void TryTake_BurstUsedUp_RefusesAndSaysHowLongToWait()
    {
        var buckets = new TokenBuckets(_time);
        for (var call = 0; call < 5; call++)
        {
            buckets.TryTake("a", perSecond: 2, burst: 5, out _).ShouldBeTrue();
        }

        buckets.TryTake("a", 2, 5, out var wait).ShouldBeFalse();
        wait.ShouldBe(TimeSpan.FromSeconds(0.5), TimeSpan.FromMilliseconds(1));
        buckets.TryTake("b", 2, 5, out _).ShouldBeTrue();
    }

    [Fact]
    public void TryTake_AfterTheWait_Succeeds()
    {
        var buckets = new TokenBuckets(_time);
        buckets.TryTake("a", 1, 1, out _).ShouldBeTrue();
        buckets.TryTake("a", 1, 1, out var wait).ShouldBeFalse();

        _time.Advance(wait);

        buckets.TryTake("a", 1, 1, out _).ShouldBeTrue();
    }

    [Fact]
    public void TryTake_LongIdle_HoldsNoMoreThanTheBurst()
    {
        var buckets = new TokenBuckets(_time);
        buckets.TryTake("a", 10, 3, out _);

        _time.Advance(TimeSpan.FromHours(1));

        Enumerable.Range(0, 10).Count(_ => buckets.TryTake("a", 10, 3, out var _)).ShouldBe(3);
    }

    [Fact]
    public void TryTake_RateRaisedMeanwhile_NewRateCounts()
    {
        var buckets = new TokenBuckets(_time);
        buckets.TryTake("a", 1, 1, out _);

        buckets.TryTake("a", 100, 100, out var wait).ShouldBeFalse();

        wait.ShouldBeLessThanOrEqualTo(TimeSpan.FromMilliseconds(10));
    }

    [Fact]
    public void HasToken_AskedOften_TakesNothing()
    {
        var buckets = new TokenBuckets(_time);
        buckets.TryTake("a", 1, 2, out _);

        Enumerable.Range(0, 10).All(_ => buckets.HasToken("a", 1, 2, out var _)).ShouldBeTrue();
        buckets.TryTake("a", 1, 2, out _).ShouldBeTrue();
        buckets.HasToken("a", 1, 2, out _).ShouldBeFalse();
    }

    [Fact]
    public void TryTake_ManyNames_ForgetsIdleOnesFirst()
    {
        var buckets = new TokenBuckets(_time);
        buckets.TryTake("busy", 0.001, 1, out _);
        for (var name = 0; name < 60_000; name++)
        {
            buckets.TryTake($"n{name}", 1000, 1000, out _);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        buckets.TryTake("busy", 0.001, 1, out _).ShouldBeFalse();
    }
}
