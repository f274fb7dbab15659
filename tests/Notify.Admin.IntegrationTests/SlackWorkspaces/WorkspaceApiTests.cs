using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.Faults;

namespace Notify.Admin.IntegrationTests.SlackWorkspaces;

/// <summary><c>/api/slack-workspaces</c> against the sandbox.</summary>
public class WorkspaceApiTests(WorkspaceApiTests.SandboxedApp shared) : IClassFixture<WorkspaceApiTests.SandboxedApp>
{
    private const string Route = "api/slack-workspaces";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Add_TokensThatSlackAccepts_AreStoredWithWhatSlackSaysOfThem(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        using var client = app.CreateApiClient();

        using var added = await client.PostAsJsonAsync(Route, Body(), Stop);

        added.StatusCode.ShouldBe(HttpStatusCode.Created);
        var answer = await ReadAsync(added);
        var id = answer.GetProperty("id").GetInt32();
        added.Headers.Location!.ToString().ShouldEndWith($"/{Route}/{id}");
        var read = await ReadAsync(await client.GetAsync($"{Route}/{id}", Stop));
        Text(read, "name").ShouldBe("Sandbox");
        Text(read, "team_id").ShouldBe("T0SANDBOX1");
        Text(read, "check_code").ShouldBe("ok");
        read.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()).ShouldContain("chat:write");
        read.GetProperty("missing_scopes").EnumerateArray().Select(scope => scope.GetString()).ShouldBe(["chat:write.public"]);
        Text(read.GetProperty("config_token"), "state").ShouldBe("ok");
        Text(read.GetProperty("config_token"), "user_id").ShouldBe("U0PERSON01");
        read.GetProperty("config_token").GetProperty("ends_at").GetDateTimeOffset()
            .ShouldBeInRange(DateTimeOffset.UtcNow.AddHours(11), DateTimeOffset.UtcNow.AddHours(12));
        var list = await ReadAsync(await client.GetAsync(Route, Stop));
        list.GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetInt32().ShouldBe(id);
        foreach (var text in new[] { answer.ToString(), read.ToString(), list.ToString(), await AuditAsync(app) })
        {
            text.ShouldNotContain("sandbox-token");
            text.ShouldNotContain("sandbox-config");
            text.ShouldNotContain("sandbox-refresh");
        }
    }

    [Theory]
    [InlineData("xoxb-sandbox-revoked-token", null, null, "token_revoked", "bot_token")]
    [InlineData("xoxb-nobody-knows-this", null, null, "invalid_auth", "bot_token")]
    [InlineData("xoxb-sandbox-token", "xoxe.xoxp-nobody-knows-this", "xoxe-1-x", "invalid_auth", "config_token")]
    public async Task Add_TokenThatSlackRefuses_CarriesItsCodeAndStoresNothing(string bot, string? config, string? refresh, string code,
        string field)
    {
        var app = shared.App;
        using var client = app.CreateApiClient();

        using var refused = await client.PostAsJsonAsync(Route, Body(bot, config, refresh), Stop);

        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await ReadAsync(refused);
        Text(problem, "code").ShouldBe(code);
        Text(problem.GetProperty("errors")[0], "field").ShouldBe(field);
        (await ReadAsync(await client.GetAsync(Route, Stop))).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"bot_token":"xoxb-sandbox-token"}""")]
    [InlineData("""{"name":"  ","bot_token":"xoxb-sandbox-token"}""")]
    public async Task Add_WithoutAName_HasTheOneThatSlackKnows(string body)
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);

        using var content = new StringContent(body, MediaTypeHeaderValue.Parse("application/json"));
        using var answer = await app.CreateApiClient().PostAsync(Route, content, Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        Text(await ReadAsync(answer), "name").ShouldBe("Sandbox");
    }

    [Theory]
    [InlineData("""{"name":"a"}""", "invalid_workspace", "bot_token")]
    [InlineData("""{"name":"a","bot_token":7}""", "invalid_workspace", "bot_token")]
    [InlineData("""{"name":"a","bot_token":"xoxb with blanks"}""", "invalid_workspace", "bot_token")]
    [InlineData("""{"name":"a","bot_token":"xoxb-sandbox-token","refresh_token":"xoxe-1"}""", "invalid_workspace", "config_token")]
    [InlineData("""{"name":"\ud800","bot_token":"xoxb-sandbox-token"}""", "invalid_workspace", "name")]
    [InlineData("""["name"]""", "invalid_json", null)]
    [InlineData("name", "invalid_json", null)]
    public async Task Add_BadBody_NamesTheField(string body, string code, string? field)
    {
        var app = shared.App;
        using var client = app.CreateApiClient();

        using var refused = await client.PostAsync(Route, new StringContent(body), Stop);

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await ReadAsync(refused);
        Text(problem, "code").ShouldBe(code);
        if (field is not null)
        {
            Text(problem.GetProperty("errors")[0], "field").ShouldBe(field);
        }
    }

    [Fact]
    public async Task Add_SlackAway_Is502AndMayBeSentAgain()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        using var client = app.CreateApiClient();
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.Status, Status = 429, RetryAfter = "7" });

        using var refused = await client.PostAsJsonAsync(Route, Body(), Stop);
        using var again = await client.PostAsJsonAsync(Route, Body(), Stop);

        refused.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        refused.Headers.RetryAfter!.ToString().ShouldBe("7");
        Text(await ReadAsync(refused), "code").ShouldBe("ratelimited");
        again.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Theory, DatabaseData]
    public async Task Change_OmittedFields_KeepTheirValues(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        using var client = app.CreateApiClient();
        var id = await app.AddWorkspaceAsync();

        var renamed = await ReadAsync(await client.PatchAsJsonAsync($"{Route}/{id}", new { name = "Renamed" }, Stop));
        var other = await ReadAsync(await client.PatchAsJsonAsync($"{Route}/{id}", new { bot_token = "xoxb-sandbox-readonly-token" },
            Stop));
        var without = await ReadAsync(await client.PatchAsJsonAsync($"{Route}/{id}", new { config_token = (string?)null }, Stop));

        (Text(renamed, "name"), Text(renamed, "bot_token_last_four"), Text(renamed.GetProperty("config_token"), "state"))
            .ShouldBe(("Renamed", "oken", "ok"));
        Text(other, "name").ShouldBe("Renamed");
        other.GetProperty("missing_scopes").EnumerateArray().Select(scope => scope.GetString()).ShouldContain("chat:write");
        (Text(without, "name"), Text(without.GetProperty("config_token"), "state")).ShouldBe(("Renamed", "none"));
        (await client.PatchAsJsonAsync($"{Route}/{id + 9}", new { name = "x" }, Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, DatabaseData]
    public async Task Delete_InUse_IsRefusedWithTheNames(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        using var client = app.CreateApiClient();
        var id = await app.AddWorkspaceAsync();
        var integration = await app.AddSlackIntegrationAsync("C0ALERTS01",
            s => (s.WorkspaceId, s.Token, s.Name) = (id, null, "alerts here"));

        using var refused = await client.DeleteAsync($"{Route}/{id}", Stop);
        await app.EditSlackIntegrationAsync(integration,
            s => (s.WorkspaceId, s.Token) = (null, app.Services.GetRequiredService<SecretProtector>().Protect("xoxb-own-token-of-it")));
        using var deleted = await client.DeleteAsync($"{Route}/{id}", Stop);
        using var gone = await client.GetAsync($"{Route}/{id}", Stop);

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var problem = await ReadAsync(refused);
        (Text(problem, "code"), Text(problem, "detail")!.Contains("alerts here", StringComparison.Ordinal)).ShouldBe(("in_use", true));
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, DatabaseData]
    public async Task CheckRenewPeopleAndTeams_DoWhatThePageDoes(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        using var client = app.CreateApiClient();
        var id = await app.AddWorkspaceAsync();
        await app.WaitForPeopleAsync(id);

        var renewed = await ReadAsync(await client.PostAsync($"{Route}/{id}/renew", null, Stop));
        app.Sandbox.Slack.Tokens.Put(app.Sandbox.Slack.Tokens.Find(TestChannels.SandboxToken)! with { Error = "token_revoked" });
        var checkedNow = await ReadAsync(await client.PostAsync($"{Route}/{id}/check", null, Stop));
        var people = await ReadAsync(await client.GetAsync($"{Route}/{id}/people?query=wang&limit=5", Stop));
        var teams = await ReadAsync(await client.GetAsync($"{Route}/{id}/teams", Stop));
        using var reading = await client.PostAsync($"{Route}/{id}/people/read", null, Stop);
        using var badLimit = await client.GetAsync($"{Route}/{id}/people?limit=0", Stop);
        using var missing = await client.GetAsync($"{Route}/{id + 9}/people", Stop);

        renewed.GetProperty("config_token").GetProperty("last_four").GetString().ShouldNotBe("oken");
        (Text(checkedNow, "check_code"), Text(checkedNow, "team_id")).ShouldBe(("token_revoked", "T0SANDBOX1"));
        people.GetProperty("total").GetInt32().ShouldBe(28);
        Text(people.GetProperty("items").EnumerateArray().ShouldHaveSingleItem(), "email").ShouldBe("wang.wei@example.com");
        Text(teams.GetProperty("items")[0], "team_id").ShouldBe("T0SANDBOX1");
        (reading.StatusCode, badLimit.StatusCode, missing.StatusCode)
            .ShouldBe((HttpStatusCode.Accepted, HttpStatusCode.BadRequest, HttpStatusCode.NotFound));
    }

    [Theory, DatabaseData]
    public async Task Renew_InVain_IsInTheTrailAsFailed(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        using var client = app.CreateApiClient();
        var renewable = await app.AddWorkspaceAsync();
        var withoutRefresh = await app.AddWorkspaceAsync("Without", refreshToken: null);

        foreach (var id in (int[])[renewable, withoutRefresh])
        {
            (await client.PostAsync($"{Route}/{id}/renew", null, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        var entries = await context.AuditEntries.AsNoTracking().Where(e => e.Action == "slack-workspace.renew").OrderBy(e => e.Id)
            .ToListAsync(Stop);
        entries.Select(e => (e.SubjectId, e.Result))
            .ShouldBe([($"{renewable}", AuditResult.Done), ($"{withoutRefresh}", AuditResult.Failed)]);
        entries[1].Changes!.ShouldContain("no_refresh_token");
    }

    [Fact]
    public async Task Roles_OnlyAdminsChange()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var id = await app.AddWorkspaceAsync();
        foreach (var role in new[] { Roles.Operator, Roles.Viewer })
        {
            using var client = app.CreateApiClient(await app.CreateApiKeyAsync(role));

            (await client.GetAsync(Route, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await client.PostAsJsonAsync(Route, Body(), Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await client.PatchAsJsonAsync($"{Route}/{id}", new { name = "x" }, Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await client.DeleteAsync($"{Route}/{id}", Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await client.PostAsync($"{Route}/{id}/renew", null, Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await client.PostAsync($"{Route}/{id}/check", null, Stop)).StatusCode.ShouldBe(role == Roles.Operator
                ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
            (await client.PostAsync($"{Route}/{id}/people/read", null, Stop)).StatusCode.ShouldBe(role == Roles.Operator
                ? HttpStatusCode.Accepted : HttpStatusCode.Forbidden);
        }

        using var nobody = app.CreateClient();
        (await nobody.GetAsync(Route, Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, WithSandbox = true });

    private static Dictionary<string, string?> Body(
        string bot = TestChannels.SandboxToken, string? config = TestWorkspaces.ConfigToken,
        string? refresh = TestWorkspaces.RefreshToken) =>
        new() { ["name"] = "Sandbox", ["bot_token"] = bot, ["config_token"] = config, ["refresh_token"] = refresh };

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        var element = await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
        return element;
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static async Task<string> AuditAsync(NotifyAdminApp app)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        var entries = await context.AuditEntries.AsNoTracking().Where(entry => entry.SubjectKind == "slack-workspace").ToListAsync(Stop);
        entries.ShouldNotBeEmpty();
        return string.Join('\n', entries.Select(entry => entry.Changes));
    }

    public sealed class SandboxedApp : SharedApp
    {
        protected override NotifyAdminSettings Settings => new() { WithSandbox = true };
    }
}
