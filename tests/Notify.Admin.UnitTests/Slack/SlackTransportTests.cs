namespace Notify.Admin.UnitTests.Slack;

/// <summary>Calls that get no answer.</summary>
public class SlackTransportTests
{
    private const string Token = "xoxb-1111-2222-canary";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, bool> Troubles => new()
    {
        { nameof(HttpRequestError.NameResolutionError), "connection_failed", false },
        { nameof(HttpRequestError.ConnectionError), "connection_failed", false },
        { nameof(HttpRequestError.SecureConnectionError), "connection_failed", false },
        { nameof(HttpRequestError.ProxyTunnelError), "connection_failed", false },
        { nameof(HttpRequestError.ResponseEnded), "connection_reset", true },
        { nameof(HttpRequestError.HttpProtocolError), "connection_reset", true },
        { nameof(HttpRequestError.Unknown), "connection_reset", true },
        { nameof(HttpRequestError.InvalidResponse), "unreadable_answer", true },
        { nameof(HttpRequestError.ConfigurationLimitExceeded), "unreadable_answer", true },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Call_TransportTrouble_IsAValue(string error, string code, bool outcomeUnknown)
    {
        var slack = PretendSlack.Throwing(new HttpRequestException(Enum.Parse<HttpRequestError>(error), "broken near " + Token));

        var answer = await slack.Client().PostMessageAsync(Token, "{}", Cancellation);

        answer.Code.ShouldBe(code);
        answer.OutcomeUnknown.ShouldBe(outcomeUnknown);
        answer.StatusCode.ShouldBeNull();
        answer.Detail.ShouldBe("broken near ***");
    }

    [Fact]
    public async Task Call_Timeout_IsAValueWithUnknownOutcome()
    {
        var slack = new PretendSlack(async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException();
        });

        var answer = await slack.Client(TimeSpan.FromMilliseconds(50)).PostMessageAsync(Token, "{}", Cancellation);

        answer.Code.ShouldBe("timeout");
        answer.OutcomeUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task Call_ConnectTimeoutOfTheHandler_IsAFailedConnection()
    {
        var slack = PretendSlack.Throwing(new TaskCanceledException("cancelled", new TimeoutException("no connection in time")));

        var answer = await slack.Client().PostMessageAsync(Token, "{}", Cancellation);

        answer.Code.ShouldBe("connection_failed");
        answer.OutcomeUnknown.ShouldBeFalse();
        answer.Detail.ShouldBe("no connection in time");
    }

    [Fact]
    public async Task Call_CallersCancellation_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        var slack = new PretendSlack(async (_, cancellationToken) =>
        {
            await cancellation.CancelAsync();
            throw new HttpRequestException("aborted");
        });

        await Should.ThrowAsync<OperationCanceledException>(() => slack.Client().PostMessageAsync(Token, "{}", cancellation.Token));
    }
}
