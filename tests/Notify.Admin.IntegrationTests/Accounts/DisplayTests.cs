using System.Net;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Accounts;

public class DisplayTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Save_Choices_HoldHereAndInTheNextBrowser(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        using var here = await LoggedInAsync(app);

        using var saved = await SaveAsync(here, "zh-CN", "Asia/Shanghai", "dark");
        var page = await here.GetStringAsync("/profile", Stop);
        var other = await (await LoggedInAsync(app)).GetStringAsync("/profile", Stop);

        saved.Headers.Location!.OriginalString.ShouldBe("/profile?display=saved");
        foreach (var html in new[] { page, other })
        {
            html.ShouldContain("<html lang=\"zh-CN\" data-theme=\"dark\" data-nav=\"open\" data-zone=\"Asia/Shanghai\">");
        }

        (await app.AuditEntriesAsync()).Single(entry => entry.Action == "person.display").Changes!.ShouldContain("Asia/Shanghai");
    }

    [Fact]
    public async Task Save_AsThisBrowser_LeavesTheBrowserAsItIs()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var here = await LoggedInAsync(app);
        (await here.GetAsync("/theme?value=light", Stop)).Dispose();
        (await SaveAsync(here, "", "Asia/Shanghai", "")).Dispose();
        (await SaveAsync(here, "", "", "")).Dispose();

        var html = await here.GetStringAsync("/profile", Stop);

        html.ShouldContain("data-theme=\"light\"");
        html.ShouldNotContain("data-zone");
    }

    [Fact]
    public async Task LogIn_AfterSomebodyElseInTheSameBrowser_DoesNotKeepTheirTimeZone()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        await app.CreatePersonAsync("next@example.test", Roles.Viewer);
        using var browser = await LoggedInAsync(app);
        (await SaveAsync(browser, "", "Asia/Shanghai", "")).Dispose();
        (await NotifyAdminApp.SubmitLogoutAsync(browser)).Dispose();
        (await NotifyAdminApp.SubmitLoginAsync(browser, "next@example.test", NotifyAdminSettings.AdminPassword)).Dispose();

        (await browser.GetStringAsync("/profile", Stop)).ShouldNotContain("data-zone");
    }

    [Theory]
    [InlineData("fr", "", "")]
    [InlineData("", "Mars/Olympus", "")]
    [InlineData("", "\" onload=\"", "")]
    [InlineData("", "", "pink")]
    public async Task Save_WhatIsNotOffered_IsRefused(string language, string timeZone, string theme)
    {
        var app = shared.App;
        using var client = await LoggedInAsync(app);

        using var answer = await SaveAsync(client, language, timeZone, theme);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await app.AuditActionsAsync()).ShouldNotContain("person.display");
    }

    [Fact]
    public async Task Save_WithoutTokenOrSession_IsRefused()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var content = new FormUrlEncodedContent([new("theme", "dark")]);

        using var forged = await (await LoggedInAsync(app)).PostAsync("/Account/Display", content, Stop);
        using var anonymous = await NotifyAdminApp.SubmitFormToAsync(app.CreateClient(), "/Account/Login", "/Account/Display",
            ("theme", "dark"));

        forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        anonymous.Headers.Location!.OriginalString.ShouldStartWith("/Account/Login");
    }

    private static async Task<HttpClient> LoggedInAsync(NotifyAdminApp app)
    {
        var client = app.CreateClient();
        (await NotifyAdminApp.SubmitLoginAsync(client, NotifyAdminSettings.AdminEmail, NotifyAdminSettings.AdminPassword)).Dispose();
        return client;
    }

    private static Task<HttpResponseMessage> SaveAsync(HttpClient client, string language, string timeZone, string theme) =>
        NotifyAdminApp.SubmitFormToAsync(
        client, "/Account/Password", "/Account/Display", ("language", language), ("timeZone", timeZone), ("theme", theme));
}
