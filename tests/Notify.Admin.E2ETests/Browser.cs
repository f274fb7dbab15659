using Microsoft.Playwright;
using Notify.Admin.E2ETests;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Notify.Admin.E2ETests;

/// <summary>One Chromium for the whole run; each test has a context of its own in it.</summary>
public sealed class Browser : IAsyncLifetime
{
    public const string ChromiumVariable = "NOTIFY_TEST_CHROMIUM";

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _chromium;

    public async ValueTask InitializeAsync()
    {
        var path = Environment.GetEnvironmentVariable(ChromiumVariable) is { Length: > 0 } given ? given : "/usr/bin/chromium";
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"No Chromium at {path}. tests/run installs it; {ChromiumVariable} may name another.");
        }

        // Starting the page and its circuit takes a second; on a busy machine much longer.
        Assertions.SetDefaultExpectTimeout(60_000);
        _playwright = await Playwright.CreateAsync();
        _chromium = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = Arguments });
    }

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.CloseAsync();
        }

        _playwright?.Dispose();
    }

    internal Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options) =>
        (_chromium ?? throw new InvalidOperationException("The browser is not up.")).NewContextAsync(options);
}
