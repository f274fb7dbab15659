using System.Net;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Api;

/// <summary>The product behind a reverse proxy: under a path, and with https in front.</summary>
public sealed class ProxyTests
{
    private const string Client = "203.0.113.7";

    private static readonly Dictionary<string, string> Https = new() { ["X-Forwarded-For"] = Client, ["X-Forwarded-Proto"] = "https" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UnderAPath_LogInAndPages_StayUnderIt(bool strips)
    {
        await using var app = await StartAsync(("Proxy:PathBase", "/notify/"));
        await using var proxy = await ReverseProxy.StartAsync(app.BaseAddress, "/notify", strips);
        using var client = Browser(proxy);

        using var start = await client.GetAsync("events?q=1", Stop);
        start.Headers.Location!.OriginalString.ShouldBe("/notify/Account/Login?ReturnUrl=%2Fnotify%2Fevents%3Fq%3D1");
        using var login = await NotifyAdminApp.SubmitLoginAsync(client, NotifyAdminSettings.AdminEmail, NotifyAdminSettings.AdminPassword,
            start.Headers.Location.OriginalString);
        login.Headers.Location!.OriginalString.ShouldBe("/notify/events?q=1");
        login.Headers.GetValues("Set-Cookie").ShouldAllBe(cookie => cookie.Contains("path=/notify", StringComparison.OrdinalIgnoreCase));

        using var page = await client.GetAsync(login.Headers.Location, Stop);
        var html = await page.Content.ReadAsStringAsync(Stop);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        html.ShouldContain("<base href=\"/notify/\" />");
        foreach (var asset in System.Text.RegularExpressions.Regex.Matches(html, "(?:src|href)=\"([^\"]+\\.(?:css|js|svg))\"")
            .Select(match => match.Groups[1].Value))
        {
            (await client.GetAsync(asset, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK, asset);
        }

        using var negotiated = await client.PostAsync("_blazor/negotiate?negotiateVersion=1", null, Stop);
        negotiated.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var theme = await client.GetAsync("theme?value=dark&returnUrl=/notify/events", Stop);
        theme.Headers.Location!.OriginalString.ShouldBe("/notify/events");
        using var loggedOut = await NotifyAdminApp.SubmitFormToAsync(client, "Account/Password", "Account/Logout");
        loggedOut.Headers.Location!.OriginalString.ShouldBe("/notify/Account/Login");
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/notify/")]
    [InlineData("/notify//evil.example")]
    public async Task UnderAPath_ReturnAddressElsewhere_StaysOnThisHost(string address)
    {
        await using var app = await StartAsync(("Proxy:PathBase", "/notify"));
        await using var proxy = await ReverseProxy.StartAsync(app.BaseAddress, "/notify", strips: false);
        using var client = Browser(proxy);

        using var login = await NotifyAdminApp.SubmitLoginAsync(
            client, NotifyAdminSettings.AdminEmail, NotifyAdminSettings.AdminPassword,
            $"Account/Login?ReturnUrl={Uri.EscapeDataString(address)}");

        var target = login.Headers.Location!.OriginalString;
        new Uri(proxy.Address, target).Authority.ShouldBe(proxy.Address.Authority, target);
        using var theme = await client.GetAsync($"theme?value=dark&returnUrl={Uri.EscapeDataString(address)}", Stop);
        new Uri(proxy.Address, theme.Headers.Location!.OriginalString).Authority.ShouldBe(proxy.Address.Authority);
    }

    [Fact]
    public async Task TrustedProxy_SaysHttps_CookiesAreSecureAndHstsIsSent()
    {
        await using var app = await StartAsync(("Proxy:Trusted:0", "127.0.0.0/8"));
        await using var proxy = await ReverseProxy.StartAsync(app.BaseAddress, "", strips: false, Https);
        using var client = Browser(proxy);

        using var page = await client.GetAsync("Account/Login", Stop);

        page.Headers.GetValues("Strict-Transport-Security").ShouldHaveSingleItem();
        page.Headers.GetValues("Set-Cookie").ShouldAllBe(cookie => cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
        foreach (var header in (string[])["Server", "X-Powered-By", "X-AspNet-Version"])
        {
            page.Headers.Contains(header).ShouldBeFalse(header);
        }
    }

    [Fact]
    public async Task TrustedProxy_NamesTheClient_AuditAndMetricsGoByIt()
    {
        await using var app = await StartAsync(("Proxy:Trusted:0", "127.0.0.1"));
        await using var proxy = await ReverseProxy.StartAsync(app.BaseAddress, "", strips: false, new Dictionary<string,
            string> { ["X-Forwarded-For"] = Client });
        using var client = Browser(proxy);

        (await NotifyAdminApp.SubmitLoginAsync(client, NotifyAdminSettings.AdminEmail, "wrong password")).Dispose();

        (await app.AuditEntriesAsync()).Last(entry => entry.Action == "person.log-in").Origin.ShouldStartWith(Client);
        (await client.GetAsync("metrics", Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task UntrustedProxy_IsNotBelieved()
    {
        await using var app = await StartAsync(("Proxy:Trusted:0", "192.0.2.0/24"));
        await using var proxy = await ReverseProxy.StartAsync(app.BaseAddress, "", strips: false, Https);
        using var client = Browser(proxy);

        using var page = await client.GetAsync("Account/Login", Stop);
        (await NotifyAdminApp.SubmitLoginAsync(client, NotifyAdminSettings.AdminEmail, "wrong password")).Dispose();

        page.Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
        (await app.AuditEntriesAsync()).Last(entry => entry.Action == "person.log-in").Origin.ShouldStartWith("127.0.0.1");
        (await client.GetAsync("metrics", Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static Task<NotifyAdminApp> StartAsync(params (string Key, string Value)[] configuration) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings { Configuration = configuration.ToDictionary(pair => pair.Key,
            pair => pair.Value) });

    private static HttpClient Browser(ReverseProxy proxy)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false,
            CookieContainer = new CookieContainer() }) { BaseAddress = proxy.Address };
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        return client;
    }
}
