using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Notify.Admin.Background;
using Notify.Admin.Data;
using Notify.Admin.Testing;

namespace Notify.Admin.UnitTests.Data;

public sealed class ChangeFeedTests
{
    [Fact]
    public async Task Announce_FromElsewhere_CallsInTheSubscribersLanguage()
    {
        using var feed = new ChangeFeed(null!, new WorkRegister(TimeProvider.System), TimeProvider.System, NullLogger<ChangeFeed>.Instance);
        var language = new TaskCompletionSource<string>();
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        using var subscription = feed.Subscribe("events", () =>
        {
            language.TrySetResult(CultureInfo.CurrentUICulture.Name);
            return Task.CompletedTask;
        });

        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("de");
        feed.Announce("events");

        (await language.Task.WaitAsync(TestContext.Current.CancellationToken)).ShouldBe("zh-CN");
    }

    [Fact]
    public async Task Subscriber_ThatFails_IsToldSo()
    {
        using var feed = new ChangeFeed(null!, new WorkRegister(TimeProvider.System), TimeProvider.System, NullLogger<ChangeFeed>.Instance);
        var told = new TaskCompletionSource<Exception>();
        var failure = new InvalidOperationException("the store is away");
        using var subscription = feed.Subscribe("events", () => Task.FromException(failure), e =>
        {
            told.TrySetResult(e);
            return Task.CompletedTask;
        });

        feed.Announce("events");

        (await told.Task.WaitAsync(TestContext.Current.CancellationToken)).ShouldBe(failure);
    }

    [Fact]
    public async Task Subscriber_ThatFailsUnheard_IsLoggedWithItsException()
    {
        using var logs = new LogCapture();
        using var loggers = new LoggerFactory([logs]);
        using var feed = new ChangeFeed(
            null!, new WorkRegister(TimeProvider.System), TimeProvider.System, loggers.CreateLogger<ChangeFeed>());
        using var subscription = feed.Subscribe(
            "events", () => Task.FromException(new InvalidOperationException("the store is away")));

        feed.Announce("events");

        await Eventually.HoldsAsync(
            () => Task.FromResult(logs.Lines.Any(line => line.StartsWith("Error", StringComparison.Ordinal)
                && line.Contains("Acting on a change of events failed", StringComparison.Ordinal)
                && line.Contains("the store is away", StringComparison.Ordinal))),
            TimeSpan.FromSeconds(20));
    }
}
