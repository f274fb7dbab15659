using System.Net;
using System.Net.WebSockets;
using Notify.Admin.IntegrationTests.Authorisation;
using Notify.Admin.Security;
using Notify.Admin.Sources;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Hardening;

/// <summary>What a page of another origin makes a browser send here, with the session's cookie: of another port, of a sibling host, of a
/// frame without an origin.</summary>
public sealed class OwnOriginTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Negotiate = "_blazor/negotiate?negotiateVersion=1";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryStateChangingEndpoint_ForeignOrigin_IsRefused()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var client = await app.SignInAsAsync(Roles.Admin);

        foreach (var (name, endpoint) in ProductSurface.Endpoints(app).Select(group => (group.Key, group.First())))
        {
            foreach (var method in ProductSurface.MethodsOf(endpoint).Where(method => method is not ("GET" or "HEAD" or "OPTIONS")))
            {
                var path = System.Text.RegularExpressions.Regex.Replace(endpoint.RoutePattern.RawText!.Trim('/'), @"\{[^}]*\}", "1");
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                request.Headers.Add("Origin", "https://evil.example");
                using var answer = await client.SendAsync(request, Stop);
                answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{method} {name}");
            }
        }
    }

    [Theory]
    [InlineData("http://localhost:1")]
    [InlineData("https://{0}")] // the same host by another scheme
    [InlineData("http://evil.{0}")]
    [InlineData("http://{0}.evil.example")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("chrome-extension://abcdef")]
    public async Task Circuit_ForeignOrigin_IsRefused(string origin)
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var foreign = origin.Replace("{0}", app.BaseAddress.Authority, StringComparison.Ordinal);
        using var client = await app.SignInAsAsync(Roles.Admin);

        (await StatusAsync(client, HttpMethod.Post, Negotiate, ("Origin", foreign))).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(client, HttpMethod.Get, "_blazor?id=1", ("Origin", foreign))).ShouldBe(HttpStatusCode.Forbidden);
        (await UpgradeAsync(app, foreign)).ShouldBe(HttpStatusCode.Forbidden);
        (await UpgradeAsync(app, foreign, "some/other/socket")).ShouldBe(HttpStatusCode.Forbidden);
        app.Logs.Lines.Count(line => line.Contains("from a page of", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Refusal_IsLoggedWithoutTheKeyInASourcesAddress()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var client = app.CreateClient();
        var key = SourceAddress.NewKey();

        (await StatusAsync(client, HttpMethod.Post, $"in/{key}", ("Origin", "https://evil.example"))).ShouldBe(HttpStatusCode.Forbidden);

        app.Logs.Lines.Single(line => line.Contains("from a page of", StringComparison.Ordinal)).ShouldContain("POST /in/*** ");
        app.Logs.Lines.ShouldNotContain(line => line.Contains(key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    [InlineData("same-site", HttpStatusCode.Forbidden)]
    [InlineData("same-origin", HttpStatusCode.OK)]
    [InlineData("none", HttpStatusCode.OK)]
    public async Task Circuit_WithoutOrigin_TheBrowserSaysHowFarThePageIs(string site, HttpStatusCode expected)
    {
        var app = shared.App;
        using var client = await app.SignInAsAsync(Roles.Admin);

        (await StatusAsync(client, HttpMethod.Post, Negotiate, ("Sec-Fetch-Site", site))).ShouldBe(expected);
        (await StatusAsync(client, HttpMethod.Get, "theme?value=dark", ("Sec-Fetch-Site", site)))
            .ShouldBe(expected == HttpStatusCode.OK ? HttpStatusCode.Redirect : expected);
    }

    [Fact]
    public async Task OwnOriginAndPrograms_AreNotAffected()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var client = await app.SignInAsAsync(Roles.Admin);
        var own = app.BaseAddress.GetLeftPart(UriPartial.Authority);

        (await StatusAsync(client, HttpMethod.Post, Negotiate, ("Origin", own))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(client, HttpMethod.Post, Negotiate)).ShouldBe(HttpStatusCode.OK);
        (await UpgradeAsync(app, own)).ShouldBe(HttpStatusCode.SwitchingProtocols);
        (await UpgradeAsync(app, null)).ShouldBe(HttpStatusCode.SwitchingProtocols);
        using var posted = await app.PostEventAsync("demo.anything", new { });
        posted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        using var key = app.CreateApiClient();
        using var read = await key.GetAsync("api/deliveries", Stop);
        read.StatusCode.ShouldBe(HttpStatusCode.OK);
        // A link from elsewhere opens a page.
        (await StatusAsync(client, HttpMethod.Get, "events", ("Sec-Fetch-Site", "cross-site"))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task BehindAProxy_TheOriginThatItShows_IsOurs()
    {
        const string Shown = "https://notify.example.com";
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Configuration = new Dictionary<string, string> { ["Proxy:Trusted:0"] = "127.0.0.0/8",
                ["Proxy:AllowedOrigins:0"] = "https://alias.example.com/" },
        });
        using var client = await app.SignInAsAsync(Roles.Admin);
        (string, string)[] forwarded = [("Host", "notify.example.com"), ("X-Forwarded-For", "192.0.2.7"), ("X-Forwarded-Proto", "https")];

        (await StatusAsync(client, HttpMethod.Post, Negotiate, [("Origin", Shown), .. forwarded])).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(client, HttpMethod.Post, Negotiate, ("Origin", "https://alias.example.com"))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(client, HttpMethod.Post, Negotiate, [("Origin", "http://notify.example.com"), .. forwarded]))
            .ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(client, HttpMethod.Post, Negotiate, ("Origin", Shown))).ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, HttpMethod method, string path,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await client.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> UpgradeAsync(NotifyAdminApp app, string? origin, string path = "_blazor")
    {
        var (name, value) = await app.SessionCookieAsync(Roles.Admin);
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Cookie", $"{name}={value}");
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        try
        {
            await socket.ConnectAsync(new UriBuilder(new Uri(app.BaseAddress, path)) { Scheme = "ws" }.Uri, Stop);
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return socket.HttpStatusCode;
    }
}
