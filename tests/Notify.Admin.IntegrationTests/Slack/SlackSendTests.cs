using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Notify.Admin.Channels;
using Notify.Admin.Slack;

namespace Notify.Admin.IntegrationTests.Slack;

/// <summary>The registered client, with its real handler, against a server that misbehaves.</summary>
public class SlackSendTests
{
    private const string Token = "xoxb-1111-canary";
    private const string Body = """{"channel":"C1","text":"hello"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SendAsync_Accepted_SendsTheTokenInTheHeaderOnly()
    {
        await using var server = LoopbackServer.Answering(Http("200 OK", """{"ok":true,"channel":"C1","ts":"1.000200"}"""));

        var result = await SendAsync(server.Url);

        result.Accepted.ShouldBeTrue();
        result.VendorMessageId.ShouldBe("1.000200");
        result.Duration.ShouldBeGreaterThan(TimeSpan.Zero);
        var request = server.Requests.ShouldHaveSingleItem();
        request.ShouldStartWith("POST /api/chat.postMessage HTTP/1.1\r\n");
        request.ShouldContain("Authorization: Bearer " + Token);
        request.ShouldContain("Content-Type: application/json; charset=utf-8");
        request.ShouldEndWith("\r\n\r\n" + Body);
        request.Split("canary").Length.ShouldBe(2);
    }

    [Fact]
    public async Task SendAsync_BaseAddressWithoutSlash_ReachesTheSamePath()
    {
        await using var server = LoopbackServer.Answering(Http("200 OK", """{"ok":true}"""));

        (await SendAsync(server.Url.TrimEnd('/'))).Accepted.ShouldBeTrue();

        server.Requests[0].ShouldStartWith("POST /api/chat.postMessage ");
    }

    [Fact]
    public async Task SendAsync_Compressed_IsRead()
    {
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write("""{"ok":true,"ts":"1.2"}"""u8);
        }

        byte[] answer = [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {compressed.Length}\r\n\r\n"), .. compressed.ToArray()];
        await using var server = LoopbackServer.Answering(answer);

        (await SendAsync(server.Url)).VendorMessageId.ShouldBe("1.2");
    }

    [Fact]
    public async Task SendAsync_BrokenCompression_IsUnreadable()
    {
        await using var server = LoopbackServer.Answering("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\nnot gzip");

        var result = await SendAsync(server.Url);

        result.Code.ShouldBe("unreadable_answer");
        result.OutcomeUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task SendAsync_BombOfZeros_IsCutOff()
    {
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 64; i++)
            {
                gzip.Write(zeros);
            }
        }

        byte[] answer = [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {compressed.Length}\r\n\r\n"), .. compressed.ToArray()];
        await using var server = LoopbackServer.Answering(answer);

        (await SendAsync(server.Url)).Code.ShouldBe("unreadable_answer");
    }

    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task SendAsync_Redirect_IsNotFollowed(string status)
    {
        await using var other = LoopbackServer.Answering(Http("200 OK", """{"ok":true}"""));
        await using var server =
            LoopbackServer.Answering($"HTTP/1.1 {status}\r\nLocation: {other.Url}chat.postMessage\r\nContent-Length: 0\r\n\r\n");

        var result = await SendAsync(server.Url);

        result.Code.ShouldBe("http_" + status[..3]);
        result.Failure.ShouldBe(FailureKind.Transient);
        result.CodeIsKnown.ShouldBeFalse();
        other.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task SendAsync_TooManyRequests_CarriesTheWait()
    {
        await using var server = LoopbackServer.Answering("HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n");

        var result = await SendAsync(server.Url);

        result.Code.ShouldBe("ratelimited");
        result.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
        result.OutcomeUnknown.ShouldBeFalse();
    }

    [Fact]
    public async Task SendAsync_NobodyListens_IsAFailedConnection()
    {
        string url;
        await using (var server = LoopbackServer.Answering(""))
        {
            url = server.Url;
        }

        var result = await SendAsync(url);

        result.Code.ShouldBe("connection_failed");
        result.Failure.ShouldBe(FailureKind.Transient);
        result.OutcomeUnknown.ShouldBeFalse();
    }

    [Fact]
    public async Task SendAsync_ServerWithoutTls_IsAFailedConnection()
    {
        await using var server = LoopbackServer.Answering("HTTP/1.1 400 Bad Request\r\n\r\n");

        var result = await SendAsync(server.Url.Replace("http:", "https:", StringComparison.Ordinal));

        result.Code.ShouldBe("connection_failed");
        result.OutcomeUnknown.ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"ok\":true,")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"ok\"\r\n")]
    public async Task SendAsync_ConnectionClosedTooEarly_LeavesTheOutcomeUnknown(string answer)
    {
        await using var server = LoopbackServer.Answering(answer);

        var result = await SendAsync(server.Url);

        result.Code.ShouldBe("connection_reset");
        result.OutcomeUnknown.ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"ok\":true,")]
    public async Task SendAsync_ConnectionReset_LeavesTheOutcomeUnknown(string answer)
    {
        await using var server = new LoopbackServer(async (stream, socket, cancellationToken) =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), cancellationToken);
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        });

        var result = await SendAsync(server.Url);

        result.Code.ShouldBe("connection_reset");
        result.OutcomeUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task SendAsync_NotHttp_IsUnreadable()
    {
        await using var server = LoopbackServer.Answering("220 mail.example.com ESMTP\r\n\r\n");

        var result = await SendAsync(server.Url);

        result.Code.ShouldBeOneOf("unreadable_answer", "connection_reset");
        result.OutcomeUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task SendAsync_AnswerThatDripsForever_TimesOut()
    {
        await using var server = new LoopbackServer(async (stream, _, cancellationToken) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"u8.ToArray(), cancellationToken);
            using var drip = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (await drip.WaitForNextTickAsync(cancellationToken))
            {
                await stream.WriteAsync("x"u8.ToArray(), cancellationToken);
            }
        });

        var result = await SendAsync(server.Url, timeout: "00:00:00.300");

        result.Code.ShouldBe("timeout");
        result.OutcomeUnknown.ShouldBeTrue();
    }

    [Fact]
    public async Task Calls_AtTheMostVerboseLevel_LogNoQueryHeaderOrBody()
    {
        await using var server = LoopbackServer.Answering(Http("200 OK", """{"ok":false,"error":"users_not_found"}"""));
        using var logs = new CapturedLogs();
        await using var services = Services(server.Url, null, logs);
        var client = services.GetRequiredService<SlackClient>();

        await client.FindUserByEmailAsync(Token, "secret-person@example.com", Cancellation);

        logs.Text.ShouldNotContain("canary");
        logs.Text.ShouldNotContain("secret-person");
    }

    [Theory]
    [InlineData("Slack:ApiUrl", "slack.com", "Slack:ApiUrl is 'slack.com'")]
    [InlineData("Slack:Timeout", "00:00:00", "Slack:Timeout is '00:00:00'")]
    public void AddSlack_BadSetting_NamesItAtStart(string key, string value, string message)
    {
        using var services = Services("https://slack.com/api/", null, null, KeyValuePair.Create<string, string?>(key, value));

        var exception = Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        exception.Message.ShouldContain(message);
    }

    private static string Http(string status, string body) =>
        $"HTTP/1.1 {status}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    private static async Task<SendResult> SendAsync(string apiUrl, string? timeout = null)
    {
        await using var services = Services(apiUrl, timeout);
        return await services.GetRequiredService<SlackSender>().SendAsync(Token, new ComposedMessage(Body, "", []), Cancellation);
    }

    private static ServiceProvider Services(string apiUrl, string? timeout, ILoggerProvider? logs = null, params KeyValuePair<string,
        string?>[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Slack:ApiUrl", apiUrl), new("Slack:Timeout", timeout ?? "00:00:10")])
            .AddInMemoryCollection(settings)
            .Build();
        return new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs ?? new CapturedLogs()))
            .AddSlack(configuration)
            .BuildServiceProvider(validateScopes: true);
    }

    private sealed class CapturedLogs : ILoggerProvider, ILogger
    {
        private readonly StringBuilder _text = new();

        public string Text
        {
            get
            {
                lock (_text)
                {
                    return _text.ToString();
                }
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lock (_text)
            {
                _text.AppendLine(state.ToString());
            }

            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
            string> formatter)
        {
            lock (_text)
            {
                _text.AppendLine(formatter(state, exception)).AppendLine(exception?.ToString());
            }
        }

        public void Dispose()
        {
        }
    }
}
