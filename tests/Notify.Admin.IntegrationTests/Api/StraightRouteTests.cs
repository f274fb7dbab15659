using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Api;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Api;

/// <summary>A good key goes straight to the route that takes events; nothing else is different there.</summary>
public class StraightRouteTests(SharedApp shared) : IClassFixture<SharedApp>
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

    [Theory]
    [InlineData("POST", "API/Events")]
    [InlineData("POST", "api/events/")]
    [InlineData("POST", "api/%65vents")]
    [InlineData("POST", "api//events")]
    [InlineData("POST", "api/events?")]
    [InlineData("POST", "api/events?a=%00")]
    [InlineData("GET", "api/events")]
    [InlineData("HEAD", "api/events")]
    [InlineData("PUT", "api/events")]
    [InlineData("OPTIONS", "api/events")]
    [InlineData("POST", "api/events", "X-HTTP-Method-Override", "DELETE")]
    [InlineData("POST", "api/events", "Origin", "https://elsewhere.example")]
    [InlineData("POST", "api/events", "Accept", "text/html")]
    [InlineData("POST", "api/events", "Accept-Language", "zh-CN")]
    [InlineData("POST", "api/events", "Expect", "100-continue")]
    [InlineData("POST", "api/events", "Host", "elsewhere.example")]
    [InlineData("POST", "api/events", "X-Forwarded-For", "192.0.2.7")]
    [InlineData("POST", "api/events", "X-Forwarded-Proto", "https")]
    [InlineData("POST", "api/events", "ce-specversion", "1.0")]
    [InlineData("POST", "api/events", "Content-Encoding", "gzip")]
    [InlineData("POST", "api/events", "Content-Encoding", "zstd")]
    [InlineData("POST", "api/events", "Content-Type", "text/xml")]
    [InlineData("POST", "api/events", "Content-Type", "application/x-www-form-urlencoded")]
    public async Task Request_OfAnyShape_IsAnsweredAsOnEveryRoute(string method, string path, string? header = null, string? value = null)
    {
        var app = shared.App;
        var known = Guid.NewGuid();

        var straight = await ShapeOfAsync(app, known, method, path, header, value, cookie: null);
        // Known by now: what it answers must not tell them apart.
        straight = straight.StartsWith("202", StringComparison.Ordinal)
            ? await ShapeOfAsync(app, known, method, path, header, value, cookie: null) : straight;

        straight.ShouldBe(await ShapeOfAsync(app, known, method, path, header, value, cookie: "theme=dark"));
    }

    [Fact]
    public async Task Post_OfTooMuch_IsRefusedAsOnEveryRoute()
    {
        var app = shared.App;
        List<(HttpStatusCode, string?)> answers = [];
        foreach (var cookie in new[] { null, "theme=dark" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/events")
            {
                Content = new StringContent(new string(' ', (1024 * 1024) + 1), Encoding.UTF8, "application/cloudevents+json"),
            };
            // Answered before it is sent.
            request.Headers.ExpectContinue = true;
            if (cookie is not null)
            {
                request.Headers.Add("Cookie", cookie);
            }

            using var answer = await app.CreateApiClient().SendAsync(request, Stop);
            answers.Add((answer.StatusCode, await CodeOfAsync(answer)));
        }

        answers.ShouldAllBe(answer => answer.Item1 == HttpStatusCode.RequestEntityTooLarge && answer.Item2 == "too_large");
    }

    [Theory]
    [InlineData("revoked", HttpStatusCode.Unauthorized)]
    [InlineData("expired", HttpStatusCode.Unauthorized)]
    [InlineData("disabled", HttpStatusCode.Unauthorized)]
    [InlineData("a viewer", HttpStatusCode.Forbidden)]
    public async Task Post_WithAKeyThatWasGoodAMomentAgo_IsRefused(string now, HttpStatusCode expected)
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Time = time });
        var text = await app.CreateApiKeyAsync(Roles.Operator, ApiKeyScope.Ingest);
        var (admin, owner) = (await app.AdminActorAsync(), (await app.PeopleAsync()).Single(person => person.Role == Roles.Operator).Id);
        var (keys, people) = (app.Services.GetRequiredService<KeyService>(), app.Services.GetRequiredService<PeopleService>());
        await using (var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop))
        {
            DateTimeOffset? end = time.GetUtcNow().AddDays(1);
            await context.ApiKeys.Where(key => key.UserId == owner).ExecuteUpdateAsync(set => set.SetProperty(k => k.ExpiresAt, end), Stop);
        }

        using var client = app.CreateApiClient(text);
        using (var good = await PostAsync(client))
        {
            good.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        await (now switch
        {
            "revoked" => keys.RevokeApiKeyAsync((await keys.ListApiKeysAsync(owner, admin, Stop)).Single().Id, admin, Stop),
            "disabled" => people.SetDisabledAsync(owner, true, admin, Stop),
            "a viewer" => people.ChangeRoleAsync(owner, Roles.Viewer, admin, Stop),
            _ => Task.Run(() => time.Advance(TimeSpan.FromDays(1)), Stop),
        });

        using var refused = await PostAsync(client);
        refused.StatusCode.ShouldBe(expected);
        if (expected == HttpStatusCode.Unauthorized)
        {
            (await app.AuditActionsAsync()).ShouldContain("api-key.use");
        }
    }

    [Fact]
    public async Task Post_MoreThanAKeyMay_IsThrottled_AndOneCallIsOneCall()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Time = new ManualTime(DateTimeOffset.UtcNow),
            Configuration = new Dictionary<string, string> { ["Api:RequestsPerSecondPerKey"] = "4" },
        });
        using var client = app.CreateApiClient();
        List<HttpStatusCode> answers = [];
        for (var call = 0; call < 5; call++)
        {
            using var answer = await PostAsync(client, cookie: call % 2 == 0 ? null : "theme=dark");
            answers.Add(answer.StatusCode);
        }

        answers.ShouldBe([.. Enumerable.Repeat(HttpStatusCode.Accepted, 4), HttpStatusCode.TooManyRequests]);
    }

    [Fact]
    public async Task Post_ThatFails_IsAProblemThatSaysNothingOfTheFault()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Services = services => services.AddSingleton<BodyBudget>(_ => throw new InvalidOperationException("canary-of-the-fault")),
        });

        using var answer = await PostAsync(app.CreateApiClient());

        (answer.StatusCode, await CodeOfAsync(answer)).ShouldBe((HttpStatusCode.InternalServerError, "internal_error"));
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldNotContain("canary");
        app.Logs.Lines.ShouldContain(line => line.Contains("canary-of-the-fault", StringComparison.Ordinal));
    }

    private static async Task<string> ShapeOfAsync(
        NotifyAdminApp app, Guid id, string method, string path, string? header, string? value, string? cookie)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT")
        {
            request.Content = JsonContent.Create(new { specversion = "1.0", id, source = "tests", type = "scan.stopped" });
        }

        if (header?.StartsWith("Content-", StringComparison.Ordinal) == true)
        {
            request.Content!.Headers.Remove(header);
            request.Content.Headers.TryAddWithoutValidation(header, value);
        }
        else if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using var answer = await app.CreateApiClient().SendAsync(request, Stop);
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(pair => pair.Key != "Date").OrderBy(pair => pair.Key)
            .Select(pair => $"{pair.Key}: {string.Join(", ", pair.Value)}");
        return $"{(int)answer.StatusCode}\n{string.Join('\n', headers)}\n{await answer.Content.ReadAsStringAsync(Stop)}";
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
