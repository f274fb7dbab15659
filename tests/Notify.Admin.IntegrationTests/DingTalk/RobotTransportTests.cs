using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Notify.Admin.Channels;
using Notify.Admin.DingTalk;

namespace Notify.Admin.IntegrationTests.DingTalk;

/// <summary>The registered client over real connections.</summary>
public sealed class RobotTransportTests : IDisposable
{
    private const string Token = "canary0123456789abcdef0123456789abcdef";

    private readonly RecordingLoggers _log = new();
    private ServiceProvider? _services;

    public void Dispose() => _services?.Dispose();

    [Fact]
    public async Task Send_Accepted_PostsOnceAndLogsNoAddress()
    {
        await using var server = new RawServer(RawServer.Json("""{"errcode":0,"errmsg":"ok"}"""));

        var result = await SendAsync("localhost", server.Port);

        result.Accepted.ShouldBeTrue();
        server.Requests.ShouldHaveSingleItem().ShouldStartWith($"POST /robot/send?access_token={Token} HTTP/1.1");
        _log.Lines.ShouldNotContain(line => line.Contains(Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Send_Redirect_IsNotFollowed()
    {
        await using var target = new RawServer(RawServer.Json("""{"errcode":0}"""));
        await using var server = new RawServer(
            $"HTTP/1.1 307 Temporary Redirect\r\nLocation: http://localhost:{target.Port}/robot/send\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        var result = await SendAsync("localhost", server.Port);

        result.Code.ShouldBe("http_307");
        target.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_NobodyListens_IsConnectionFailed()
    {
        int port;
        await using (var server = new RawServer("x"))
        {
            port = server.Port;
        }

        var result = await SendAsync("127.0.0.1", port);

        result.Code.ShouldBe("connection_failed");
        result.OutcomeUnknown.ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"errcode\":0}")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nd\r\n{\"errcode\":0}\r\n")]
    public async Task Send_AnswerBreaksOff_HasUnknownOutcomeAndIsNotRepeated(string answer)
    {
        await using var server = new RawServer(answer);

        var result = await SendAsync("localhost", server.Port);

        result.Code.ShouldBe("connection_lost");
        result.OutcomeUnknown.ShouldBeTrue();
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Send_ConnectionReset_HasUnknownOutcome()
    {
        await using var server = new RawServer((socket, _) =>
        {
            socket.LingerState = new LingerOption(true, 0);
            return Task.CompletedTask;
        });

        var result = await SendAsync("localhost", server.Port);

        result.Code.ShouldBe("connection_lost");
        result.OutcomeUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task Send_NotHttp_IsUnreadable()
    {
        await using var server = new RawServer("SSH-2.0-OpenSSH_9.2\r\n\r\n");

        var result = await SendAsync("localhost", server.Port);

        result.Code.ShouldBe("unreadable_answer");
        result.OutcomeUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task Send_SlowDrip_TimesOut()
    {
        await using var server = new RawServer(async (socket, token) =>
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"), token);
            using var drip = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (await drip.WaitForNextTickAsync(token))
            {
                await socket.SendAsync(" "u8.ToArray(), token);
            }
        });

        var result = await SendAsync("localhost", server.Port, TimeSpan.FromSeconds(1));

        result.Code.ShouldBe("timeout");
        result.OutcomeUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task Send_EndlessHeaders_IsUnreadable()
    {
        await using var server = new RawServer("HTTP/1.1 200 OK\r\nX: " + new string('x', 100_000) + "\r\n\r\n");

        (await SendAsync("localhost", server.Port)).Code.ShouldBe("unreadable_answer");
    }

    private async Task<SendResult> SendAsync(string host, int port, TimeSpan? timeout = null)
    {
        var address = $"http://{host}:{port}/robot/send";
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("DingTalk:AllowedWebhooks:0", address)]).Build();
        _services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log))
            .AddSingleton(TimeProvider.System)
            .AddDingTalk(configuration)
            .BuildServiceProvider();
        var client = _services.GetRequiredService<DingTalkRobotClient>();
        client.Timeout = timeout ?? TimeSpan.FromSeconds(30);
        var sender = new DingTalkSender(client, _services.GetRequiredService<WebhookAllowList>(), TimeProvider.System);
        var robot = new RobotCredentials(new WebhookUrl(new Uri(address), Token), RobotSecurityMode.Keyword, null);
        return await sender.SendAsync(robot, "{}", TestContext.Current.CancellationToken);
    }

    private sealed class RecordingLoggers : ILoggerProvider, ILogger
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_lines)
                {
                    return [.. _lines];
                }
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Add(state.ToString());
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
            string> formatter) =>
            Add(formatter(state, exception) + exception);

        public void Dispose()
        {
        }

        private void Add(string? line)
        {
            lock (_lines)
            {
                _lines.Add(line ?? string.Empty);
            }
        }
    }
}
