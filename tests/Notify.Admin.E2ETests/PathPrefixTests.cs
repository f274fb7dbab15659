using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Notify.Admin.Layout;
using Notify.Admin.Testing;
using Notify.Sandbox.Slack;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>The console where a reverse proxy shows it under a path. That no resource is missing is what every journey checks; here also
/// that nothing asks beside the path.</summary>
public sealed class PathPrefixTests(Browser browser, PathPrefixTests.MountedProduct product)
    : Journey(browser, product), IClassFixture<PathPrefixTests.MountedProduct>
{
    private readonly ConcurrentQueue<string> _beside = new();

    private protected override Uri Address => WithName(product.Proxy.Address);

    [Fact]
    public async Task Console_UnderAPath_StaysUnderIt()
    {
        Watch();
        await Page.GotoAsync("deliveries?q=backup");
        await LogInAsync();
        await Expect(Page).ToHaveURLAsync(AddressOf("deliveries?q=backup"));

        foreach (var item in Navigation.Groups.SelectMany(group => group.Items))
        {
            var link = Page.Locator($"#navigation a[href='{(item.Href.Length == 0 ? "./" : item.Href)}']");
            await link.ClickAsync();
            await Expect(link).ToHaveAttributeAsync("aria-current", "page");
            await Expect(Page).ToHaveURLAsync(AddressOf(item.Href));
            await Expect(Page.Locator(".skeleton, [aria-busy='true']")).ToHaveCountAsync(0);
            // The same address asked for anew, as from a bookmark.
            await OpenAsync(item.Href);
            await Expect(link).ToHaveAttributeAsync("aria-current", "page");
        }

        await Page.Locator("[popovertarget=language-menu]").ClickAsync();
        await Page.Locator("[data-language=zh-CN]").ClickAsync();
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", "zh-CN");
        await Expect(Page).ToHaveURLAsync(AddressOf("settings"));
        await Expect(Page.Locator("h1").First).ToBeVisibleAsync();
        await Page.Locator("[popovertarget=theme-menu]").ClickAsync();
        await Page.Locator("[data-theme-choice=dark]").ClickAsync();
        await OpenAsync("profile");
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(Page.Locator("html")).ToHaveAttributeAsync("lang", "zh-CN");

        await LogOutAsync();
        await Page.GotoAsync("people");
        await Expect(Page.Locator("input[name=Password]")).ToBeVisibleAsync();
        _beside.ShouldBeEmpty();
    }

    [Fact]
    public async Task AddressesToHandOver_UnderAPath_CarryIt()
    {
        Watch();
        await LogInAtAsync("profile");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Create API key" }).First.ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("scanner");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create API key" }).ClickAsync();
        await Expect(dialog.Locator("[data-copy]").Nth(1))
            .ToHaveAttributeAsync("data-copy", new Regex($"^curl -X POST {AddressOf("api/events")} "));
        await dialog.Locator("[data-copy]").Nth(1).ClickAsync();
        // In the dialog: what lies below it is not read out.
        await Expect(dialog.Locator("[data-announcer]")).ToHaveTextAsync("Copied");
        await Expect(dialog.Locator("[data-copy]").Nth(1)).ToBeFocusedAsync();

        await OpenAsync("people");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Invite person" }).ClickAsync();
        await dialog.GetByLabel("Email").FillAsync("guest@example.test");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create invitation" }).ClickAsync();
        await Expect(dialog.Locator("pre")).ToContainTextAsync(AddressOf("Account/Accept?user="));
        var guest = await NewPageAsync();
        await AcceptAsync(guest, await dialog.Locator("pre").InnerTextAsync(), "another horse battery");
        await Expect(guest.Locator("#navigation")).ToBeVisibleAsync();
        await Expect(guest).ToHaveURLAsync(AddressOf(""));
        _beside.ShouldBeEmpty();
    }

    [Fact]
    public async Task Downloads_UnderAPath_Arrive()
    {
        await App.AddWorkspaceAsync();
        await App.AddFunctionAsync(SlackSeeds.NamedFunction);
        await LogInAtAsync("audit");
        (await DownloadAsync(() => Page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync())).ShouldContain("person.log-in");

        await OpenAsync("slack/functions");
        await Page.Locator("[popovertarget=export-menu]").ClickAsync();
        (await DownloadAsync(() => Page.Locator("#export-menu a").First.ClickAsync())).ShouldContain(SlackSeeds.NamedFunction);
    }

    [Fact]
    public async Task Passkey_UnderAPath_LogsInToIt()
    {
        await Authenticator.AddToAsync(Page);
        await LogInAtAsync("profile");
        await Page.GetByLabel("Name of the new passkey").FillAsync("phone");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Add passkey" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Cell, new() { Name = "phone" })).ToBeVisibleAsync();

        await Page.Context.ClearCookiesAsync();
        await Page.GotoAsync("Account/Login");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();

        await Expect(Page).ToHaveURLAsync(AddressOf(""));
        await Expect(Page.Locator("#navigation")).ToBeVisibleAsync();
    }

    private void Watch() => Page.Context.Request += (_, request) =>
    {
        if (request.Url.StartsWith("http", StringComparison.Ordinal)
            && !request.Url.StartsWith(Address.AbsoluteUri, StringComparison.Ordinal))
        {
            _beside.Enqueue(request.Url);
        }
    };

    private async Task LogInAtAsync(string path)
    {
        await Page.GotoAsync(path);
        await LogInAsync();
        await Expect(Page).ToHaveURLAsync(AddressOf(path));
        await Expect(Page.Locator("h1").First).ToBeVisibleAsync();
    }

    private Task LogInAsync() => LogInAsync(Page, NotifyAdminSettings.AdminEmail, NotifyAdminSettings.AdminPassword);

    private async Task<string> DownloadAsync(Func<Task> click)
    {
        var download = await Page.RunAndWaitForDownloadAsync(click);
        download.Url.ShouldStartWith(Address.AbsoluteUri);
        return await File.ReadAllTextAsync((await download.PathAsync())!, TestContext.Current.CancellationToken);
    }

    public sealed class MountedProduct : Product
    {
        private const string Prefix = "/notify";

        private ReverseProxy? _proxy;

        internal ReverseProxy Proxy => _proxy ?? throw new InvalidOperationException("The proxy is not up.");

        // As the README's nginx lines do.
        protected override IReadOnlyDictionary<string, string> Configuration =>
            new Dictionary<string, string> { ["Proxy:PathBase"] = Prefix, ["Proxy:Trusted:0"] = "127.0.0.1" };

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            _proxy = await ReverseProxy.StartAsync(App.BaseAddress, Prefix, strips: false, new Dictionary<string,
                string> { ["X-Forwarded-For"] = "192.0.2.7" });
        }

        public override async ValueTask DisposeAsync()
        {
            if (_proxy is not null)
            {
                await _proxy.DisposeAsync();
            }

            await base.DisposeAsync();
        }
    }
}
