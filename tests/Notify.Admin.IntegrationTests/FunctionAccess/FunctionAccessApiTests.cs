using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.Faults;
using Notify.Sandbox.Slack;
using static Notify.Admin.IntegrationTests.FunctionAccess.AccessApi;

namespace Notify.Admin.IntegrationTests.FunctionAccess;

/// <summary>The contract of <c>/api/function-access</c>.</summary>
public sealed class FunctionAccessApiTests
{
    private const string Add = "functions.distributions.permissions.add";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Journey_AddPlanApplyDriftAccept_KeepsWantedAndNow(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var api = app.CreateApiClient();
        var id = await AddAsync(api, SlackSeeds.NamedFunction);
        var added = await GetAsync(api, $"api/function-access/{id}");
        Ids(added.GetProperty("now")).ShouldBe(Ids(added.GetProperty("wanted")));
        added.GetProperty("drifted").GetBoolean().ShouldBeFalse();
        added.GetProperty("now").GetProperty("users")[0].GetProperty("email").GetString().ShouldNotBeNullOrEmpty();

        var wish = new { permission_type = "named_entities", user_ids = People(1, 5), team_ids = new[] { SlackSeeds.TeamId } };
        var plan = await PostAsync(api, $"api/function-access/{id}/plan", wish, HttpStatusCode.OK);
        Texts(plan, "gains").ShouldBe(People(5));
        Texts(plan, "loses").ShouldBe(People(3, 11));
        (plan.GetProperty("type_from").GetString(), plan.GetProperty("type_to").GetString()).ShouldBe(("named_entities", "named_entities"));
        plan.GetProperty("calls").GetArrayLength().ShouldBe(2);
        Ids((await GetAsync(api, $"api/function-access/{id}")).GetProperty("wanted"))
            .ShouldBe(Ids(added.GetProperty("wanted")), "a plan stores nothing");

        var basis = plan.GetProperty("basis").GetString();
        var applied = await PostAsync(api, $"api/function-access/{id}/apply",
            new { wish.permission_type, wish.user_ids, wish.team_ids, basis }, HttpStatusCode.OK);
        applied.GetProperty("state").GetString().ShouldBe("done");
        app.Sandbox.Slack.Functions.Find(SlackSeeds.NamedFunction)!.UserIds.Order().ShouldBe(People(1, 5));

        app.Sandbox.Slack.Functions.Put(app.Sandbox.Slack.Functions.Find(SlackSeeds.NamedFunction)! with { UserIds = People(1, 5, 9) });
        (await GetAsync(api, $"api/function-access/{id}")).GetProperty("drifted").GetBoolean().ShouldBeFalse("nobody has looked yet");
        var drifted = await GetAsync(api, $"api/function-access/{id}?refresh=true");
        drifted.GetProperty("drifted").GetBoolean().ShouldBeTrue();
        Ids(drifted.GetProperty("now")).ShouldContain(SlackSeeds.PersonId(9));

        var accepted = await PostAsync(api, $"api/function-access/{id}/accept", new { }, HttpStatusCode.OK);
        accepted.GetProperty("drifted").GetBoolean().ShouldBeFalse();
        var history = await GetAsync(api, $"api/function-access/{id}/history");
        history.GetProperty("items").EnumerateArray()
            .Select(item => $"{item.GetProperty("kind").GetString()} {item.GetProperty("state").GetString()}")
            .ShouldBe(["accepted done", "apply done", "added done"]);
        (await app.AuditActionsAsync()).Where(action => action.StartsWith("function-access", StringComparison.Ordinal))
            .ShouldBe(["function-access.add", "function-access.apply", "function-access.applied", "function-access.accept"]);
    }

    [Theory, DatabaseData]
    public async Task Apply_ChangedSinceThePlan_Is409WithWhatIsThere(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var api = app.CreateApiClient();
        var id = await AddAsync(api, SlackSeeds.NamedFunction);
        var before = await GetAsync(api, $"api/function-access/{id}");
        app.Sandbox.Slack.Functions.Put(app.Sandbox.Slack.Functions.Find(SlackSeeds.NamedFunction)! with { UserIds = People(1, 20) });

        var problem = await PostAsync(
            api, $"api/function-access/{id}/apply",
            new { permission_type = "named_entities", user_ids = People(2), basis = before.GetProperty("basis").GetString() },
            HttpStatusCode.Conflict);

        problem.GetProperty("code").GetString().ShouldBe("changed_at_slack");
        Ids(problem.GetProperty("now")).ShouldBe(People(1, 20));
        app.Sandbox.Slack.Functions.Find(SlackSeeds.NamedFunction)!.UserIds.ShouldBe(People(1, 20));
        Ids((await GetAsync(api, $"api/function-access/{id}")).GetProperty("wanted"))
            .ShouldBe(Ids(before.GetProperty("wanted")), "nothing was begun");
        await PostAsync(
            api, $"api/function-access/{id}/apply",
            new { permission_type = "named_entities", user_ids = People(2), basis = problem.GetProperty("basis").GetString() },
            HttpStatusCode.OK);
    }

    [Theory, DatabaseData]
    public async Task Apply_SlackRefuses_Is422WithWhatRemainsAndCanBeFinished(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var api = app.CreateApiClient();
        var id = await AddAsync(api, SlackSeeds.NamedFunction);
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.ErrorCode,
            ErrorCode = "connected_org_denied", Method = Add, Calls = 0 });
        var wish = new { permission_type = "named_entities", user_ids = People(1, 3, 11, 12), team_ids = new[] { SlackSeeds.TeamId } };

        var problem = await PostAsync(api, $"api/function-access/{id}/apply", wish, HttpStatusCode.UnprocessableEntity);

        problem.GetProperty("code").GetString().ShouldBe("connected_org_denied");
        Texts(problem.GetProperty("remaining"), "add_user_ids").ShouldBe(People(12));
        Ids((await GetAsync(api, $"api/function-access/{id}")).GetProperty("wanted"))
            .ShouldContain(SlackSeeds.PersonId(12), "wanted is stored before the first call");
        app.Sandbox.Faults.Clear();
        (await PostAsync(api, $"api/function-access/{id}/apply", wish, HttpStatusCode.OK)).GetProperty("state").GetString()
            .ShouldBe("done");
    }

    [Theory]
    [InlineData("user_not_found")]
    [InlineData("never_heard_of_it")]
    public async Task Apply_RefusedByACodeOfSlacks_Is422WithIt(string code)
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var api = app.CreateApiClient();
        var id = await AddAsync(api, SlackSeeds.NamedFunction);
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.ErrorCode, ErrorCode = code,
            Method = Add, Calls = 0 });
        var wish = new { permission_type = "named_entities", user_ids = People(1, 3, 11, 12), team_ids = new[] { SlackSeeds.TeamId } };

        var problem = await PostAsync(api, $"api/function-access/{id}/apply", wish, HttpStatusCode.UnprocessableEntity);

        problem.GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task Apply_ProgramStopsInTheMiddle_GoesOnAfterTheStart()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var api = app.CreateApiClient();
        var id = await AddAsync(api, SlackSeeds.NamedFunction);
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.Status, Status = 429, RetryAfter = "3",
            Method = Add });
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var request = api.PostAsJsonAsync(
            $"api/function-access/{id}/apply",
            new { permission_type = "named_entities", user_ids = People(1, 3, 11, 15), team_ids = new[] { SlackSeeds.TeamId } },
            gone.Token);
        await Eventually.HoldsAsync(() => Task.FromResult(app.Sandbox.Calls.All.Any(call => call.Method == Add)), TimeSpan.FromSeconds(60));
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => request);

        await app.RestartAsync();

        await Eventually.HoldsAsync(
            () => Task.FromResult(app.Sandbox.Slack.Functions.Find(SlackSeeds.NamedFunction)!.UserIds.Contains(SlackSeeds.PersonId(15))),
            TimeSpan.FromSeconds(60));
        await Eventually.HoldsAsync(
            async () => (await GetAsync(app.CreateApiClient(), $"api/function-access/{id}/history")).GetProperty("items")[0]
            .GetProperty("state").GetString() == "done",
            TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Check_Drift_RaisesOneEvent()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var api = app.CreateApiClient();
        var id = await AddAsync(api, SlackSeeds.NamedFunction);
        app.Sandbox.Slack.Functions.Put(app.Sandbox.Slack.Functions.Find(SlackSeeds.NamedFunction)! with { UserIds = People(1) });

        (await PostAsync(api, "api/function-access/check", new { }, HttpStatusCode.Accepted)).GetProperty("queued").GetInt32().ShouldBe(1);
        await Eventually.HoldsAsync(async () => (await GetAsync(api, $"api/function-access/{id}")).GetProperty("drifted").GetBoolean(),
            TimeSpan.FromSeconds(60));
        await PostAsync(api, $"api/function-access/{id}/check", new { }, HttpStatusCode.OK);

        (await DriftEventsAsync(app)).ShouldBe(1);
        var needs = await Task.WhenAll(app.Services.GetServices<IAttentionSource>()
            .Select(source => source.ListAsync(TestContext.Current.CancellationToken)));
        needs.SelectMany(need => need).ShouldHaveSingleItem().Href.ShouldBe($"slack/functions/{id}");
    }

    [Fact]
    public async Task Check_OneWorkspaceIsThrottled_TheOthersAreLookedAt()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var api = app.CreateApiClient();
        var second = await app.AddWorkspaceAsync("Second");
        await AddAsync(api, SlackSeeds.NamedFunction);
        var id = (await PostAsync(api, "api/function-access",
            new { workspace_id = second, name = "Notify", function_id = SlackSeeds.EveryoneFunction }, HttpStatusCode.Created))
            .GetProperty("id").GetInt32();
        app.Sandbox.Faults.Add(new SandboxFault
        {
            Target = FaultTarget.Slack, Kind = FaultKind.Status, Status = 429, RetryAfter = "900", Calls = 0,
            Method = "functions.distributions.permissions.list", Contains = SlackSeeds.NamedFunction,
        });
        app.Sandbox.Slack.Functions.Put(app.Sandbox.Slack.Functions.Find(SlackSeeds.EveryoneFunction)! with
        {
            PermissionType = "named_entities", UserIds = People(1),
        });

        await PostAsync(api, "api/function-access/check", new { }, HttpStatusCode.Accepted);

        await Eventually.HoldsAsync(async () => (await GetAsync(api, $"api/function-access/{id}")).GetProperty("drifted").GetBoolean(),
            TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Post_BadBodies_Are400AndNameTheField()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var api = app.CreateApiClient();
        var id = await AddAsync(api, SlackSeeds.NamedFunction);
        (object Body, string Field)[] wishes =
        [
            (new { }, "permission_type"),
            (new { permission_type = "system" }, "permission_type"),
            (new { permission_type = "everyone", user_ids = People(1) }, "user_ids"),
            (new { permission_type = "app_collaborators", team_ids = new[] { "T1" } }, "team_ids"),
            (new { permission_type = "named_entities", org_ids = Enumerable.Range(1, 51).Select(n => $"E{n}") }, "org_ids"),
            (new { permission_type = "named_entities", team_ids = Enumerable.Range(1, 51).Select(n => $"T{n}") }, "team_ids"),
            (new { permission_type = "named_entities", user_ids = "U1" }, "user_ids"),
            (new { permission_type = "named_entities", user_ids = new[] { "alice@example.com" } }, "user_ids"),
            (new { permission_type = "named_entities", userids = People(1) }, "userids"),
        ];
        foreach (var (body, field) in wishes)
        {
            foreach (var verb in new[] { "plan", "apply" })
            {
                var problem = await PostAsync(api, $"api/function-access/{id}/{verb}", body, HttpStatusCode.BadRequest);
                problem.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe(field);
            }
        }

        (object Body, string Field)[] additions =
        [
            (new { workspace_id = 1, name = "x" }, "function_id"),
            (new { name = "x", function_id = "Fn1" }, "workspace_id"),
            (new { workspace_id = 99, name = "x", function_id = "Fn1" }, "workspace_id"),
            (new { workspace_id = 1, function_id = "Fn1" }, "name"),
            (new { workspace_id = 1, name = "x", function_callback_id = "c" }, "function_app_id"),
        ];
        foreach (var (body, field) in additions)
        {
            (await PostAsync(api, "api/function-access", body, HttpStatusCode.BadRequest)).GetProperty("errors")[0].GetProperty("field")
                .GetString().ShouldBe(field);
        }

        (await PostAsync(api, "api/function-access", new { workspace_id = 1, name = "x", function_id = "Fn0UNKNOWN" },
            HttpStatusCode.UnprocessableEntity))
            .GetProperty("code").GetString().ShouldBe("function_not_found");
        (await PostAsync(api, "api/function-access", new { workspace_id = 1, name = "x", function_id = SlackSeeds.NamedFunction },
            HttpStatusCode.Conflict))
            .GetProperty("code").GetString().ShouldBe("already_managed");
        (await api.GetAsync("api/function-access/999", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Get_SlackRefuses_NowIsNullAndErrorSaysWhy()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var api = app.CreateApiClient();
        var id = await AddAsync(api, SlackSeeds.NamedFunction);
        app.Sandbox.Slack.Functions.Remove(SlackSeeds.NamedFunction);

        var answer = await GetAsync(api, $"api/function-access/{id}?refresh=true");

        answer.GetProperty("now").ValueKind.ShouldBe(JsonValueKind.Null);
        answer.GetProperty("error").GetString().ShouldBe("function_not_found");
        (await PostAsync(api, $"api/function-access/{id}/plan", new { permission_type = "everyone" }, HttpStatusCode.UnprocessableEntity))
            .GetProperty("code").GetString().ShouldBe("function_not_found");
    }

    [Fact]
    public async Task Calls_ByRole_AreKeptApart()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var id = await AddAsync(app.CreateApiClient(), SlackSeeds.NamedFunction);
        var viewer = app.CreateApiClient(await app.CreateApiKeyAsync(Roles.Viewer));
        var @operator = app.CreateApiClient(await app.CreateApiKeyAsync(Roles.Operator));
        var wish = new { permission_type = "everyone" };

        (await viewer.GetAsync($"api/function-access/{id}", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await viewer.GetAsync($"api/function-access/{id}?refresh=true", Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        await PostAsync(viewer, $"api/function-access/{id}/check", new { }, HttpStatusCode.Forbidden);
        await PostAsync(viewer, $"api/function-access/{id}/plan", wish, HttpStatusCode.Forbidden);
        (await @operator.GetAsync($"api/function-access/{id}?refresh=true", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await PostAsync(@operator, $"api/function-access/{id}/plan", wish, HttpStatusCode.OK);
        await PostAsync(@operator, $"api/function-access/{id}/apply", wish, HttpStatusCode.Forbidden);
        await PostAsync(@operator, $"api/function-access/{id}/accept", new { }, HttpStatusCode.Forbidden);
        await PostAsync(@operator, "api/function-access", new { workspace_id = 1, name = "x", function_id = SlackSeeds.EveryoneFunction },
            HttpStatusCode.Forbidden);
        (await @operator.DeleteAsync($"api/function-access/{id}", Stop)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await app.CreateClient().GetAsync("api/function-access", Stop)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<int> DriftEventsAsync(NotifyAdminApp app)
    {
        using var scope = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.CreateScope(app.Services);
        var contexts = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions
            .GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<NotifyDbContext>>(scope.ServiceProvider);
        await using var context = await contexts.CreateDbContextAsync(Stop);
        return context.Events.Count(e => e.Type == "notify.access.drifted");
    }

    private static string[] People(params int[] numbers) => [.. numbers.Select(SlackSeeds.PersonId)];

    private static List<string?> Ids(JsonElement list) =>
        [.. list.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("user_id").GetString()).Order()];

    private static List<string?> Texts(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(item => item.GetString()).Order()];
}
