using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Layout;

public sealed class FrameTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private readonly NotifyAdminApp _app = shared.App;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("Account/Login")]
    [InlineData("nowhere")]
    [InlineData("css/tokens.css")]
    [InlineData("health/live")]
    [InlineData("api/deliveries")]
    public async Task AnyAnswer_OfThisServer_CarriesTheSecurityHeaders(string path)
    {
        using var answer = await _app.CreateClient().GetAsync(path, Stop);

        var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldContain("script-src 'self';");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe-eval");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.Contains("Strict-Transport-Security").ShouldBeFalse("this is plain http");
    }

    [Fact]
    public async Task Page_ForAPerson_RunsNoInlineScript()
    {
        var html = await PageAsync("", "en");

        html.ShouldNotContain("<script>");
        html.ShouldNotContain("javascript:");
        html.ShouldNotContain(" onclick=");
    }

    [Theory]
    [InlineData("Account/Login", "Log in · Notify.Admin")]
    [InlineData("", "Overview · Notify.Admin")]
    public async Task Page_AnyKind_HasOneTitle(string path, string expected)
    {
        var html = path.Length == 0 ? await PageAsync("", "en") : await _app.CreateClient().GetStringAsync(path, Stop);

        WebUtility.HtmlDecode(html.Split("<title>").Skip(1).ShouldHaveSingleItem().Split("</title>")[0]).ShouldBe(expected);
    }

    [Fact]
    public async Task FirstResponse_HoldsTheFrame_AndNothingOfThePage()
    {
        var html = WebUtility.HtmlDecode(await PageAsync("deliveries", "en"));

        html.ShouldContain("href=\"slack/integrations\"");
        html.ShouldContain("<title>Deliveries · Notify.Admin</title>");
        html.ShouldContain("class=\"boot\"");
        html.ShouldNotContain("<h1", Case.Insensitive, "the page starts once, with the circuit");
    }

    [Fact]
    public async Task LibraryFiles_WithTheirVersion_AreKept()
    {
        var client = _app.CreateClient();
        var css = Regex.Match(await PageAsync("", "en"), "_content/MudBlazor/MudBlazor.min.css\\?v=[0-9.]+").Value;

        using var kept = await client.GetAsync(css, Stop);
        using var plain = await client.GetAsync("_content/MudBlazor/MudBlazor.min.css", Stop);

        kept.EnsureSuccessStatusCode();
        kept.Headers.CacheControl!.ToString().ShouldContain("immutable");
        plain.Headers.CacheControl!.ToString().ShouldNotContain("immutable");
    }

    [Theory]
    [InlineData("en", "en", null)]
    [InlineData("zh-TW,en;q=0.5", "zh-CN", null)]
    [InlineData("en", "zh-CN", ".AspNetCore.Culture=c%3Dzh-CN%7Cuic%3Dzh-CN")]
    public async Task Page_ByCookieThenHeader_SpeaksTheLanguage(string header, string expected, string? cookie)
    {
        (await PageAsync("", header, cookie)).ShouldContain($"<html lang=\"{expected}\"");
    }

    [Theory]
    [InlineData("notify.theme=dark", "dark")]
    [InlineData("notify.theme=\"><script>", "system")]
    [InlineData(null, "system")]
    public async Task Page_ByCookie_HasItsThemeBeforeAnythingIsDrawn(string? cookie, string expected)
    {
        (await PageAsync("", "en", cookie)).ShouldContain($"data-theme=\"{expected}\"");
    }

    [Fact]
    public async Task UnknownAddress_ForAPerson_IsOurPageAndForAProgramThePlainStatus()
    {
        var client = await _app.SignInAsAsync(Roles.Viewer);

        using var page = await GetAsync(client, "nowhere", "text/html");
        using var plain = await GetAsync(client, "nowhere", "application/json");

        page.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await page.Content.ReadAsStringAsync(Stop)).ShouldContain("<html lang=");
        plain.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await plain.Content.ReadAsStringAsync(Stop)).ShouldNotContain("<html");
    }

    [Fact]
    public async Task PageOfAdmins_ForAViewer_Is403AtItsOwnAddress()
    {
        using var page = await GetAsync(await _app.SignInAsAsync(Roles.Viewer), "people", "text/html");

        page.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await page.Content.ReadAsStringAsync(Stop)).ShouldContain("<html lang=");
    }

    [Theory]
    [InlineData("theme?value=dark&returnUrl=/events", "/events", "notify.theme=dark")]
    [InlineData("theme?value=dark&returnUrl=//elsewhere.test", "/", "notify.theme=dark")]
    [InlineData("culture?lang=zh&returnUrl=/", "/", ".AspNetCore.Culture=c%3Dzh-CN%7Cuic%3Dzh-CN")]
    public async Task Preference_WithoutACircuit_IsRememberedAndComesBack(string path, string location, string cookie)
    {
        using var answer = await _app.CreateClient().GetAsync(path, Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldBe(location);
        answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().ShouldStartWith(cookie);
    }

    [Theory]
    [InlineData("theme?value=blue")]
    [InlineData("theme")]
    [InlineData("culture?lang=de")]
    [InlineData("culture")]
    public async Task Preference_Unknown_IsRefused(string path)
    {
        using var answer = await _app.CreateClient().GetAsync(path, Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    // Served compressed and empty, the page looks right and nothing reacts.
    [Fact]
    public async Task BlazorScript_Compressed_IsWhole()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "_framework/blazor.web.js");
        request.Headers.AcceptEncoding.ParseAdd("gzip, br");

        using var answer = await _app.CreateClient().SendAsync(request, Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await UnpackedLengthAsync(answer.Content)).ShouldBeGreaterThan(100_000);
    }

    private static async Task<long> UnpackedLengthAsync(HttpContent content)
    {
        var packed = await content.ReadAsStreamAsync(Stop);
        await using var unpacked = content.Headers.ContentEncoding.FirstOrDefault() switch
        {
            "gzip" => new GZipStream(packed, CompressionMode.Decompress),
            "br" => new BrotliStream(packed, CompressionMode.Decompress),
            _ => packed,
        };
        using var copy = new MemoryStream();
        await unpacked.CopyToAsync(copy, Stop);
        return copy.Length;
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient client, string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd(accept);
        return await client.SendAsync(request, Stop);
    }

    private async Task<string> PageAsync(string path, string language, string? cookie = null)
    {
        var client = await _app.SignInAsAsync(Roles.Viewer);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptLanguage.ParseAdd(language);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", $"{client.DefaultRequestHeaders.GetValues("Cookie").Single()}; {cookie}");
        }

        using var answer = await client.SendAsync(request, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync(Stop);
    }
}
