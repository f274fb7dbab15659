using System.Net;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.Faults;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.FunctionAccess;

/// <summary>Joiner, leaver, copy and comparison over HTTP.</summary>
public sealed class BulkAccessApiTests
{
    private const string First = "Fn0BULK001";
    private const string Second = "Fn0BULK002";

    [Theory, DatabaseData]
    public async Task Leaver_PlannedAndApplied_IsTakenOffEveryList(DatabaseProvider provider)
    {
        await using var app = await AccessApi.StartAsync(provider);
        var (api, _, _) = await AddTwoAsync(app);
        var body = new { action = "take", workspace_id = 1, user_id = SlackSeeds.PersonId(1) };

        var plan = await AccessApi.PostAsync(api, "api/function-access/bulk/plan", body, HttpStatusCode.OK);
        plan.GetProperty("changes").GetInt32().ShouldBe(2);
        plan.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("plan").GetProperty("loses")[0].GetString())
            .ShouldAllBe(id => id == SlackSeeds.PersonId(1));
        Listed(app, First).ShouldContain(SlackSeeds.PersonId(1), "a plan changes nothing");

        var applied = await AccessApi.PostAsync(
            api, "api/function-access/bulk/apply",
            new { body.action, body.workspace_id, body.user_id, basis = plan.GetProperty("basis").GetString() }, HttpStatusCode.OK);
        applied.GetProperty("state").GetString().ShouldBe("done");
        applied.GetProperty("items").GetArrayLength().ShouldBe(2);
        Listed(app, First).ShouldBe([SlackSeeds.PersonId(2)]);
        Listed(app, Second).ShouldBe([SlackSeeds.PersonId(3)]);
        (await app.AuditActionsAsync()).Count(action => action == "function-access.apply").ShouldBe(2);
        await AccessApi.PostAsync(
            api, "api/function-access/bulk/apply",
            new { body.action, body.workspace_id, body.user_id, basis = plan.GetProperty("basis").GetString() }, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Joiner_OnChosenFunctions_IsAddedThere()
    {
        await using var app = await AccessApi.StartAsync(DatabaseProvider.Sqlite);
        var (api, _, second) = await AddTwoAsync(app);

        await AccessApi.PostAsync(
            api, "api/function-access/bulk/apply",
            new { action = "give", workspace_id = 1, user_id = SlackSeeds.PersonId(7), ids = new[] { second } }, HttpStatusCode.OK);

        Listed(app, First).ShouldNotContain(SlackSeeds.PersonId(7));
        Listed(app, Second).ShouldContain(SlackSeeds.PersonId(7));
    }

    [Fact]
    public async Task Copy_AndCompare_EndWithTheSameList()
    {
        await using var app = await AccessApi.StartAsync(DatabaseProvider.Sqlite);
        var (api, first, second) = await AddTwoAsync(app);
        var before = await AccessApi.GetAsync(api, $"api/function-access/compare?first={first}&second={second}");
        before.GetProperty("same").GetBoolean().ShouldBeFalse();
        before.GetProperty("first").GetProperty("only_user_ids")[0].GetString().ShouldBe(SlackSeeds.PersonId(2));
        before.GetProperty("second").GetProperty("only_user_ids")[0].GetString().ShouldBe(SlackSeeds.PersonId(3));

        await AccessApi.PostAsync(api, "api/function-access/bulk/apply",
            new { action = "copy", source_id = first, ids = new[] { second } }, HttpStatusCode.OK);

        (await AccessApi.GetAsync(api, $"api/function-access/compare?first={first}&second={second}")).GetProperty("same").GetBoolean()
            .ShouldBeTrue();
        Listed(app, Second).ShouldBe(Listed(app, First));
    }

    [Fact]
    public async Task Apply_OneListRefused_Is422WithBoth()
    {
        await using var app = await AccessApi.StartAsync(DatabaseProvider.Sqlite);
        var (api, first, second) = await AddTwoAsync(app);
        app.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.ErrorCode, ErrorCode = "access_denied",
            Method = "functions.distributions.permissions.add", Calls = 1 });

        var problem = await AccessApi.PostAsync(
            api, "api/function-access/bulk/apply",
            new { action = "give", workspace_id = 1, user_id = SlackSeeds.PersonId(7), ids = new[] { first, second } },
            HttpStatusCode.UnprocessableEntity);

        problem.GetProperty("code").GetString().ShouldBe("incomplete");
        problem.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("state").GetString()).Order()
            .ShouldBe(["done", "incomplete"]);
        problem.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("state").GetString() == "incomplete")
            .GetProperty("code").GetString().ShouldBe("access_denied");
    }

    [Fact]
    public async Task Calls_Wrong_NameTheField()
    {
        await using var app = await AccessApi.StartAsync(DatabaseProvider.Sqlite);
        var (api, first, second) = await AddTwoAsync(app);
        (object Body, string Field)[] bodies =
        [
            (new { }, "action"),
            (new { action = "drop" }, "action"),
            (new { action = "take", user_id = "U1" }, "workspace_id"),
            (new { action = "take", workspace_id = 99, user_id = "U1" }, "workspace_id"),
            (new { action = "take", workspace_id = 1 }, "user_id"),
            (new { action = "take", workspace_id = 1, user_id = "ann@example.com" }, "user_id"),
            (new { action = "give", workspace_id = 1, user_id = "U1" }, "ids"),
            (new { action = "give", workspace_id = 1, user_id = "U1", ids = "all" }, "ids"),
            (new { action = "give", workspace_id = 1, user_id = "U1", ids = new[] { 99 } }, "ids"),
            (new { action = "copy", ids = new[] { second } }, "source_id"),
            (new { action = "copy", source_id = first, ids = new[] { first } }, "ids"),
            (new { action = "copy", source_id = first, ids = new[] { second }, user_id = "U1" }, "user_id"),
        ];
        foreach (var (body, field) in bodies)
        {
            foreach (var verb in new[] { "plan", "apply" })
            {
                (await AccessApi.PostAsync(api, $"api/function-access/bulk/{verb}", body, HttpStatusCode.BadRequest))
                    .GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe(field);
            }
        }

        await AccessApi.PostAsync(api, "api/function-access/bulk/plan", new { action = "copy", source_id = 99, ids = new[] { second } },
            HttpStatusCode.NotFound);
        (await api.GetAsync($"api/function-access/compare?first={first}&second=99",
            TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await api.GetAsync($"api/function-access/compare?first={first}&second=two",
            TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await api.GetAsync($"api/function-access/bulk/{Guid.NewGuid()}",
            TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Calls_ByRole_AreKeptApart()
    {
        await using var app = await AccessApi.StartAsync(DatabaseProvider.Sqlite);
        var (_, first, second) = await AddTwoAsync(app);
        var viewer = app.CreateApiClient(await app.CreateApiKeyAsync(Roles.Viewer));
        var @operator = app.CreateApiClient(await app.CreateApiKeyAsync(Roles.Operator));
        var body = new { action = "take", workspace_id = 1, user_id = SlackSeeds.PersonId(1) };

        await AccessApi.GetAsync(viewer, $"api/function-access/compare?first={first}&second={second}");
        await AccessApi.PostAsync(viewer, "api/function-access/bulk/plan", body, HttpStatusCode.Forbidden);
        await AccessApi.PostAsync(@operator, "api/function-access/bulk/plan", body, HttpStatusCode.OK);
        await AccessApi.PostAsync(@operator, "api/function-access/bulk/apply", body, HttpStatusCode.Forbidden);
    }

    private static async Task<(HttpClient Api, int First, int Second)> AddTwoAsync(NotifyAdminApp app)
    {
        Put(app, First, SlackSeeds.PersonId(1), SlackSeeds.PersonId(2));
        Put(app, Second, SlackSeeds.PersonId(1), SlackSeeds.PersonId(3));
        var api = app.CreateApiClient();
        return (api, await AccessApi.AddAsync(api, First), await AccessApi.AddAsync(api, Second));
    }

    private static void Put(NotifyAdminApp app, string function, params string[] users) => app.Sandbox.Slack.Functions.Put(
        new SandboxFunction { Id = function, CallbackId = function.ToLowerInvariant(), PermissionType = "named_entities",
        UserIds = users });

    private static List<string> Listed(NotifyAdminApp app, string function) =>
        [.. app.Sandbox.Slack.Functions.Find(function)!.UserIds.Order(StringComparer.Ordinal)];
}
