using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.FunctionAccess;

/// <summary>Export and import over HTTP: nothing is changed by a plan, a file is taken whole or not at all.</summary>
public sealed class AccessFileApiTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Import_ChangedExport_IsPlannedThenApplied(DatabaseProvider provider)
    {
        await using var app = await AccessApi.StartAsync(provider);
        var api = app.CreateApiClient();
        await AccessApi.AddAsync(api, SlackSeeds.NamedFunction);
        await AccessApi.AddAsync(api, SlackSeeds.EveryoneFunction);
        foreach (var format in new[] { "yaml", "json", "csv" })
        {
            var unchanged = await PostAsync(api, $"import?format={format}", await ExportAsync(api, format), HttpStatusCode.OK);
            unchanged.GetProperty("changes").GetInt32().ShouldBe(0, format);
            unchanged.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("left_out").GetString())
                .ShouldAllBe(reason => reason == "nothing_to_change");
        }

        var text = (await ExportAsync(api, "csv")).Replace(SlackSeeds.PersonId(3), SlackSeeds.PersonId(5), StringComparison.Ordinal);
        var plan = await PostAsync(api, "import?format=csv", text, HttpStatusCode.OK);
        var item = plan.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("left_out").ValueKind == JsonValueKind.Null);
        item.GetProperty("plan").GetProperty("gains").EnumerateArray().Select(id => id.GetString()).ShouldBe([SlackSeeds.PersonId(5)]);
        item.GetProperty("plan").GetProperty("loses").EnumerateArray().Select(id => id.GetString()).ShouldBe([SlackSeeds.PersonId(3)]);
        item.GetProperty("line").GetInt32().ShouldBeGreaterThan(1);
        app.Sandbox.Slack.Functions.Find(SlackSeeds.NamedFunction)!.UserIds.ShouldContain(SlackSeeds.PersonId(3), "a plan changes nothing");

        var basis = plan.GetProperty("basis").GetString();
        (await PostAsync(api, "import/apply?format=csv&basis=0123", text, HttpStatusCode.Conflict)).GetProperty("code").GetString()
            .ShouldBe("plan_changed");
        var applied = await PostAsync(api, $"import/apply?format=csv&basis={basis}", text, HttpStatusCode.OK);
        applied.GetProperty("state").GetString().ShouldBe("done");
        app.Sandbox.Slack.Functions.Find(SlackSeeds.NamedFunction)!.UserIds.ShouldContain(SlackSeeds.PersonId(5));
        app.Sandbox.Slack.Functions.Find(SlackSeeds.NamedFunction)!.UserIds.ShouldNotContain(SlackSeeds.PersonId(3));
        (await AccessApi.GetAsync(api, $"api/function-access/bulk/{applied.GetProperty("bulk_id").GetString()}")).GetProperty("state")
            .GetString().ShouldBe("done");
        (await app.AuditActionsAsync()).Count(action => action == "function-access.apply").ShouldBe(1);
        (await PostAsync(api, "import/apply?format=csv", text, HttpStatusCode.OK)).GetProperty("items").GetArrayLength()
            .ShouldBe(0, "there is nothing left to do");
    }

    [Fact]
    public async Task Import_AnythingWrong_IsRefusedWholeWithEveryLine()
    {
        await using var app = await AccessApi.StartAsync(DatabaseProvider.Sqlite);
        var api = app.CreateApiClient();
        await AccessApi.AddAsync(api, SlackSeeds.NamedFunction);
        var before = app.Sandbox.Slack.Functions.Find(SlackSeeds.NamedFunction)!.UserIds;
        var file =
            $"""
            functions:
              - function_id: {SlackSeeds.NamedFunction}
                permission_type: named_entities
                user_ids: [{SlackSeeds.PersonId(1)}]
              - function_id: {SlackSeeds.NamedFunction}
                permission_type: everyone
              - function_id: Fn0UNKNOWN
                permission_type: everyone
              - workspace_id: 99
                function_id: {SlackSeeds.NamedFunction}
                permission_type: everyone
              - function_id: {SlackSeeds.NamedFunction}
                permission_type: system
            """;

        foreach (var path in new[] { "import", "import/apply" })
        {
            var problem = await PostAsync(api, path, file, HttpStatusCode.BadRequest, "application/yaml");
            problem.GetProperty("code").GetString().ShouldBe("invalid_file");
            problem.GetProperty("detail").GetString().ShouldStartWith("Line 5: the field function_id names the function of line 2 again.");
            problem.GetProperty("errors").EnumerateArray()
                .Select(error => $"{error.GetProperty("line").GetInt32()} {error.GetProperty("field").GetString()}")
                .ShouldBe(["5 function_id", "7 function_id", "9 workspace_id", "12 function_id"]);
        }

        app.Sandbox.Slack.Functions.Find(SlackSeeds.NamedFunction)!.UserIds.ShouldBe(before);
        (await PostAsync(api, "import", file, HttpStatusCode.BadRequest, "text/plain")).GetProperty("errors")[0].GetProperty("field")
            .GetString().ShouldBe("format");
        (await PostAsync(api, "import?format=xml", file, HttpStatusCode.BadRequest)).GetProperty("errors")[0].GetProperty("field")
            .GetString().ShouldBe("format");

        // The answer comes before the body is read: a client that waits for it sends nothing.
        api.DefaultRequestHeaders.ExpectContinue = true;
        (await PostAsync(api, "import?format=csv", new string('a', 10 * 1024 * 1024 + 1), HttpStatusCode.RequestEntityTooLarge))
            .GetProperty("code").GetString().ShouldBe("too_large");
    }

    [Fact]
    public async Task Import_DriftedList_IsLeftOut()
    {
        await using var app = await AccessApi.StartAsync(DatabaseProvider.Sqlite);
        var api = app.CreateApiClient();
        var id = await AccessApi.AddAsync(api, SlackSeeds.NamedFunction);
        app.Sandbox.Slack.Functions.Put(app.Sandbox.Slack.Functions.Find(SlackSeeds.NamedFunction)! with { UserIds =
            [SlackSeeds.PersonId(9)] });
        await AccessApi.GetAsync(api, $"api/function-access/{id}?refresh=true");

        var plan = await PostAsync(api, "import?format=json",
            $$"""[{"function_id":"{{SlackSeeds.NamedFunction}}","permission_type":"everyone"}]""", HttpStatusCode.OK);

        plan.GetProperty("items")[0].GetProperty("left_out").GetString().ShouldBe("drifted");
    }

    [Fact]
    public async Task Calls_ByRole_AreKeptApart()
    {
        await using var app = await AccessApi.StartAsync(DatabaseProvider.Sqlite);
        var admin = app.CreateApiClient();
        await AccessApi.AddAsync(admin, SlackSeeds.NamedFunction);
        var file = await ExportAsync(admin, "json");
        var viewer = app.CreateApiClient(await app.CreateApiKeyAsync(Roles.Viewer));
        var @operator = app.CreateApiClient(await app.CreateApiKeyAsync(Roles.Operator));

        (await ExportAsync(viewer, "json")).ShouldBe(file);
        await PostAsync(viewer, "import?format=json", file, HttpStatusCode.Forbidden);
        await PostAsync(@operator, "import?format=json", file, HttpStatusCode.OK);
        await PostAsync(@operator, "import/apply?format=json", file, HttpStatusCode.Forbidden);
        using var stranger = await app.CreateClient().GetAsync("slack/functions/export?format=csv", Stop);
        (stranger.Content.Headers.ContentType?.MediaType ?? "none").ShouldNotBe("text/csv");
        using var download = await (await app.SignInAsAsync(Roles.Viewer)).GetAsync("slack/functions/export?format=csv", Stop);
        download.StatusCode.ShouldBe(HttpStatusCode.OK);
        download.Content.Headers.ContentDisposition!.FileName.ShouldNotBeNull().ShouldEndWith(".csv");
    }

    private static async Task<string> ExportAsync(HttpClient api, string format)
    {
        using var answer = await api.GetAsync($"api/function-access/export?format={format}", Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    private static async Task<JsonElement> PostAsync(HttpClient api, string path, string text, HttpStatusCode expected,
        string type = "application/octet-stream")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var answer = await api.PostAsync($"api/function-access/{path}", content, Stop);
        var body = await answer.Content.ReadAsStringAsync(Stop);
        answer.StatusCode.ShouldBe(expected, $"{path}: {body}");
        return JsonSerializer.Deserialize<JsonElement>(body);
    }
}
