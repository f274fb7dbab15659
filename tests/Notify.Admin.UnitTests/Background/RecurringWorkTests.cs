using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Notify.Admin.Background;
using Notify.Admin.Testing;

namespace Notify.Admin.UnitTests.Background;

public sealed class RecurringWorkTests : IDisposable
{
    private readonly SteppedTime _time = new();
    private readonly LogCapture _logs = new();
    private readonly WorkRegister _works;

    public RecurringWorkTests() => _works = new WorkRegister(_time);

    public void Dispose() => _logs.Dispose();

    [Theory]
    [InlineData(1, new double[] { 1, 1, 2, 4, 8, 10, 10 })]
    [InlineData(10, new double[] { 10, 5, 10, 10 })]
    [InlineData(900, new double[] { 900, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900 })]
    public void Pause_AfterFailures_DoublesWithinItsBounds(int every, double[] seconds) =>
        Enumerable.Range(0, seconds.Length)
            .Select(failures => new WorkSchedule("test", TimeSpan.FromSeconds(every)).PauseAfter(failures).TotalSeconds)
            .ShouldBe(seconds);

    [Fact]
    public async Task Work_ThatFails_IsTriedAgainAndReported_UntilItWorks()
    {
        using var work = new Work(_works, _time, _logs.CreateLogger("work")) { IsBroken = true };
        await work.StartAsync(CancellationToken.None);
        await RunsAsync(work, 3);

        (await HealthAsync()).Status.ShouldBe(HealthStatus.Healthy);

        await RunsAsync(work, 8);
        (await HealthAsync()).Status.ShouldBe(HealthStatus.Degraded);
        (await HealthAsync()).Description.ShouldBe("failing repeatedly: test");
        _works.All.Single().Trouble!.Code.ShouldBe(nameof(InvalidOperationException));

        // The first, second, fourth and eighth, each with its exception.
        var failures = _logs.Lines.Where(line => line.Contains("Background work test failed", StringComparison.Ordinal)).ToList();
        failures.Take(4).Select(line => line.Split(' ')[0]).ShouldBe(["Warning", "Warning", "Error", "Error"]);
        failures.ShouldAllBe(line => line.Contains("the pipe is broken", StringComparison.Ordinal)
            && line.Contains(nameof(RecurringWorkTests), StringComparison.Ordinal));

        work.IsBroken = false;
        await Eventually.HoldsAsync(() => StepUntilAsync(() => _works.All.Single().Trouble is null), TimeSpan.FromSeconds(20));
        (await HealthAsync()).Status.ShouldBe(HealthStatus.Healthy);
        _logs.Lines.ShouldContain(line => line.Contains("Background work test works again after", StringComparison.Ordinal));
        await work.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Work_ThatIsStopped_HasNotFailed()
    {
        using var work = new Work(_works, _time, _logs.CreateLogger("work")) { Waits = true };
        await work.StartAsync(CancellationToken.None);
        await RunsAsync(work, 1);

        await work.StopAsync(CancellationToken.None);

        _logs.Lines.ShouldAllBe(line => line.StartsWith("Debug", StringComparison.Ordinal));
        work.ExecuteTask!.IsCompletedSuccessfully.ShouldBeTrue();
    }

    private Task RunsAsync(Work work, int count) =>
        Eventually.HoldsAsync(() => StepUntilAsync(() => work.Ended >= count), TimeSpan.FromSeconds(20));

    // A step is longer than any pause of work that is due every second.
    private Task<bool> StepUntilAsync(Func<bool> condition)
    {
        if (condition())
        {
            return Task.FromResult(true);
        }

        _time.Advance(TimeSpan.FromSeconds(10));
        return Task.FromResult(condition());
    }

    private Task<HealthCheckResult> HealthAsync() => new WorkHealthCheck(_works).CheckHealthAsync(new HealthCheckContext());

    private sealed class Work(WorkRegister works, TimeProvider time, ILogger logger)
        : RecurringWork(works, new WorkSchedule("test", TimeSpan.FromSeconds(1)) { AtStart = true }, time, logger)
    {
        private volatile int _ended;

        public bool IsBroken { get; set; }

        public bool Waits { get; set; }

        public int Ended => _ended;

        protected override async Task RunAsync(CancellationToken stopping)
        {
            Interlocked.Increment(ref _ended);
            if (Waits)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping);
            }

            if (IsBroken)
            {
                throw new InvalidOperationException("the pipe is broken");
            }
        }
    }
}
