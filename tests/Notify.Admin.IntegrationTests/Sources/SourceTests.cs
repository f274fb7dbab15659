using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Events;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Sources;

public sealed class SourceTests
{
    private const string Secret = "a secret of the test";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Payload_OfASource_IsStoredOnceAndGoesToItsChannels(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider, WithSandbox = true });
        var channel = await app.AddSlackIntegrationAsync("C0SANDBOX1", integration => integration.SlackNotify = false);
        var source = await CreateAsync(app,
            new { name = "ops", kind = "cloudevents", channels = new[] { new { kind = "slack", id = channel } } });

        (await PostAsync(source.Address, Event("one")))
            .ShouldBe((HttpStatusCode.Accepted, """{"accepted":1,"duplicates":0,"unmapped":0}"""));
        (await PostAsync(source.Address, Event("one")))
            .ShouldBe((HttpStatusCode.Accepted, """{"accepted":0,"duplicates":1,"unmapped":0}"""));

        (await app.DeliveriesAsync()).ShouldHaveSingleItem().ChannelId.ShouldBe(channel);
        await using var context = await ContextAsync(app);
        var stored = await context.Events.SingleAsync(Stop);
        stored.SourceId.ShouldBe(source.Id);
        stored.EventId.ShouldBe("one");
        var story = (await app.Services.GetRequiredService<EventService>()
            .FindAsync(stored.Id, new Actor("u1", "viewer@example.test", Roles.Viewer, "tests"), Stop))!;
        var hearing = story.Hearings.Single(heard => heard.Channel.Id == channel);
        hearing.Reason.ShouldBe("Every event of its source goes to this channel.");
        hearing.HasChanged.ShouldBeFalse("its switches had no part in it");
    }

    [Fact]
    public async Task Senders_WithTheProofAskedFor_AreLetInAndOthersAreNot()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var body = Event("proof");
        (string Auth, Action<HttpRequestMessage> Right)[] cases =
        [
            ("bearer", request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Secret)),
            ("basic", request => request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Base64($"anybody:{Secret}"))),
            ("query", request => request.RequestUri = new Uri($"{request.RequestUri}?token={Uri.EscapeDataString(Secret)}")),
            ("hmac", request => request.Headers.Add("X-Hub-Signature-256",
                $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(body)))}")),
        ];
        foreach (var (auth, right) in cases)
        {
            var source = await CreateAsync(app,
                new { name = auth, kind = "cloudevents", auth, secret = Secret, signature_header = auth == "hmac"
                ? "X-Hub-Signature-256" : null });

            (await PostAsync(source.Address, body, right)).Status.ShouldBe(HttpStatusCode.Accepted, auth);
            (await PostAsync(source.Address, body)).Status.ShouldBe(HttpStatusCode.Unauthorized, auth);
        }

        var other = await CreateAsync(app,
            new { name = "altered", kind = "cloudevents", auth = "hmac", secret = Secret, signature_header = "X-Hub-Signature-256" });
        (await PostAsync(other.Address, Event("altered"), cases[3].Right)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Proofs_OfOneSenderThatAreWrong_HoldUpNobodyElseBehindItsAddress()
    {
        await using var app = await NotifyAdminApp.StartAsync(new()
        {
            Configuration = new Dictionary<string, string> { ["Api:FailuresPerMinutePerAddress"] = "2" },
        });
        var misset = await CreateAsync(app, new { name = "mis-set", kind = "cloudevents", auth = "bearer", secret = Secret });
        var right = await CreateAsync(app, new { name = "right", kind = "cloudevents", auth = "bearer", secret = Secret });
        static void Prove(HttpRequestMessage request) => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Secret);

        HttpStatusCode[] statuses =
        [
            (await PostAsync(misset.Address, Event("1"))).Status, (await PostAsync(misset.Address, Event("1"))).Status,
            (await PostAsync(misset.Address, Event("1"), Prove)).Status,
        ];

        statuses.ShouldBe([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests]);
        (await PostAsync(right.Address, Event("2"), Prove)).Status.ShouldBe(HttpStatusCode.Accepted);
        var unknown = new Uri(app.BaseAddress, "in/nothing").ToString();
        (await PostAsync(unknown, Event("3"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync(unknown, Event("3"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync(unknown, Event("3"))).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        using var newKey = app.CreateApiClient(await app.CreateApiKeyAsync(Roles.Admin, ApiKeyScope.Full));
        (await newKey.GetAsync("api/sources", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PostAsync(right.Address, Event("4"), Prove)).Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Secret_ThatCannotBeReadHere_IsNoGuessOfTheSenders()
    {
        await using var app = await NotifyAdminApp.StartAsync(new()
        {
            Configuration = new Dictionary<string, string> { ["Api:FailuresPerMinutePerAddress"] = "2" },
        });
        var source = await CreateAsync(app, new { name = "lost", kind = "cloudevents", auth = "bearer", secret = Secret });
        await using var context = await ContextAsync(app);
        var stored = await context.Sources.SingleAsync(Stop);
        stored.Secret = new ProtectedString("b2YtYW5vdGhlci1rZXktcmluZw", "test");
        await context.SaveChangesAsync(Stop);
        (await (await ClientAsync(app)).PatchAsJsonAsync($"api/sources/{source.Id}", new { name = "read anew" }, Stop))
            .StatusCode.ShouldBe(HttpStatusCode.OK);

        for (var attempt = 0; attempt < 4; attempt++)
        {
            (await PostAsync(source.Address, Event("1"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task CloudEvents_OneThatIsTooLarge_IsRefusedAsByTheEventsApi()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var source = await CreateAsync(app, new { name = "ops", kind = "cloudevents" });
        var large = Event("large", $$"""{"title":"{{new string('x', 1024 * 1024)}}"}""");

        var (status, body) = await PostAsync(source.Address, large);

        status.ShouldBe(HttpStatusCode.RequestEntityTooLarge, body);
        body.ShouldContain("A single event is at most 1 MiB.");
        (await PostAsync(source.Address, $"[{large}]")).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await PostAsync(source.Address, $"[{large},{Event("small")}]")).Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [Theory, DatabaseData]
    public async Task AllowedAddresses_ThatAreTooLongTogether_AreRefused(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider });
        static string[] Networks(int count) =>
            [.. Enumerable.Range(0, count).Select(n => $"2001:0db8:0000:0000:0000:0000:0000:{n:x4}/128")];

        using var refused = await (await ClientAsync(app)).PostAsJsonAsync("api/sources",
            new { name = "many", kind = "cloudevents", allowed_addresses = Networks(100) }, Stop);

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync(Stop)).ShouldContain(
            """{"field":"allowed_addresses","reason":"has more than 4000 characters altogether"}""");
        await CreateAsync(app, new { name = "fits", kind = "cloudevents", allowed_addresses = Networks(90) });
    }

    [Fact]
    public async Task Key_WhereTheSenderCanHaveIt_FindsTheSource()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var source = await CreateAsync(app, new { name = "ops", kind = "cloudevents" });
        var key = source.Address[(source.Address.LastIndexOf('/') + 1)..];
        var bare = new Uri(app.BaseAddress, "in").ToString();

        (await PostAsync(bare, Event("1"), request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key)))
            .Status.ShouldBe(HttpStatusCode.Accepted);
        (await PostAsync(bare, Event("2"),
            request => request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Base64($"x:{key}"))))
            .Status.ShouldBe(HttpStatusCode.Accepted);
        (await PostAsync($"{bare}?token={key}", Event("3"))).Status.ShouldBe(HttpStatusCode.Accepted);
        (await PostAsync($"{bare}?access_token={key}", Event("4"))).Status.ShouldBe(HttpStatusCode.Accepted);
        (await PostAsync(bare, Event("5"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Rotate_OldKey_IsGoodForAsLongAsAskedFor()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var first = await CreateAsync(app, new { name = "ops", kind = "cloudevents" });

        var second = await RotateAsync(app, first.Id, new { });
        (await PostAsync(first.Address, Event("old"))).Status.ShouldBe(HttpStatusCode.Accepted);
        (await PostAsync(second.Address, Event("new"))).Status.ShouldBe(HttpStatusCode.Accepted);

        // Again within the time of the first: of two old addresses the older ends.
        (await RotateAsync(app, first.Id, new { })).Address.ShouldNotBe(second.Address);
        (await PostAsync(first.Address, Event("older"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync(second.Address, Event("still"))).Status.ShouldBe(HttpStatusCode.Accepted);

        var third = await RotateAsync(app, first.Id, new { grace_seconds = 0 });
        (await PostAsync(second.Address, Event("ended"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync(third.Address, Event("newest"))).Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Posts_FromElsewhereOffOrTooMany_AreRefusedAndTold()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var far = await CreateAsync(app, new { name = "far", kind = "cloudevents", allowed_addresses = new[] { "10.20.0.0/16" } });
        var near = await CreateAsync(app, new { name = "near", kind = "cloudevents", allowed_addresses = new[] { "127.0.0.0/8", "::1" } });
        var off = await CreateAsync(app, new { name = "off", kind = "cloudevents", is_on = false });
        var slow = await CreateAsync(app, new { name = "slow", kind = "cloudevents", per_minute = 1 });

        (await PostAsync(far.Address, Event("1"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(near.Address, Event("2"))).Status.ShouldBe(HttpStatusCode.Accepted);
        (await PostAsync(off.Address, Event("3"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(slow.Address, Event("4"))).Status.ShouldBe(HttpStatusCode.Accepted);
        (await PostAsync(slow.Address, Event("5"))).Status.ShouldBe(HttpStatusCode.TooManyRequests);

        await Eventually.HoldsAsync(async () => (await GetAsync(app, $"api/sources/{far.Id}")).GetProperty("last_refusal").GetString()
            ?.Contains("127.0.0.1", StringComparison.Ordinal) == true, TimeSpan.FromMinutes(1));
    }

    [Theory, DatabaseData]
    public async Task Payloads_Kept_AreTheLastTwentyWithoutSecrets(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider });
        var source = await CreateAsync(app, new { name = "ops", kind = "cloudevents" });
        for (var i = 0; i < 25; i++)
        {
            await PostAsync(source.Address, Event(i.ToString(CultureInfo.InvariantCulture), """{"password":"hunter2hunter2","n":1}"""));
        }

        JsonElement payloads = default;
        await Eventually.HoldsAsync(async () =>
        {
            payloads = (await GetAsync(app, $"api/sources/{source.Id}/payloads")).GetProperty("items");
            return payloads.GetArrayLength() == 20 && payloads[0].GetProperty("body")
                .GetString()!.Contains("\"24\"", StringComparison.Ordinal);
        }, TimeSpan.FromMinutes(1));

        payloads.GetRawText().ShouldNotContain("hunter2");
        payloads.GetRawText().ShouldNotContain(source.Address[^20..]);
    }

    [Fact]
    public async Task Create_BadFields_AreNamed()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var client = await ClientAsync(app);
        (object Body, string Field)[] cases =
        [
            (new { kind = "cloudevents" }, "name"),
            (new { name = "x", kind = "nothing" }, "kind"),
            (new { name = "x", kind = "cloudevents", channels = new[] { new { kind = "slack", id = 99 } } }, "channels[0]"),
            (new { name = "x", kind = "cloudevents", auth = "bearer" }, "secret"),
            (new { name = "x", kind = "cloudevents", allowed_addresses = new[] { "here" } }, "allowed_addresses[0]"),
            (new { name = "x", kind = "cloudevents", colour = "red" }, "colour"),
            (new { name = "x", kind = "generic", mapping = "{" }, "mapping"),
            (new { name = "x", kind = "generic", mapping = """{"fields":{"title":7}}""" }, "mapping/fields/title"),
        ];
        foreach (var (body, field) in cases)
        {
            using var response = await client.PostAsJsonAsync("api/sources", body, Stop);
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await response.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("errors")[0].GetProperty("field").GetString()
                .ShouldBe(field);
        }

        (await GetAsync(app, "api/sources")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Source_Made_ChangedAndDeleted_IsInTheAuditTrailWithoutItsKey()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var client = await ClientAsync(app);
        var source = await CreateAsync(app, new { name = "ops", kind = "cloudevents", auth = "bearer", secret = Secret });

        (await client.PatchAsJsonAsync($"api/sources/{source.Id}", new { is_on = false }, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.DeleteAsync($"api/sources/{source.Id}", Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await client.GetAsync($"api/sources/{source.Id}", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await PostAsync(source.Address, Event("gone"))).Status.ShouldBe(HttpStatusCode.Unauthorized);

        var entries = (await app.AuditEntriesAsync()).Where(entry => entry.Action.StartsWith("source.", StringComparison.Ordinal)).ToList();
        entries.Select(entry => entry.Action).ShouldBe(["source.create", "source.update", "source.delete"], ignoreOrder: true);
        var all = string.Concat(entries.Select(entry => entry.Changes));
        all.ShouldNotContain(Secret);
        all.ShouldNotContain(source.Address[^20..]);
    }

    [Theory, DatabaseData]
    public async Task Change_OfAStateThatIsNoMore_IsRefused(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider });
        var client = await ClientAsync(app);
        var source = await CreateAsync(app, new { name = "ops", kind = "generic" });
        using var read = await client.GetAsync($"api/sources/{source.Id}", Stop);

        using var mine = await ChangeAsync(new { per_minute = 7 }, read.Headers.ETag);
        using var theirs = await ChangeAsync(new { per_minute = 8 }, read.Headers.ETag);
        using var foreign = await ChangeAsync(new { per_minute = 9 }, new EntityTagHeaderValue("\"of something else\""));

        mine.StatusCode.ShouldBe(HttpStatusCode.OK);
        mine.Headers.ETag.ShouldNotBeNull().ShouldNotBe(read.Headers.ETag);
        theirs.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        foreign.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await GetAsync(app, $"api/sources/{source.Id}")).GetProperty("per_minute").GetInt32().ShouldBe(7);

        async Task<HttpResponseMessage> ChangeAsync(object body, EntityTagHeaderValue? tag)
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, $"api/sources/{source.Id}") { Content = JsonContent.Create(body) };
            request.Headers.IfMatch.Add(tag.ShouldNotBeNull());
            return await client.SendAsync(request, Stop);
        }
    }

    [Fact]
    public async Task Null_InAMergePatch_SetsBack_AndInJsonIsLeftOut()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var client = await ClientAsync(app);
        var source = await CreateAsync(app, new
        {
            name = "ops", kind = "generic", per_minute = 7, allowed_addresses = new[] { "10.0.0.0/8" },
        });

        using var json = await ChangeAsync("application/json", """{"per_minute":null,"name":null}""");
        using var refused = await ChangeAsync("application/merge-patch+json", """{"per_minute":null,"name":null}""");
        var before = await GetAsync(app, $"api/sources/{source.Id}");
        using var patch = await ChangeAsync("application/merge-patch+json; charset=utf-8",
            """{"per_minute":null,"allowed_addresses":null,"is_on":false}""");

        (json.StatusCode, refused.StatusCode, patch.StatusCode).ShouldBe((HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.OK));
        (await refused.Content.ReadAsStringAsync(Stop)).ShouldContain("""{"field":"name","reason":"cannot be null"}""");
        before.GetProperty("per_minute").GetInt32().ShouldBe(7);
        var after = await GetAsync(app, $"api/sources/{source.Id}");
        (after.GetProperty("per_minute").GetInt32(), after.GetProperty("allowed_addresses").GetArrayLength(),
            after.GetProperty("is_on").GetBoolean(), after.GetProperty("name").GetString()).ShouldBe((600, 0, false, "ops"));

        async Task<HttpResponseMessage> ChangeAsync(string type, string body)
        {
            using var content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(type));
            return await client.PatchAsync($"api/sources/{source.Id}", content, Stop);
        }
    }

    [Fact]
    public async Task Delete_OfAStateThatIsNoMore_IsRefused_AndAListIsNarrowedByName()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var client = await ClientAsync(app);
        using var made = await client.PostAsJsonAsync("api/sources", new { name = "Grafana", kind = "grafana" }, Stop);
        await CreateAsync(app, new { name = "ops", kind = "generic" });
        var address = made.Headers.Location!.ToString();
        var tag = made.Headers.ETag.ShouldNotBeNull();
        (await client.PatchAsJsonAsync(address, new { per_minute = 7 }, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await GetAsync(app, "api/sources?name=GRAF")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await DeleteAsync(tag)).ShouldBe(HttpStatusCode.PreconditionFailed);
        (await GetAsync(app, "api/sources")).GetProperty("items").GetArrayLength().ShouldBe(2);
        using var now = await client.GetAsync(address, Stop);
        (await DeleteAsync(now.Headers.ETag.ShouldNotBeNull())).ShouldBe(HttpStatusCode.NoContent);
        (await DeleteAsync(EntityTagHeaderValue.Any)).ShouldBe(HttpStatusCode.NotFound);

        async Task<HttpStatusCode> DeleteAsync(EntityTagHeaderValue state)
        {
            using var request = new HttpRequestMessage(HttpMethod.Delete, address) { Headers = { IfMatch = { state } } };
            using var answer = await client.SendAsync(request, Stop);
            return answer.StatusCode;
        }
    }

    [Theory, DatabaseData]
    public async Task Alertmanager_Alerts_AreAnEventEachWithTheirState(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider });
        var source = await CreateAsync(app, new { name = "ops", kind = "alertmanager" });
        const string Alerts = """
            {"version":"4","status":"firing","receiver":"ops","externalURL":"http://alerts.example","alerts":[
              {"status":"firing","labels":{"alertname":"DiskFull","severity":"critical","instance":"db-1"},"annotations":{"summary":"Disk is full"},
               "startsAt":"2026-11-28T09:51:03Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://prometheus.example/g","fingerprint":"a1"},
              {"status":"resolved","labels":{"alertname":"Slow","instance":"web-1"},"annotations":{},
               "startsAt":"2026-11-28T09:51:03Z","endsAt":"2026-11-28T10:51:03Z","generatorURL":"http://prometheus.example/h","fingerprint":"b2"}]}
            """;

        (await PostAsync(source.Address, Alerts)).ShouldBe((HttpStatusCode.Accepted, """{"accepted":2,"duplicates":0,"unmapped":0}"""));
        (await PostAsync(source.Address, Alerts)).ShouldBe((HttpStatusCode.Accepted, """{"accepted":0,"duplicates":2,"unmapped":0}"""));

        await using var context = await ContextAsync(app);
        var stored = await context.Events.OrderBy(e => e.Id).ToListAsync(Stop);
        stored.Select(e => (e.Title, e.Asset, e.State, e.Severity)).ShouldBe(
            [("Disk is full", "db-1", EventState.Open, Severity.Critical),
            ("Slow: web-1", "web-1", EventState.Resolved, Severity.NotStated)]);
        var story = await app.Services.GetRequiredService<EventService>().FindAsync(stored[0].Id, await app.AdminActorAsync(), Stop);
        (story!.State, story.Link).ShouldBe((EventState.Open, "http://prometheus.example/g"));
    }

    [Theory, DatabaseData]
    public async Task Payload_ThatIsNoEvent_IsKeptCountedAndShown(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider });
        var source = await CreateAsync(app, new { name = "ops", kind = "alertmanager" });

        (await PostAsync(source.Address, "no JSON")).ShouldBe((HttpStatusCode.Accepted, """{"accepted":0,"duplicates":0,"unmapped":1}"""));

        await using var context = await ContextAsync(app);
        var stored = await context.Events.SingleAsync(Stop);
        stored.Type.ShouldBe("source.unmapped");
        stored.Json.ShouldContain("no JSON");
        await Eventually.HoldsAsync(async () =>
            (await GetAsync(app, $"api/sources/{source.Id}")).GetProperty("unmapped").GetInt64() == 1, TimeSpan.FromMinutes(1));
    }

    private static async Task<(int Id, string Address)> CreateAsync(NotifyAdminApp app, object body)
    {
        using var response = await (await ClientAsync(app)).PostAsJsonAsync("api/sources", body, Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, text);
        return Read(JsonDocument.Parse(text).RootElement);
    }

    private static async Task<(int Id, string Address)> RotateAsync(NotifyAdminApp app, int id, object body)
    {
        using var response = await (await ClientAsync(app)).PostAsJsonAsync($"api/sources/{id}/rotate", body, Stop);
        return Read(await response.Content.ReadFromJsonAsync<JsonElement>(Stop));
    }

    private static (int Id, string Address) Read(JsonElement answer) =>
        (answer.GetProperty("id").GetInt32(), answer.GetProperty("address").GetString()!);

    private static async Task<JsonElement> GetAsync(NotifyAdminApp app, string path) =>
        await (await ClientAsync(app)).GetFromJsonAsync<JsonElement>(path, Stop);

    private static async Task<HttpClient> ClientAsync(NotifyAdminApp app)
    {
        var client = app.CreateClient();
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", await app.CreateApiKeyAsync(Roles.Admin, ApiKeyScope.Full));
        return client;
    }

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(string address, string body,
        Action<HttpRequestMessage>? shape = null)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        shape?.Invoke(request);
        using var response = await client.SendAsync(request, Stop);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Stop));
    }

    private static string Event(string id, string data = """{"scanId":"s"}""") =>
        $$"""{"specversion":"1.0","id":"{{id}}","source":"tests","type":"scan.stopped","data":{{data}}}""";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static Task<NotifyDbContext> ContextAsync(NotifyAdminApp app) =>
        app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
}
