using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Notify.Admin.Accounts;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Api;

public class ApiKeyTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task OpenApi_WithSetupKey_IsAnswered(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });

        using var answer = await app.CreateApiClient().GetAsync("openapi/v1.json", Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("openapi").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory, DatabaseData]
    public async Task OpenApi_LoggedInViewer_IsAnswered(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });

        using var answer = await (await app.SignInAsAsync(Roles.Viewer)).GetAsync("openapi/v1.json", Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task OpenApi_WithoutOrWithWrongKey_Is401Problem()
    {
        await using var app = await NotifyAdminApp.StartAsync();

        using var without = await app.CreateClient().GetAsync("openapi/v1.json", Stop);
        using var wrong = await app.CreateApiClient("nak_wrong").GetAsync("openapi/v1.json", Stop);
        using var ingest = await app.CreateApiClient(await app.CreateApiKeyAsync(Roles.Operator, ApiKeyScope.Ingest))
            .GetAsync("openapi/v1.json", Stop);

        without.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        wrong.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        wrong.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await wrong.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString().ShouldBe("invalid_key");
        ingest.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task OpenApi_AfterTooManyWrongKeys_Is429WithRetryAfterButGoodKeyPasses()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Configuration = new Dictionary<string, string> { ["Api:FailuresPerMinutePerAddress"] = "3" },
        });
        using var good = app.CreateApiClient();
        (await good.GetAsync("openapi/v1.json", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var wrong = app.CreateApiClient("nak_wrong");
        for (var attempt = 0; attempt < 3; attempt++)
        {
            (await wrong.GetAsync("openapi/v1.json", Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        using var throttled = await wrong.GetAsync("openapi/v1.json", Stop);

        throttled.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        throttled.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        (await good.GetAsync("openapi/v1.json", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Health_Anonymous_IsAnswered()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var client = app.CreateClient();

        (await client.GetAsync("health/live", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("health/ready", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Restart_SameStore_KeyStillWorks()
    {
        await using var app = await NotifyAdminApp.StartAsync();

        await app.RestartAsync();

        (await app.CreateApiClient().GetAsync("openapi/v1.json", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
