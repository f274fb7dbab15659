using System.Net;
using Microsoft.Extensions.Options;
using Notify.Admin.FunctionAccess;
using Notify.Admin.UnitTests.Slack;

namespace Notify.Admin.UnitTests.FunctionAccess;

/// <summary>How long calls wait where Slack asks for it.</summary>
public sealed class AccessPaceTests
{
    private const string Method = FunctionPermissionsClient.ListMethod;
    private static readonly FixedOptions Options = new();

    private readonly HandClock _clock = new();

    [Fact]
    public void Block_ByALaterAnswerForLess_KeepsTheLaterTime()
    {
        var pace = new AccessPace(Options, _clock);
        var now = _clock.GetUtcNow();

        pace.Block(1, Method, now.AddMinutes(5));
        pace.Block(1, Method, now.AddSeconds(2));

        pace.Reserve(1, Method).ShouldBe(now.AddMinutes(5));
        _clock.Advance(TimeSpan.FromMinutes(6));
        pace.Block(1, Method, now.AddMinutes(7));
        pace.Reserve(1, Method).ShouldBe(now.AddMinutes(7));
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, "5")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "30")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "120")]
    [InlineData(HttpStatusCode.TooManyRequests, "120")]
    public async Task Call_AskedToComeLater_WaitsNoLessThanThat(HttpStatusCode status, string retryAfter)
    {
        var slack = PretendSlack.Answering("", status, headers: ("Retry-After", retryAfter));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var waiting = new TaskCompletionSource<DateTimeOffset>();
        AccessJob? job = null;
        job = new AccessJob
        {
            WorkspaceId = 1, Function = new FunctionName("Fn0REPORT01", null, null), Wanted = AccessList.Of(PermissionTypes.NamedEntities),
            TokenAsync = _ => Task.FromResult<(string?, string?)>(("xoxe.xoxp-1", null)),
            SaveAsync = _ =>
            {
                if (job!.WaitingUntil is { } until)
                {
                    waiting.TrySetResult(until);
                }

                return Task.CompletedTask;
            },
        };
        var caller = new AccessCaller(new FunctionPermissionsClient(slack.Client()), new AccessPace(Options, _clock), Options, _clock);

        var call = caller.CallAsync(job, null, ended.Token);

        (await waiting.Task.WaitAsync(TimeSpan.FromSeconds(30), ended.Token))
            .ShouldBe(_clock.GetUtcNow() + TimeSpan.FromSeconds(int.Parse(retryAfter, System.Globalization.CultureInfo.InvariantCulture)));
        slack.Requests.Count.ShouldBe(1);
        await ended.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(call);
    }

    private sealed class FixedOptions : IOptionsMonitor<FunctionAccessOptions>
    {
        public FunctionAccessOptions CurrentValue { get; } = new();

        public FunctionAccessOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<FunctionAccessOptions, string?> listener) => null;
    }
}
