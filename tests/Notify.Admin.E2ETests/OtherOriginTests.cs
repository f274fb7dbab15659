using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>A page on another port tries to drive the console with the cookie of an Admin who visits it, as a Viewer could make one: out of
/// what the console handed the Viewer to start a circuit with.</summary>
public sealed partial class OtherOriginTests(Browser browser) : IAsyncDisposable
{
    private IBrowserContext? _context;

    public async ValueTask DisposeAsync()
    {
        if (_context is not null)
        {
            await _context.CloseAsync();
        }
    }

    [Fact]
    public async Task ForeignOrigin_PageOfAViewer_NeverReachesTheConsole()
    {
        await using var other = await OtherOrigin.StartAsync();
        await using var app = await NotifyAdminApp.StartAsync();
        var page = await VisitAsync(app, other, Roles.Viewer);

        await Expect(page).ToHaveTitleAsync("refused");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "People" })).ToHaveCountAsync(0);
        var negotiate = await StatusAsync(page, "_blazor/negotiate",
            "fetch('{0}_blazor/negotiate?negotiateVersion=1', { method: 'POST', credentials: 'include', mode: 'no-cors' })");
        negotiate.ShouldBe(403);
        (await StatusAsync(page, "Account/Logout",
            "fetch('{0}Account/Logout', { method: 'POST', credentials: 'include', mode: 'no-cors' })")).ShouldBe(403);
        (await StatusAsync(page, "theme?value=dark", "void (new Image().src = '{0}theme?value=dark')")).ShouldBe(403);

        Task<int> StatusAsync(IPage from, string path, string script) => StatusOfAsync(from, app, path, script);
    }

    [Fact]
    public async Task AllowedOrigin_OwnPage_Works()
    {
        await using var other = await OtherOrigin.StartAsync();
        await using var app = await StartAllowingAsync(other);
        var page = await VisitAsync(app, other, Roles.Admin);

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "People" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task AllowedOrigin_PageOfAViewerWithTheCookieOfAnAdmin_IsLoadedAnew()
    {
        await using var other = await OtherOrigin.StartAsync();
        await using var app = await StartAllowingAsync(other);
        var page = await VisitAsync(app, other, Roles.Viewer);

        await Expect(page).ToHaveTitleAsync("loaded anew");
        other.Loads.ShouldBeGreaterThan(1);
        app.Logs.Lines.ShouldContain(line => line.Contains("was opened with the session of", StringComparison.Ordinal));
    }

    private static Task<NotifyAdminApp> StartAllowingAsync(OtherOrigin other) => NotifyAdminApp.StartAsync(new NotifyAdminSettings
    {
        Configuration = new Dictionary<string, string> { ["Proxy:AllowedOrigins:0"] = other.Address.AbsoluteUri },
    });

    // The Admin's browser opens the other origin's page, which is People as the product rendered it for somebody of the given role.
    private async Task<IPage> VisitAsync(NotifyAdminApp app, OtherOrigin other, string renderedFor)
    {
        var product = new UriBuilder(app.BaseAddress) { Host = "localhost" }.Uri;
        using var client = await app.SignInAsAsync(renderedFor);
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        var html = await (await client.GetAsync("people", TestContext.Current.CancellationToken)).Content
            .ReadAsStringAsync(TestContext.Current.CancellationToken);
        BlazorScript().IsMatch(html).ShouldBeTrue(html);
        other.Product = app.BaseAddress;
        other.Page = BlazorScript().Replace(html, match => $$"""
            <script src="{{match.Groups[1].Value}}" autostart="false"></script>
            <script>
            Blazor.start({ circuit: { configureSignalR: builder =>
                builder.withUrl('{{product.AbsoluteUri}}_blazor', { skipNegotiation: true, transport: 1 }) } });
            new WebSocket('{{product.AbsoluteUri.Replace("http:", "ws:", StringComparison.Ordinal)}}_blazor')
                .addEventListener('error', () => document.title = 'refused');
            </script>
            """);

        _context = await browser.NewContextAsync(new BrowserNewContextOptions { Locale = "en-GB" });
        var (name, value) = await app.SessionCookieAsync(Roles.Admin);
        await _context.AddCookiesAsync([new Cookie { Name = name, Value = value, Url = product.AbsoluteUri }]);
        var page = await _context.NewPageAsync();
        await page.GotoAsync(new Uri(other.Address, "people").AbsoluteUri);
        return page;
    }

    private static async Task<int> StatusOfAsync(IPage page, NotifyAdminApp app, string path, string script)
    {
        var product = new UriBuilder(app.BaseAddress) { Host = "localhost" }.Uri;
        var answer = await page.RunAndWaitForResponseAsync(
            () => page.EvaluateAsync(script.Replace("{0}", product.AbsoluteUri, StringComparison.Ordinal)),
            response => response.Url.StartsWith(product.AbsoluteUri + path, StringComparison.Ordinal));
        return answer.Status;
    }

    [GeneratedRegex("<script src=\"([^\"]*blazor\\.web[^\"]*\\.js)\"></script>")]
    private static partial Regex BlazorScript();
}
