using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Notify.Admin.Data;
using Notify.Admin.Layout;
using Notify.Admin.Testing;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>One person at one browser. A test fails as well when the browser reported an error: a script's, a resource's, or a refusal by
/// the content policy.</summary>
public abstract class Journey(Browser browser, Product product) : IAsyncLifetime
{
    private readonly List<IBrowserContext> _contexts = [];
    private readonly ConcurrentQueue<string> _problems = new();
    private IPage? _page;

    protected IPage Page => _page ?? throw new InvalidOperationException("The page is not open.");

    private protected NotifyAdminApp App => product.App;

    private protected Notify.Sandbox.SandboxServer Sandbox => App.Sandbox;

    /// <summary>Where the browser finds the product, with a trailing slash.</summary>
    private protected virtual Uri Address => App.BaseAddress;

    public async ValueTask InitializeAsync() => _page = await NewPageAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var context in _contexts)
        {
            await context.CloseAsync();
        }

        _problems.ShouldBeEmpty();
    }

    /// <summary>Another browser, without any cookie; for a second person.</summary>
    protected async Task<IPage> NewPageAsync()
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address.AbsoluteUri,
            Locale = "en-GB",
            TimezoneId = "UTC",
            ViewportSize = new ViewportSize { Width = 1280, Height = 860 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(60_000);
        _contexts.Add(context);
        context.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _problems.Enqueue($"{message.Page?.Url}: {message.Text}");
            }
        };
        context.WebError += (_, error) => _problems.Enqueue($"{error.Page?.Url}: {error.Error}");
        return await context.NewPageAsync();
    }

    // A name instead of numbers: another site for the browser than its neighbours on this machine, and one that can have passkeys.
    private protected static Uri WithName(Uri address) => new UriBuilder(address) { Host = "localhost" }.Uri;

    /// <summary>Gives the page the session of a person with <paramref name="role"/>, without the log-in page.</summary>
    protected Task SignInAsync(string role) => SignInAsync(Page, role);

    protected async Task SignInAsync(IPage page, string role)
    {
        var (name, value) = await App.SessionCookieAsync(role);
        await page.Context.AddCookiesAsync([new Cookie { Name = name, Value = value, Url = Address.AbsoluteUri }]);
    }

    /// <summary>Opens a tab of a channel's page.</summary>
    protected async Task OpenTabAsync(string name)
    {
        var tab = Page.Locator(".page-tabs > .tab-list").GetByRole(AriaRole.Tab, new() { NameRegex = new Regex($"^{name}") });
        await tab.ClickAsync();
        await Expect(tab).ToHaveAttributeAsync("aria-selected", "true");
    }

    protected async Task SetThemeAsync(string theme) =>
        await Page.Context.AddCookiesAsync([new Cookie { Name = DisplayPreferences.ThemeCookie, Value = theme,
            Url = Address.AbsoluteUri }]);

    protected async Task SetLanguageAsync(string culture) =>
        await Page.Context.AddCookiesAsync([new Cookie { Name = ".AspNetCore.Culture", Value = $"c%3D{culture}%7Cuic%3D{culture}",
            Url = Address.AbsoluteUri }]);

    protected Task SetWidthAsync(int width, int height = 860) => Page.SetViewportSizeAsync(width, height);

    /// <summary>Opens a page and waits until it is there: pages are on screen only when they can react.</summary>
    protected Task OpenAsync(string path) => OpenAsync(Page, path);

    protected static async Task OpenAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await DrawnAsync(page);
    }

    /// <summary>Waits until the page that is open can react.</summary>
    protected static async Task DrawnAsync(IPage page)
    {
        await Expect(page.Locator("h1").First).ToBeVisibleAsync();
        await Expect(page.Locator(".skeleton, [aria-busy='true']")).ToHaveCountAsync(0);
    }

    protected string AddressOf(string path) => new Uri(Address, path).AbsoluteUri;

    /// <summary>Fills the log-in page that is open.</summary>
    protected static async Task LogInAsync(IPage page, string email, string password)
    {
        await page.Locator("input[name=Email]").FillAsync(email);
        await page.Locator("input[name=Password]").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
    }

    /// <summary>Opens a one-time link and sets the password.</summary>
    protected static async Task AcceptAsync(IPage page, string link, string password)
    {
        await page.GotoAsync(link);
        (await Accessibility.ProblemsAsync(page)).ShouldBeEmpty();
        await page.Locator("input[name=Password]").FillAsync(password);
        await page.Locator("input[name=Repeat]").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Set password" }).ClickAsync();
    }

    /// <summary>By the account menu, whatever the language.</summary>
    protected async Task LogOutAsync()
    {
        // A press that begins on the first response and ends on what the circuit has drawn anew is none.
        await DrawnAsync(Page);
        await Page.Locator("[popovertarget=account-menu]").ClickAsync();
        await Page.Locator("#account-menu button[type=submit]").ClickAsync();
        // The open page hears that its session has ended, and may be the first to lead there, with the way back in the address.
        await Expect(Page).ToHaveURLAsync(new Regex($"^{Regex.Escape(AddressOf("Account/Login"))}(\\?|$)"));
    }

    /// <summary>For an answer that the browser reports as an error, and that the test wants: a 403 or 404 page.</summary>
    protected void ForgetProblems() => _problems.Clear();

    protected Task<string[]> AccessibilityProblemsAsync() => Accessibility.ProblemsAsync(Page);

    /// <summary>Nothing is wider than the screen.</summary>
    protected async Task<int> OverflowAsync() =>
        await Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>What is kept of forms that are not saved, as JSON.</summary>
    protected async Task<IReadOnlyList<string>> DraftsAsync()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var context = await App.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(stop);
        return await context.FormDrafts.Select(draft => draft.Json).ToListAsync(stop);
    }

    protected Task PictureAsync(string name) => Pictures.TakeAsync(Page, name);
}
