using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Notify.Admin.Data;

namespace Notify.Admin.UnitTests.Data;

public sealed class ChangeFeedTests
{
    [Fact]
    public async Task Announce_FromElsewhere_CallsInTheSubscribersLanguage()
    {
        using var feed = new ChangeFeed(null!, TimeProvider.System, NullLogger<ChangeFeed>.Instance);
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
}
