using Notify.Admin.Deliveries;

namespace Notify.Admin.UnitTests.Deliveries;

public sealed class LatencyTests
{
    [Fact]
    public void Of_Nothing_IsNone() => Latency.Of([]).ShouldBeNull();

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(3, 2, 3)]
    [InlineData(20, 10, 19)]
    [InlineData(100, 50, 95)]
    [InlineData(2000, 1000, 1900)]
    public void Of_SomeTimes_IsTheNearestRank(int count, int median, int high)
    {
        var latency = Latency.Of([.. Enumerable.Range(1, count).Reverse().Select(n => TimeSpan.FromSeconds(n))])!;

        (latency.Median.TotalSeconds, latency.Percentile95.TotalSeconds, latency.Messages).ShouldBe((median, high, count));
    }
}
