using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.Sources;
using Notify.Admin.Testing;
using Notify.Sandbox;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Faults;
using Notify.Sandbox.SecurityCenter;

namespace Notify.Admin.IntegrationTests.Sources.Polling;

/// <summary>Alerts of a Security Center account, read in: the whole circle against the sandbox.</summary>
public sealed class PollTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task AlertAtTheVendor_IsReadMatchedAndSent_Once(DatabaseProvider provider)
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);
        await using var app = await StartAsync(sandbox, provider: provider);
        await app.AddChatbotAsync(RobotSeeds.KeywordToken, chatbot => chatbot with
        {
            Rules = ConfigList.Parse("""
                [{"type":"sas_analysis_online-sas-operation-log-sas-event-suspicious","configItemList":[
                  {"key":"item_level","valueList":["serious"]},{"key":"event_type","valueList":["Webshell"]}]}]
                """).List!,
            GroupIds = ["10417151"],
        });
        sandbox.SecurityCenter.Put(
            new SandboxAlert { Id = 1, Name = "Webshell file found", Uuid = "inet-web-01" },
            new SandboxAlert { Id = 2, Name = "Another level", Level = "remind", Uuid = "inet-web-01" },
            new SandboxAlert { Id = 3, Name = "Another group", Uuid = "inet-db-01" });
        sandbox.SecurityCenter.Put(new SandboxVulnerability { Id = 4, Name = "openssl", Type = "cve", Uuid = "inet-db-01" });
        sandbox.SecurityCenter.Put(new SandboxBaseline { Id = 5, Name = "CentOS", Uuids = ["inet-web-01", "inet-db-01"] });
        sandbox.SecurityCenter.Put(new SandboxLeak { Id = 6, AccessKeyId = "LTAI5tLeaked0001", User = "ci" });

        var id = await AddAsync(app);
        await PolledAsync(app, id);
        await PollNowAsync(app, id);

        var events = await app.EventsAsync();
        events.Select(e => e.AlertType).Order().ShouldBe(["ak-leakage", "hc", "hc", "suspicious", "suspicious", "suspicious", "vul"]);
        events.ShouldAllBe(e => e.SourceId == id);
        var alert = events.Single(e => e.Title == "Webshell file found");
        (alert.Asset, alert.GroupId, alert.ItemLevel, alert.EventType, alert.State)
            .ShouldBe(("web-01", "10417151", "serious", "Webshell", EventState.Open));
        events.Where(e => e.AlertType == "hc").Select(e => e.Asset).Order().ShouldBe(["db-01", "web-01"]);
        var message = (await sandbox.WaitForMessagesAsync(1, Patience, cancellationToken: Stop)).ShouldHaveSingleItem();
        message.Text.ShouldContain("Webshell file found");
        (await app.DeliveriesAsync()).ShouldHaveSingleItem().EventRowId.ShouldBe(alert.Id);
    }

    [Fact]
    public async Task Restart_InTheMiddleOfAList_LosesAndRepeatsNothing()
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);
        sandbox.Settings = sandbox.Settings with { SecurityCenterPageSize = 2 };
        sandbox.SecurityCenter.Put([.. Enumerable.Range(1, 9).Select(id => new SandboxAlert { Id = id, Name = $"Alert {id}" })]);
        // The third page does not come: the program is stopped while it waits.
        sandbox.Faults.Add(new SandboxFault
        {
            Target = FaultTarget.SecurityCenter, Method = "DescribeSuspEvents", Kind = FaultKind.Timeout, After = 2,
        });
        await using var app = await StartAsync(sandbox);
        var id = await AddAsync(app, "suspicious");
        await Eventually.HoldsAsync(() => Task.FromResult(sandbox.Faults.All.Count == 0), Patience);
        (await app.EventsAsync()).Count.ShouldBe(4);

        await app.RestartAsync();
        Look(app);

        await PolledAsync(app, id);
        (await app.EventsAsync()).Select(e => e.EventId).Order().ShouldBe(Enumerable.Range(1, 9).Select(number => $"suspicious/{number}"));
        Pages(sandbox).ShouldBe(["1", "2", "3", "3", "4", "5"], "it went on where it was");
    }

    [Fact]
    public async Task AlertsThatAreHandledBetweenPages_HideNoOther()
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);
        sandbox.Settings = sandbox.Settings with { SecurityCenterPageSize = 2 };
        sandbox.SecurityCenter.Put([.. Enumerable.Range(1, 8).Select(id =>
            new SandboxLeak { Id = id, AccessKeyId = $"LTAI5tLeaked{id}" })]);
        sandbox.Faults.Add(new SandboxFault
        {
            Target = FaultTarget.SecurityCenter, Kind = FaultKind.ErrorCode, ErrorCode = "ServiceUnavailable", After = 2,
        });
        await using var app = await StartAsync(sandbox);
        var id = await AddAsync(app, "ak-leakage");
        await Eventually.HoldsAsync(async () => (await PollsAsync(app, id))[0].GetProperty("trouble").GetString() is not null, Patience);
        var read = (await app.EventsAsync()).Select(e => long.Parse(e.EventId.Split('/')[1], null)).ToList();
        read.Count.ShouldBe(4);
        // What has been read is handled: the rest moves up by a page and a half.
        sandbox.SecurityCenter.Leaks.Put([.. sandbox.SecurityCenter.Leaks.All.Where(leak => read.Take(3).Contains(leak.Id))
            .Select(leak => leak with { IsHandled = true })]);

        await PollNowAsync(app, id);

        (await app.EventsAsync()).Count.ShouldBe(8);
    }

    [Fact]
    public async Task TwoInstances_OnOneStore_TellEachAlertOnce()
    {
        Assert.SkipWhen(TestDatabase.PostgresServer is null, $"{TestDatabase.PostgresVariable} is not set");
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);
        sandbox.Settings = sandbox.Settings with { SecurityCenterPageSize = 2 };
        sandbox.SecurityCenter.Put([.. Enumerable.Range(1, 30).Select(id => new SandboxAlert { Id = id, Name = $"Alert {id}" })]);
        await using var one = await StartAsync(sandbox, database: database);
        await using var other = await StartAsync(sandbox, database: database);
        var id = await AddAsync(one, "suspicious");

        await PolledAsync(other, id);

        (await one.EventsAsync()).Select(e => e.EventId).ShouldBeUnique();
        (await one.EventsAsync()).Count.ShouldBe(30);
        Pages(sandbox).ShouldBe(Enumerable.Range(1, 15).Select(page => $"{page}"), "one instance had it at a time");
    }

    [Fact]
    public async Task KeyThatIsRefused_PausesVisibly_UntilTheAccountIsChangedOrSomebodyAsks()
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);
        var accounts = new SandboxAccounts(sandbox);
        sandbox.SecurityCenter.Keys.Put(SecurityCenterSeeds.Key with { IsActive = false });
        sandbox.SecurityCenter.Put(new SandboxAlert { Id = 1, Name = "Webshell" });
        await using var app = await StartAsync(sandbox, accounts);
        var id = await AddAsync(app, "suspicious");

        await Eventually.HoldsAsync(async () => (await PollsAsync(app, id))[0].GetProperty("is_paused").GetBoolean(), Patience);
        var paused = (await PollsAsync(app, id))[0];
        paused.GetProperty("next_at").ValueKind.ShouldBe(JsonValueKind.Null);
        paused.GetProperty("trouble").GetString().ShouldNotBeNull().ShouldContain("InvalidAccessKeyId.Inactive");
        (await app.Services.GetServices<IAttentionSource>().OfType<PollAttention>().Single().ListAsync(Stop))
            .ShouldHaveSingleItem().Href.ShouldBe($"sources/{id}");

        // Asked by hand it is refused again, and asked no more.
        await PollAsync(app, id);
        await Eventually.HoldsAsync(async () => (await PollsAsync(app, id))[0].GetProperty("is_paused").GetBoolean()
            && sandbox.Calls.All.Count == 2, Patience);
        sandbox.SecurityCenter.Keys.Put(SecurityCenterSeeds.Key);
        accounts.Version++;
        // As when its time has come.
        var later = TimeProvider.System.GetUtcNow();
        await ChangePollsAsync(app, set => set.SetProperty(poll => poll.NextAt, later));
        await Eventually.HoldsAsync(async () => (await app.EventsAsync()).Count == 1, Patience);
        (await app.Services.GetServices<IAttentionSource>().OfType<PollAttention>().Single().ListAsync(Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ProcessKilledBeforeItsPlaceWasKept_ReadsAgain_AndKnowsWhatItHas()
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);
        sandbox.SecurityCenter.Put([.. Enumerable.Range(1, 3).Select(id => new SandboxAlert { Id = id, Name = $"Alert {id}" })]);
        await using var app = await StartAsync(sandbox);
        var id = await AddAsync(app, "suspicious");
        await PolledAsync(app, id);
        // As it stood before, claimed by a process that is gone and whose lease has run out.
        var (now, gone) = (TimeProvider.System.GetUtcNow(), 7L);
        await ChangePollsAsync(app, set => set.SetProperty(poll => poll.ReadUpTo, poll => poll.StartAt)
            .SetProperty(poll => poll.NextAt, now).SetProperty(poll => poll.CompletedAt, (DateTimeOffset?)null)
            .SetProperty(poll => poll.LeaseToken, gone).SetProperty(poll => poll.LeaseUntil, now.AddSeconds(-1)));
        sandbox.SecurityCenter.Put(new SandboxAlert { Id = 4, Name = "Alert 4" });

        await PolledAsync(app, id);

        (await app.EventsAsync()).Select(e => e.EventId).ShouldBe(
            ["suspicious/3", "suspicious/2", "suspicious/1", "suspicious/4"], ignoreOrder: true);
        (await PollsAsync(app, id))[0].GetProperty("found").GetInt32().ShouldBe(1);
        Pages(sandbox).ShouldBe(["1", "1"]);
    }

    [Fact]
    public async Task Types_AreReadAsOftenAsEachSays_AndStartWhereItWasChosen()
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);
        var now = TimeProvider.System.GetUtcNow();
        sandbox.SecurityCenter.Put(
            new SandboxLeak { Id = 1, AccessKeyId = "LTAI5tOld0001", FoundAt = now.AddHours(-3) },
            new SandboxLeak { Id = 2, AccessKeyId = "LTAI5tNew0001", FoundAt = now.AddHours(-1) });
        await using var app = await StartAsync(sandbox);
        var (_, made) = await SendAsync(app, HttpMethod.Post, "api/sources", $$"""
            {"name":"c","kind":"security-center","account":{{SandboxAccounts.Id}},"from_hours":2,"types":[{"type":"ak-leakage","minutes":7},"vul"]}
            """);
        var id = made.GetProperty("id").GetInt32();
        Look(app);

        await PolledAsync(app, id);

        (await app.EventsAsync()).ShouldHaveSingleItem().EventId.ShouldBe("ak-leakage/2");
        foreach (var (poll, minutes) in (await PollsAsync(app, id)).Zip([60, 7]))
        {
            var wait = poll.GetProperty("next_at").GetDateTimeOffset() - poll.GetProperty("completed_at").GetDateTimeOffset();
            wait.ShouldBeInRange(TimeSpan.FromMinutes(minutes - 3), TimeSpan.FromMinutes(minutes));
        }
    }

    [Fact]
    public async Task Throttling_IsWaitedOut_AndAssetGroupsThatMayNotBeAskedStopNoAlert()
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);
        sandbox.SecurityCenter.Keys.Put(SecurityCenterSeeds.Key with { Denied = ["DescribeCloudCenterInstances"] });
        sandbox.SecurityCenter.Put(new SandboxAlert { Id = 1, Name = "Webshell", Uuid = "inet-web-01" });
        sandbox.Faults.Add(new SandboxFault
        {
            Target = FaultTarget.SecurityCenter, Kind = FaultKind.ErrorCode, ErrorCode = "Throttling.User",
        });
        await using var app = await StartAsync(sandbox);
        var id = await AddAsync(app, "suspicious");

        await Eventually.HoldsAsync(async () => (await PollsAsync(app, id))[0].GetProperty("trouble").GetString() is not null, Patience);
        var waiting = (await PollsAsync(app, id))[0];
        waiting.GetProperty("is_paused").GetBoolean().ShouldBeFalse();
        (waiting.GetProperty("next_at").GetDateTimeOffset() - waiting.GetProperty("last_at").GetDateTimeOffset())
            .ShouldBe(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5));

        await PollNowAsync(app, id);

        (await app.EventsAsync()).ShouldHaveSingleItem().GroupId.ShouldBeNull();
        (await PollsAsync(app, id))[0].GetProperty("trouble").GetString().ShouldNotBeNull().ShouldContain("DescribeCloudCenterInstances");
    }

    [Fact]
    public async Task Source_IsMadeAndChangedByScripts_AndWhatIsWrongIsNamed()
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);
        await using var app = await StartAsync(sandbox);
        (string Body, string Field)[] refused =
        [
            ("""{"name":"c","kind":"security-center"}""", "account"),
            ("""{"name":"c","kind":"security-center","account":99}""", "account"),
            ("""{"name":"c","kind":"security-center","account":1,"types":[]}""", "types"),
            ("""{"name":"c","kind":"security-center","account":1,"types":["honeypot"]}""", "types[0]"),
            ("""{"name":"c","kind":"security-center","account":1,"types":[{"type":"vul","minutes":0}]}""", "types[0]"),
            ("""{"name":"c","kind":"security-center","account":1,"types":["vul","vul"]}""", "types"),
            ("""{"name":"c","kind":"security-center","account":1,"from_hours":-1}""", "from_hours"),
            ("""{"name":"c","kind":"security-center","account":1,"language":"fr"}""", "language"),
            ("""{"name":"c","kind":"security-center","account":1,"auth":"bearer","secret":"12345678"}""", "auth"),
            ("""{"name":"c","kind":"generic","account":1}""", "account"),
        ];
        foreach (var (body, field) in refused)
        {
            var (status, answer) = await SendAsync(app, HttpMethod.Post, "api/sources", body);
            status.ShouldBe(HttpStatusCode.BadRequest, body);
            answer.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe(field);
        }

        var id = await AddAsync(app, "suspicious");
        var (_, changed) = await SendAsync(app, HttpMethod.Patch, $"api/sources/{id}",
            """{"types":[{"type":"vul","minutes":30},"suspicious"],"language":"zh"}""");
        changed.GetProperty("types").GetRawText().ShouldBe("""[{"type":"suspicious","minutes":5},{"type":"vul","minutes":30}]""");
        (changed.GetProperty("language").GetString(), changed.GetProperty("account").GetInt32()).ShouldBe(("zh", 1));
        changed.GetProperty("address").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private static async Task<NotifyAdminApp> StartAsync(SandboxServer sandbox, SandboxAccounts? accounts = null,
        DatabaseProvider provider = DatabaseProvider.Sqlite, TestDatabase? database = null)
    {
        var app = await NotifyAdminApp.StartAsync(new()
        {
            Provider = provider, Database = database, Sandbox = sandbox, Time = new SteppedTime(),
            Configuration = new Dictionary<string, string>
            {
                ["VendorAccounts:SecurityCenterEndpoints:0"] = TestVendors.EndpointOf(sandbox.BaseAddress),
            },
            Services = accounts is null ? null : services => services.AddSingleton<IAlertAccounts>(accounts),
        });
        if (accounts is null && (await app.Services.GetRequiredService<IAlertAccounts>().ListAsync(Stop)).Count == 0)
        {
            (await app.AddAccountAsync(sandbox)).Id.ShouldBe(SandboxAccounts.Id);
        }

        return app;
    }

    private static async Task<int> AddAsync(NotifyAdminApp app, params string[] types)
    {
        var (status, made) = await SendAsync(app, HttpMethod.Post, "api/sources", JsonSerializer.Serialize(new
        {
            name = "Cloud", kind = "security-center", account = SandboxAccounts.Id, types = types.Length == 0 ? null : types,
        }));
        status.ShouldBe(HttpStatusCode.Created, made.GetRawText());
        Look(app);
        return made.GetProperty("id").GetInt32();
    }

    private static async Task<IReadOnlyList<JsonElement>> PollsAsync(NotifyAdminApp app, int id) =>
        [.. (await SendAsync(app, HttpMethod.Get, $"api/sources/{id}/polls")).Body.GetProperty("items").EnumerateArray()];

    private static Task PolledAsync(NotifyAdminApp app, int id, DateTimeOffset after = default) => Eventually.HoldsAsync(
        async () => (await PollsAsync(app, id)).All(poll => poll.GetProperty("completed_at") is { ValueKind: JsonValueKind.String } at
            && at.GetDateTimeOffset() > after), Patience);

    private static async Task PollAsync(NotifyAdminApp app, int id)
    {
        (await SendAsync(app, HttpMethod.Post, $"api/sources/{id}/poll")).Status.ShouldBe(HttpStatusCode.Accepted);
        Look(app);
    }

    // What is due is looked for every two seconds.
    private static void Look(NotifyAdminApp app) => TimeOf(app).Advance(TimeSpan.FromSeconds(2));

    private static SteppedTime TimeOf(NotifyAdminApp app) => (SteppedTime)app.Services.GetRequiredService<TimeProvider>();

    private static async Task PollNowAsync(NotifyAdminApp app, int id)
    {
        var before = TimeOf(app).GetUtcNow();
        await PollAsync(app, id);
        await PolledAsync(app, id, before);
    }

    private static async Task ChangePollsAsync(NotifyAdminApp app, Action<UpdateSettersBuilder<SourcePoll>> change)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        await context.SourcePolls.ExecuteUpdateAsync(change, Stop);
        Look(app);
    }

    private static List<string> Pages(SandboxServer sandbox) =>
        [.. sandbox.Calls.All.Where(call => call.Method == "DescribeSuspEvents")
            .Select(call => call.Arguments!.Value.GetProperty("CurrentPage").GetString()!)];

    private static async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(NotifyAdminApp app, HttpMethod method, string path,
        string? body = null)
    {
        using var client = app.CreateApiClient(await app.CreateApiKeyAsync(Roles.Admin, ApiKeyScope.Full));
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request, Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);
        return (response.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }
}
