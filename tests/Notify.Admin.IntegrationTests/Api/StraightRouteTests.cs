using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Notify.Admin.Accounts;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Api;

/// <summary>A good key goes straight to the route that takes events; nothing else is different there.</summary>
public class StraightRouteTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Roles.Admin, ApiKeyScope.Ingest, HttpStatusCode.Accepted, null)]
    [InlineData(Roles.Operator, ApiKeyScope.Full, HttpStatusCode.Accepted, null)]
    [InlineData(Roles.Viewer, ApiKeyScope.Full, HttpStatusCode.Forbidden, "role_not_sufficient")]
    [InlineData(Roles.Viewer, ApiKeyScope.Ingest, HttpStatusCode.Forbidden, "role_not_sufficient")]
    public async Task Post_ByRoleAndScope_IsAsOnEveryRoute(string role, ApiKeyScope scope, HttpStatusCode expected, string? code)
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var key = await app.CreateApiKeyAsync(role, scope);

        using var straight = await PostAsync(app.CreateApiClient(key));
        // With a cookie the request goes through everything.
        using var around = await PostAsync(app.CreateApiClient(key), cookie: "theme=dark");

        foreach (var answer in new[] { straight, around })
        {
            answer.StatusCode.ShouldBe(expected);
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            (await CodeOfAsync(answer)).ShouldBe(code);
        }
    }

    [Fact]
    public async Task Post_WithAWrongKey_IsCountedOnce()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Configuration = new Dictionary<string, string> { ["Api:FailuresPerMinutePerAddress"] = "3" },
        });
        using var wrong = app.CreateApiClient("nak_wrong");
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var refused = await PostAsync(wrong);
            (refused.StatusCode, await CodeOfAsync(refused)).ShouldBe((HttpStatusCode.Unauthorized, "invalid_key"));
        }

        using var throttled = await PostAsync(wrong);
        throttled.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        throttled.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task Post_WithoutAKey_IsToldToSendOne()
    {
        await using var app = await NotifyAdminApp.StartAsync();

        using var answer = await PostAsync(app.CreateClient());

        (answer.StatusCode, await CodeOfAsync(answer)).ShouldBe((HttpStatusCode.Unauthorized, "key_required"));
    }

    [Fact]
    public async Task Post_WithAQueryItDoesNotHave_IsRefused()
    {
        await using var app = await NotifyAdminApp.StartAsync();

        using var answer = await PostAsync(app.CreateApiClient(), path: "api/events?sorce=x");

        (answer.StatusCode, await CodeOfAsync(answer)).ShouldBe((HttpStatusCode.BadRequest, "invalid_query"));
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path = "api/events", string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = JsonContent.Create(new { specversion = "1.0", id = Guid.NewGuid(), source = "tests", type = "scan.stopped" }),
        };
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await client.SendAsync(request, Stop);
    }

    private static async Task<string?> CodeOfAsync(HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.Accepted ? null
            : (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString();
}
