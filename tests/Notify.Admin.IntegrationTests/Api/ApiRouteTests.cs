using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Notify.Admin.Accounts;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Api;

/// <summary>What every <c>api/</c> route has in common: its query parameters are known, and what there is not is said so.</summary>
public sealed class ApiRouteTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "api/deliveries?sourc=x", "sourc", "is not known here")]
    [InlineData("GET", "api/deliveries?limit=1&source=x", "limit", "is not known here")]
    [InlineData("GET", "api/deliveries?source=a&source=b", "source", "must be given once")]
    [InlineData("GET", "api/deliveries?source=a%00b", "source", PlainText.Rule)]
    [InlineData("GET", "api/deliveries?source=%EF%BF%BE", "source", PlainText.Rule)]
    [InlineData("GET", "api/audit?page=2", "page", "is not known here")]
    [InlineData("GET", "api/audit/verify?seq=2", "seq", "is not known here")]
    [InlineData("GET", "api/function-access?workspace=1", "workspace", "is not known here")]
    [InlineData("GET", "api/function-access/1?fresh=true", "fresh", "is not known here")]
    [InlineData("GET", "api/function-access/1?id=2", "id", "is not known here")]
    [InlineData("POST", "api/function-access/import?fromat=yaml", "fromat", "is not known here")]
    [InlineData("GET", "api/slack-workspaces?name=x", "name", "is not known here")]
    [InlineData("GET", "api/slack-workspaces/1/people?q=x", "q", "is not known here")]
    [InlineData("POST", "api/events?dry=1", "dry", "is not known here")]
    public async Task Query_Unknown_Is400AndNamed(string method, string path, string parameter, string reason)
    {
        var app = shared.App;

        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await app.CreateApiClient().SendAsync(request, Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        var text = problem.GetRawText();
        if (problem.TryGetProperty("errors", out var errors))
        {
            errors[0].GetProperty("field").GetString().ShouldBe(parameter, text);
            errors[0].GetProperty("reason").GetString().ShouldBe(reason, text);
        }
        else
        {
            problem.GetProperty("code").GetString().ShouldBe("not_text", text);
        }
    }

    [Theory]
    [InlineData("api/deliveries?eventId=a&source=b&state=sent&cursor=5")]
    [InlineData("api/audit?action=a&who=b&q=c&from=2026-01-31T08:00:00Z&to=2026-01-31T09:00:00Z&cursor=5")]
    [InlineData("api/function-access/export?format=json&workspace_id=1")]
    [InlineData("api/deliveries?EVENTID=a")]
    public async Task Query_Known_IsAnswered(string path)
    {
        var app = shared.App;

        (await app.CreateApiClient().GetAsync(path, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Route_ThatIsNot_Is404WithAKeyAnd401Without()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var admin = app.CreateApiClient();
        using var ingest = app.CreateApiClient(await app.CreateApiKeyAsync(Roles.Operator, ApiKeyScope.Ingest));

        await ShouldBeAsync(await admin.GetAsync("api/nothing", Stop), HttpStatusCode.NotFound, "not_found");
        await ShouldBeAsync(await admin.PostAsync("api/events/1", null, Stop), HttpStatusCode.NotFound, "not_found");
        await ShouldBeAsync(await ingest.GetAsync("api", Stop), HttpStatusCode.NotFound, "not_found");
        await ShouldBeAsync(await app.CreateClient().GetAsync("api/nothing", Stop), HttpStatusCode.Unauthorized, "key_required");
        await ShouldBeAsync(await app.CreateApiClient("nak_wrong").GetAsync("api/nothing", Stop), HttpStatusCode.Unauthorized,
            "invalid_key");
    }

    [Fact]
    public async Task Method_ThatARouteDoesNotTake_Is405AndNamesThoseItTakes()
    {
        await using var app = await NotifyAdminApp.StartAsync();

        using var answer = await app.CreateApiClient().DeleteAsync("api/deliveries", Stop);

        answer.Content.Headers.Allow.ShouldBe(["GET"]);
        await ShouldBeAsync(answer, HttpStatusCode.MethodNotAllowed, "not_allowed");
    }

    private static async Task ShouldBeAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        answer.StatusCode.ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString().ShouldBe(code);
    }
}
