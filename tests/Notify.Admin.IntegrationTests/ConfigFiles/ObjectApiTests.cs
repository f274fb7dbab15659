using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Notify.Admin.ConfigFiles;
using Notify.Admin.Data;
using Notify.Admin.IntegrationTests.Fuzz;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.ConfigFiles;

/// <summary>Channels, asset groups, accounts and inhibitions one by one over HTTP, as <c>/openapi/v1.json</c> describes them.</summary>
public sealed class ObjectApiTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Token = "xoxb-111-222-abcdefghijkl";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Examples_OfTheDescription_AreAccepted_FromCreatingToDeleting(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        using var client = app.CreateApiClient();
        var paths = (JsonObject)(await client.GetFromJsonAsync<JsonObject>("openapi/v1.json", Stop))!["paths"]!;
        var described = paths.Where(path => ExampleOf(path.Value!, "post", "application/json") is not null).ToList();

        described.Select(path => path.Key).Order().ShouldBe(
        [
            "/api/accounts", "/api/accounts/{id}/publish", "/api/asset-groups", "/api/channels/dingtalk", "/api/channels/slack",
            "/api/inhibitions", "/api/sources", "/api/tags",
        ]);
        // A tag is of channels, and publishing of a plan: TagApiTests, BulkPublishTests.
        foreach (var (route, operations) in described.Where(path => path.Key != "/api/tags" && !path.Key.Contains('{')))
        {
            var example = ExampleOf(operations!, "post", "application/json")!;
            using var created = await SendAsync(client, HttpMethod.Post, route, example);
            created.StatusCode.ShouldBe(HttpStatusCode.Created, $"{route}: {await created.Content.ReadAsStringAsync(Stop)}");
            var address = created.Headers.Location!.ToString();
            var change = ExampleOf(paths[$"{route}/{{id}}"]!, "patch", "application/merge-patch+json")!;
            using var changed = await SendAsync(client, HttpMethod.Patch, address, change, created.Headers.ETag);
            changed.StatusCode.ShouldBe(HttpStatusCode.OK, $"{route}: {await changed.Content.ReadAsStringAsync(Stop)}");
            var now = (await changed.Content.ReadFromJsonAsync<JsonObject>(Stop))!;
            using var read = await client.GetAsync(address, Stop);
            JsonNode.DeepEquals(await read.Content.ReadFromJsonAsync<JsonObject>(Stop), now).ShouldBeTrue(route);
            read.Headers.ETag.ShouldBe(changed.Headers.ETag);
            read.Headers.ETag.ShouldNotBe(created.Headers.ETag);
            now["name"]!.GetValue<string>().ShouldBe((change["name"] ?? example["name"])!.GetValue<string>());
            (await client.GetStringAsync(route, Stop)).ShouldContain(now["name"]!.GetValue<string>());

            using var deleted = await SendAsync(client, HttpMethod.Delete, address, null, read.Headers.ETag);
            deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
            using var gone = await client.GetAsync(address, Stop);
            gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Theory, DatabaseData]
    public async Task Change_OfAStateThatIsNoMore_IsRefused_AndChangesNothing(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        using var client = app.CreateApiClient();
        var (address, first) = await CreateSlackAsync(client, "Alerts");

        using var mine = await SendAsync(client, HttpMethod.Patch, address, new() { ["slackNotify"] = true }, first);
        using var theirs = await SendAsync(client, HttpMethod.Patch, address, new() { ["slackNotify"] = false }, first);
        using var without = await SendAsync(client, HttpMethod.Patch, address, new() { ["slackNotify"] = false });
        using var deleteOld = await SendAsync(client, HttpMethod.Delete, address, null, first);
        using var deleteWithout = await SendAsync(client, HttpMethod.Delete, address, null);

        mine.StatusCode.ShouldBe(HttpStatusCode.OK);
        theirs.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        deleteOld.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        without.StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
        deleteWithout.StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
        using var read = await client.GetAsync(address, Stop);
        read.Headers.ETag.ShouldBe(mine.Headers.ETag);
        (await read.Content.ReadFromJsonAsync<JsonObject>(Stop))!["slackNotify"]!.GetValue<bool>().ShouldBeTrue();
        using var any = await SendAsync(client, HttpMethod.Patch, address, new() { ["slackNotify"] = false }, EntityTagHeaderValue.Any);
        any.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Change_WithWhatWasRead_ChangesNothing_AndNullSetsBackToTheDefault()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var client = app.CreateApiClient();
        var (second, _) = await CreateSlackAsync(client, "Second", "C0ALERTS02");
        var (address, tag) = await CreateSlackAsync(client, "Alerts", "C0ALERTS01", new()
        {
            ["slackAvgThreat"] = "High", ["tags"] = new JsonArray("web"), ["intervalTime"] = 5,
            ["fallback"] = new JsonObject { ["to"] = "slack/Second", ["afterMinutes"] = 30 },
            ["deduplication"] = new JsonObject { ["minutes"] = 20 },
        });
        var actions = await app.AuditActionsAsync();

        var whole = (await client.GetFromJsonAsync<JsonObject>(address, Stop))!;
        whole["fallback"]!["to"]!.GetValue<string>().ShouldBe("slack/Second");
        using var same = await SendAsync(client, HttpMethod.Patch, address, whole, tag);
        same.StatusCode.ShouldBe(HttpStatusCode.OK, await same.Content.ReadAsStringAsync(Stop));
        same.Headers.ETag.ShouldBe(tag);
        (await app.AuditActionsAsync()).ShouldBe(actions);

        using var changed = await SendAsync(client, HttpMethod.Patch, address, new()
        {
            ["fallback"] = new JsonObject { ["afterMinutes"] = 45 }, ["deduplication"] = null, ["tags"] = null, ["slackAvgThreat"] = null,
            ["slackToken"] = "xoxb-111-222-another-0001",
        }, tag);

        var now = (await changed.Content.ReadFromJsonAsync<JsonObject>(Stop))!;
        changed.StatusCode.ShouldBe(HttpStatusCode.OK, now.ToJsonString());
        now["fallback"]!.ToJsonString().ShouldBe("""{"to":"slack/Second","afterMinutes":45}""");
        now["deduplication"].ShouldBeNull();
        now["tags"]!.AsArray().ShouldBeEmpty();
        now["slackAvgThreat"]!.GetValue<string>().ShouldBe("Informative");
        now["intervalTime"]!.GetValue<int>().ShouldBe(5);
        now["secrets"]!["slackToken"]!.GetValue<string>().ShouldBe("…0001");
        now.ToJsonString().ShouldNotContain("xoxb");
        (await app.AuditActionsAsync()).Count(action => action == "slack-integration.update").ShouldBe(1);
        second.ShouldStartWith("/api/channels/slack/");
    }

    [Theory]
    [InlineData("slack", """{"nam":"x"}""", "nam", "is not known here")]
    [InlineData("slack", """{"nam":"x"}""", "name", "is missing")]
    [InlineData("slack", """{"slackNotify":"yes"}""", "slackNotify", "must be true or false")]
    [InlineData("slack", """{"slackAvgThreat":"Extreme"}""", "slackAvgThreat", "must be one of Informative, Low, Medium, High")]
    [InlineData("slack", """{"tags":["web",1]}""", "tags[1]", "must be a text")]
    [InlineData("slack", """{"intervalTime":"5"}""", "intervalTime", "must be a whole number")]
    [InlineData("slack", """{"quietHours":{"from":"25:00"}}""", "quietHours.from", "must be a time such as \"22:00\"")]
    [InlineData("slack", """{"quietHours":{"till":"20:00"}}""", "quietHours.till", "is no key here; there are days, from, to, timeZone, letCriticalThrough")]
    [InlineData("slack", """{"drills":{"day":"Friday","everyDays":3}}""", "drills.day", "stands beside everyDays, and only one of the two can hold: leave out the other")]
    [InlineData("slack", """{"slackToken":"keep"}""", "slackToken", "is keep, and nothing is stored under this name: say where it is, as ${env:NAME}")]
    [InlineData("slack", """{"fallback":{"to":"slack/Nobody"}}""", "fallback.to", "names no channel: slack/Nobody; write slack/NAME or dingtalk/NAME")]
    [InlineData("slack", """{"name":null}""", "name", "cannot be null")]
    [InlineData("slack", """{"name":"a\u0000b"}""", "name", PlainText.Rule)]
    [InlineData("slack", """{"slackToken":null}""", "slackToken", "must be a text: a secret is replaced, or goes with the setting that needs it")]
    [InlineData("slack", """{"slackToken":"${env:NOTIFY_NOT_SET}"}""", "slackToken", "${env:NOTIFY_NOT_SET} is not set where the product runs")]
    [InlineData("dingtalk", """{"configList":{}}""", "configList", "must be a list")]
    [InlineData("dingtalk", """{"configList":["x"]}""", "configList[0]", "must be an object")]
    [InlineData("dingtalk", """{"groupIdList":[7]}""", "groupIdList[0]", "must be a text")]
    public async Task Body_ThatBreaksARule_IsRefusedByFieldAndRule(string kind, string body, string field, string reason)
    {
        var app = shared.App;
        using var client = app.CreateApiClient();

        using var answer = await SendAsync(client, HttpMethod.Post, $"/api/channels/{kind}", JsonNode.Parse(body)!.AsObject());

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("errors").EnumerateArray()
            .Select(error => (error.GetProperty("field").GetString(), error.GetProperty("reason").GetString())).ToList();
        errors.ShouldContain((field, reason), string.Join("; ", errors));
        (await client.GetStringAsync($"/api/channels/{kind}", Stop)).ShouldBe("""{"items":[],"nextCursor":null}""");
    }

    [Fact]
    public async Task Body_ThatIsNoObjectOrOfAnotherType_IsRefused()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var client = app.CreateApiClient();
        var (address, tag) = await CreateSlackAsync(client, "Alerts");

        (await AskAsync("[]", "application/json")).ShouldBe((HttpStatusCode.BadRequest, "invalid_json"));
        (await AskAsync("""{"name":"a","name":"b"}""", "application/json")).ShouldBe((HttpStatusCode.BadRequest, "invalid_json"));
        (await AskAsync("{", "application/json")).ShouldBe((HttpStatusCode.BadRequest, "invalid_json"));
        (await AskAsync("{}", "application/json-patch+json")).ShouldBe((HttpStatusCode.UnsupportedMediaType, "unsupported_media_type"));

        async Task<(HttpStatusCode Status, string? Code)> AskAsync(string body, string type)
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, address)
            {
                Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type)),
            };
            request.Headers.IfMatch.Add(tag!);
            using var answer = await client.SendAsync(request, Stop);
            return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task Body_SpoiledInAnyWay_IsAcceptedOrRefused_AndNeverAFailureOfOurs()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var client = app.CreateApiClient();
        foreach (var resource in ObjectResource.All)
        {
            using var created = await SendAsync(client, HttpMethod.Post, resource.Route, resource.ParseExample().AsObject());
            created.StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        for (var number = 0; number < 600; number++)
        {
            var resource = ObjectResource.All[number % ObjectResource.All.Count];
            var random = FuzzRequests.RandomOf(20, number);
            var isChange = random.Next(2) == 0;
            var body = new Mutator(random, isWide: true).Json(resource.Example);
            using var request = new HttpRequestMessage(isChange ? HttpMethod.Patch : HttpMethod.Post,
                isChange ? $"{resource.Route}/{(resource.Section == "assetGroups" ? 4711 : 1)}" : resource.Route)
            {
                Content = new ByteArrayContent(body),
            };
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Any);

            using var answer = await client.SendAsync(request, Stop);

            ((int)answer.StatusCode).ShouldBeLessThan(500,
                $"{number}: {request.Method} {request.RequestUri} {Encoding.UTF8.GetString(body)}: {await answer.Content.ReadAsStringAsync(Stop)}");
        }
    }

    [Fact]
    public async Task Account_OfKayran_IsMadeAndChanged_AndItsKeyIsNeverRead()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var client = app.CreateApiClient();
        const string Key = "kayran-key-0123456789";
        using var created = await SendAsync(client, HttpMethod.Post, "/api/accounts", new()
        {
            ["name"] = "Scanner", ["kind"] = "Kayran", ["endpoint"] = "https://kayran.live/api", ["apiKey"] = Key,
        });
        created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.Content.ReadAsStringAsync(Stop));
        var address = created.Headers.Location!.ToString();

        using var other = await SendAsync(client, HttpMethod.Patch, address, new() { ["kind"] = "SecurityCenter" }, created.Headers.ETag);
        using var pair = await SendAsync(client, HttpMethod.Patch, address, new() { ["accessKeySecret"] = "x" }, created.Headers.ETag);
        using var key = await SendAsync(client, HttpMethod.Patch, address, new() { ["apiKey"] = "kayran-key-another-9999" },
            created.Headers.ETag);

        (await other.Content.ReadAsStringAsync(Stop)).ShouldContain("\"field\":\"kind\"");
        (await pair.Content.ReadAsStringAsync(Stop)).ShouldContain("\"field\":\"accessKeySecret\"");
        var now = await key.Content.ReadAsStringAsync(Stop);
        key.StatusCode.ShouldBe(HttpStatusCode.OK, now);
        now.ShouldContain("""{"apiKey":"…9999"}""");
        now.ShouldNotContain("another");
    }

    [Theory]
    [InlineData("channels/slack", """{"name":"A","channelId":"C0ALERTS01"}""", "slackToken", Token)]
    [InlineData("channels/dingtalk", """{"name":"Robot","securityMode":"Keyword","keyword":"alert"}""", "url",
        "https://oapi.dingtalk.com/robot/send?access_token=abcdefghijklmnop")]
    [InlineData("channels/dingtalk", """{"name":"Robot","securityMode":"Signature","url":"https://oapi.dingtalk.com/robot/send?access_token=abcdefghijklmnop"}""", "secret", "SECabcdefghijklmnop")]
    [InlineData("accounts", """{"name":"A","endpoint":"https://tds.cn-shanghai.aliyuncs.com","accessKeyId":"LTAI5tExample"}""",
        "accessKeySecret", "0123456789abcdefghijklmnopqrst")]
    [InlineData("accounts", """{"name":"A","endpoint":"https://tds.cn-shanghai.aliyuncs.com","accessKeyId":"LTAI5tExample","accessKeySecret":"0123456789abcdefghijklmnopqrst"}""", "securityToken", "CAISabcdefghijkl")]
    [InlineData("accounts", """{"name":"A","kind":"Kayran","endpoint":"https://kayran.live/api"}""", "apiKey", "kayran-key-0123456789")]
    public async Task Secret_ThatIsSentAsKeep_StaysAsItIs_AndCannotBeTheFirst(string route, string body, string key, string secret)
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var client = app.CreateApiClient();
        var first = JsonNode.Parse(body)!.AsObject();
        first[key] = "keep";
        var whole = JsonNode.Parse(body)!.AsObject();
        whole[key] = secret;

        using var refused = await SendAsync(client, HttpMethod.Post, $"/api/{route}", first);
        using var created = await SendAsync(client, HttpMethod.Post, $"/api/{route}", whole);
        created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.Content.ReadAsStringAsync(Stop));
        using var kept = await SendAsync(client, HttpMethod.Patch, created.Headers.Location!.ToString(),
            new() { ["name"] = "Renamed", [key] = "keep" }, created.Headers.ETag);

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync(Stop)).ShouldContain($"\"field\":\"{key}\",\"reason\":\"is keep, and nothing is stored");
        var now = (await kept.Content.ReadFromJsonAsync<JsonObject>(Stop))!;
        kept.StatusCode.ShouldBe(HttpStatusCode.OK, now.ToJsonString());
        now["secrets"]![key]!.GetValue<string>().ShouldBe(
            (await created.Content.ReadFromJsonAsync<JsonObject>(Stop))!["secrets"]![key]!.GetValue<string>());
    }

    [Fact]
    public async Task NewKeyOfAnAccount_IsRefusedWithATokenThatIsKept_AndTakesTheSameOneAlong()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var client = app.CreateApiClient();
        using var created = await SendAsync(client, HttpMethod.Post, "/api/accounts", new()
        {
            ["name"] = "A", ["endpoint"] = "https://tds.cn-shanghai.aliyuncs.com", ["accessKeyId"] = "LTAI5tExample",
            ["accessKeySecret"] = "0123456789abcdefghijklmnopqrst", ["securityToken"] = "CAISabcdefghijkl",
        });
        var address = created.Headers.Location!.ToString();

        using var kept = await SendAsync(client, HttpMethod.Patch, address,
            new() { ["accessKeySecret"] = "another-0123456789abcdefgh", ["securityToken"] = "keep" }, created.Headers.ETag);
        using var same = await SendAsync(client, HttpMethod.Patch, address,
            new() { ["accessKeySecret"] = "another-0123456789abcdefgh", ["securityToken"] = "CAISabcdefghijkl" }, created.Headers.ETag);

        kept.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await kept.Content.ReadAsStringAsync(Stop)).ShouldContain("the two are given together");
        same.StatusCode.ShouldBe(HttpStatusCode.OK, await same.Content.ReadAsStringAsync(Stop));
        (await same.Content.ReadAsStringAsync(Stop)).ShouldContain("""{"accessKeySecret":"…efgh","securityToken":"…ijkl"}""");
    }

    [Fact]
    public async Task RhythmOfScheduledTests_IsTheOneThatWasSentLast()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var client = app.CreateApiClient();
        var (address, tag) = await CreateSlackAsync(client, "Alerts", more: new()
        {
            ["drills"] = new JsonObject { ["everyDays"] = 3, ["at"] = "10:00", ["timeZone"] = "Asia/Shanghai" },
        });

        using var weekly = await SendAsync(
            client, HttpMethod.Patch, address, new() { ["drills"] = new JsonObject { ["day"] = "Friday" } }, tag);
        using var days = await SendAsync(
            client, HttpMethod.Patch, address, new() { ["drills"] = new JsonObject { ["everyDays"] = 5 } }, weekly.Headers.ETag);
        using var both = await SendAsync(client, HttpMethod.Patch, address,
            new() { ["drills"] = new JsonObject { ["day"] = "Friday", ["everyDays"] = 5 } }, days.Headers.ETag);

        (await DrillsAsync(weekly)).ShouldBe("""{"day":"Friday","at":"10:00","timeZone":"Asia/Shanghai"}""");
        (await DrillsAsync(days)).ShouldBe("""{"everyDays":5,"at":"10:00","timeZone":"Asia/Shanghai"}""");
        both.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        static async Task<string?> DrillsAsync(HttpResponseMessage answer) =>
            (await answer.Content.ReadFromJsonAsync<JsonObject>(Stop))!["drills"]?.ToJsonString();
    }

    [Fact]
    public async Task List_IsPagedById_AndFilteredByNameAndTag()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var client = app.CreateApiClient();
        for (var id = 1; id <= 101; id++)
        {
            using var created = await SendAsync(
                client, HttpMethod.Post, "/api/asset-groups", new() { ["id"] = id, ["name"] = $"Group {id}" });
            created.StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        await CreateSlackAsync(client, "Web alerts", "C0ALERTS01", new() { ["tags"] = new JsonArray("web") });
        await CreateSlackAsync(client, "Mail alerts", "C0ALERTS02", new() { ["tags"] = new JsonArray("mail", "web2") });

        var first = await ListAsync("/api/asset-groups");
        first.Names.Count.ShouldBe(100);
        first.Next.ShouldBe("100");
        var second = await ListAsync($"/api/asset-groups?cursor={first.Next}");
        second.Names.ShouldBe(["Group 101"]);
        second.Next.ShouldBeNull();
        (await ListAsync("/api/asset-groups?name=group 10")).Names.ShouldBe(["Group 10", "Group 100", "Group 101"]);
        (await ListAsync("/api/channels/slack?tag=web")).Names.ShouldBe(["Web alerts"]);
        (await ListAsync("/api/channels/slack?tag=WEB")).Names.ShouldBe(["Web alerts"]);
        using var impossible = await client.GetAsync("/api/channels/slack?tag=a,b", Stop);
        impossible.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ListAsync("/api/channels/slack?name=MAIL")).Names.ShouldBe(["Mail alerts"]);
        using var taken = await SendAsync(client, HttpMethod.Post, "/api/asset-groups", new() { ["id"] = 7, ["name"] = "Again" });
        taken.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await taken.Content.ReadAsStringAsync(Stop)).ShouldContain("""{"field":"id","reason":"is taken"}""");
        using var unknown = await client.GetAsync("/api/asset-groups?tag=web", Stop);
        unknown.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var nowhere = await client.GetAsync("/api/asset-groups?cursor=-1", Stop);
        nowhere.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        async Task<(IReadOnlyList<string> Names, string? Next)> ListAsync(string address)
        {
            var page = (await client.GetFromJsonAsync<JsonObject>(address, Stop))!;
            return ([.. page["items"]!.AsArray().Select(item => item!["name"]!.GetValue<string>())],
                page["nextCursor"]?.GetValue<string>());
        }
    }

    private static JsonObject? ExampleOf(JsonNode operations, string method, string type) =>
        operations[method]?["requestBody"]?["content"]?[type]?["example"] as JsonObject;

    private static async Task<(string Address, EntityTagHeaderValue? Tag)> CreateSlackAsync(
        HttpClient client, string name, string channelId = "C0ALERTS01", JsonObject? more = null)
    {
        var body = more ?? [];
        (body["name"], body["channelId"], body["slackToken"]) = (name, channelId, Token);
        using var created = await SendAsync(client, HttpMethod.Post, "/api/channels/slack", body);
        created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.Content.ReadAsStringAsync(Stop));
        return (created.Headers.Location!.ToString(), created.Headers.ETag);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient client, HttpMethod method, string address, JsonObject? body, EntityTagHeaderValue? tag = null)
    {
        using var request = new HttpRequestMessage(method, address);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8,
                new MediaTypeHeaderValue(method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json"));
        }

        if (tag is not null)
        {
            request.Headers.IfMatch.Add(tag);
        }

        return await client.SendAsync(request, Stop);
    }
}
