using Microsoft.JSInterop;
using Notify.Admin.Shared;

namespace Notify.Admin.UnitTests.Shared;

public sealed class UserTimeZoneTests
{
    private static CancellationToken Stop => Xunit.TestContext.Current.CancellationToken;

    public static TheoryData<Exception> Failures =>
    [
        new JSDisconnectedException("gone"), new TaskCanceledException("no answer in a minute"),
        new InvalidOperationException("too early"),
    ];

    [Fact]
    public async Task TheBrowser_IsAskedOnce()
    {
        var browser = new Browser();
        var zone = new UserTimeZone(browser);
        zone.Known.ShouldBeNull();

        (await zone.GetAsync(Stop)).Id.ShouldBe("Asia/Shanghai");
        (await zone.GetAsync(Stop)).Id.ShouldBe("Asia/Shanghai");

        browser.Asked.ShouldBe(1);
        zone.Known.ShouldNotBeNull();
    }

    [Theory, MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task ABrowserThatCouldNotBeAsked_IsAskedAgain(Exception failure)
    {
        var browser = new Browser { Failure = failure };
        var zone = new UserTimeZone(browser);
        (await Should.ThrowAsync<Exception>(() => zone.GetAsync(Stop))).ShouldBeOfType(failure.GetType());

        browser.Failure = null;

        (await zone.GetAsync(Stop)).Id.ShouldBe("Asia/Shanghai");
        browser.Asked.ShouldBe(2);
    }

    private sealed class Browser : IJSRuntime
    {
        public Exception? Failure { get; set; }

        public int Asked { get; private set; }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) =>
            InvokeAsync<TValue>(identifier, CancellationToken.None, args);

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args)
        {
            Asked++;
            return Failure is null
                ? ValueTask.FromResult((TValue)(object)"Asia/Shanghai") : ValueTask.FromException<TValue>(Failure);
        }
    }
}
