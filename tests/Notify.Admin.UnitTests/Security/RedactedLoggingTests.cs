using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.UnitTests.Security;

public sealed class RedactedLoggingTests : IDisposable
{
    private static readonly string[] Secrets =
        ["0a1b2c3d4e5f6071", "hunter2-is-long", "xoxb-17-canary", "SECabcdefghijklmnopqrstuvwxyz012345"];

    private readonly LogCapture _logs = new();
    private readonly ValueCapture _values = new();
    private readonly ServiceProvider _services;

    public RedactedLoggingTests() => _services = new ServiceCollection()
        .AddLogging(logging => logging.AddProvider(_logs).AddProvider(_values))
        .AddRedactedLogging()
        .BuildServiceProvider();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Exception_WithSecretsAtAnyDepth_IsLoggedWithoutThem()
    {
        var exception = Thrown(() => throw new InvalidOperationException(
            $"Posting to https://oapi.dingtalk.com/robot/send?access_token={Secrets[0]} failed",
            new AggregateException(
                new ArgumentException($"Host=db;Username=notify;Password={Secrets[1]};Port=5432"),
                new HttpRequestException($"Authorization: Bearer {Secrets[2]}; secret {Secrets[3]}"))));

        Logger().LogError(exception, "Sending {Message} to channel {Channel} failed", 17, "C0ALERTS01");

        var line = _logs.Lines.ShouldHaveSingleItem();
        Secrets.ShouldAllBe(secret => !line.Contains(secret, StringComparison.Ordinal));
        line.ShouldContain("Sending 17 to channel C0ALERTS01 failed");
        line.ShouldContain("System.InvalidOperationException: Posting to https://oapi.dingtalk.com/robot/send?access_token=*** failed");
        line.ShouldContain("System.ArgumentException");
        line.ShouldContain(nameof(Exception_WithSecretsAtAnyDepth_IsLoggedWithoutThem));
    }

    [Fact]
    public void Values_WithSecrets_AreRedactedForSinksThatWriteThem()
    {
        var address = new Uri($"https://oapi.dingtalk.com/robot/send?access_token={Secrets[0]}");
        Logger().LogWarning("Posting to {Address} took {Milliseconds} ms", address, 12);

        _values.Values.ShouldContain(KeyValuePair.Create("Milliseconds", (object?)12));
        _values.Values.ShouldContain(
            KeyValuePair.Create("Address", (object?)"https://oapi.dingtalk.com/robot/send?access_token=***"));
        _logs.Lines.ShouldHaveSingleItem().ShouldNotContain(Secrets[0]);
    }

    [Fact]
    public void Scopes_WithSecrets_AreRedactedForSinksThatWriteThem()
    {
        var address = $"https://oapi.dingtalk.com/robot/send?access_token={Secrets[0]}";
        using var first = Logger().BeginScope("Posting to {Address} for {Channel}", address, 17);
        using var second = Logger().BeginScope(new Dictionary<string, object?> { ["Address"] = address });

        _values.Scopes.Count.ShouldBe(2);
        _values.Scopes.ShouldAllBe(scope => !$"{scope}".Contains(Secrets[0], StringComparison.Ordinal));
        $"{_values.Scopes.First()}".ShouldBe("Posting to https://oapi.dingtalk.com/robot/send?access_token=*** for 17");
        foreach (var scope in _values.Scopes)
        {
            scope.ShouldBeAssignableTo<IEnumerable<KeyValuePair<string, object?>>>()!.ShouldContain(
                KeyValuePair.Create("Address", (object?)"https://oapi.dingtalk.com/robot/send?access_token=***"));
        }
    }

    private ILogger<RedactedLoggingTests> Logger() => _services.GetRequiredService<ILogger<RedactedLoggingTests>>();

    private static InvalidOperationException Thrown(Action action)
    {
        try
        {
            action();
        }
        catch (InvalidOperationException e)
        {
            return e;
        }

        throw new InvalidOperationException("Nothing was thrown.");
    }

    // As a sink does that writes JSON.
    private sealed class ValueCapture : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<KeyValuePair<string, object?>> Values { get; } = new();

        public ConcurrentQueue<object> Scopes { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Scopes.Enqueue(state);
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            foreach (var value in state as IEnumerable<KeyValuePair<string, object?>> ?? [])
            {
                Values.Enqueue(value);
            }
        }
    }
}
