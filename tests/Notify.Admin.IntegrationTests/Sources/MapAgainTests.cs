using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Events;
using Notify.Admin.IntegrationTests.Proofs;
using Notify.Admin.Sources;
using Notify.Admin.Testing;
using Notify.Sandbox;

namespace Notify.Admin.IntegrationTests.Sources;

/// <summary>Payloads that could not be mapped, mapped again after the mapping was mended.</summary>
public sealed class MapAgainTests
{
    private const string Mended = """{"fields":{"id":"/n","title":"/headline"}}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Payloads_AfterTheMappingWasMended_AreEventsOfTheirTimeAndSource_SentOnce(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider, WithSandbox = true });
        var source = await AddAsync(app);
        await PostAsync(source.Address, """{"n":1,"headline":"One"}""");
        await PostAsync(source.Address, """{"n":2,"headline":"Two"}""");
        await PostAsync(source.Address, """{"n":3,"subject":"Three"}""");
        var unmapped = await app.EventsAsync();
        (await MapAgainAsync(app, source.Id)).GetProperty("mapped").GetInt32().ShouldBe(0, "nothing has been mended");

        await MendAsync(app, source.Id);
        var answer = await MapAgainAsync(app, source.Id);

        (Number(answer, "mapped"), Number(answer, "accepted"), Number(answer, "unmapped")).ShouldBe((2, 2, 1));
        answer.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        var still = answer.GetProperty("still_unmapped").EnumerateArray().ShouldHaveSingleItem();
        still.GetProperty("event_id").GetString().ShouldBe(unmapped[2].EventId);
        still.GetProperty("problems")[0].GetString().ShouldBe("title: has no value in this payload");
        var made = (await app.EventsAsync()).Where(e => e.Type != UnmappedEvent.Type).ToList();
        made.Select(e => (e.Title, e.SourceId, e.Time)).ShouldBe(
            [("One", source.Id, unmapped[0].Time), ("Two", source.Id, unmapped[1].Time)]);
        (await app.DeliveriesAsync()).Select(delivery => delivery.EventRowId).ShouldBe(made.Select(e => e.Id));

        (await MapAgainAsync(app, source.Id)).GetProperty("mapped").GetInt32().ShouldBe(0);
        (await PostAsync(source.Address, """{"n":1,"headline":"One"}""")).ShouldBe("""{"accepted":0,"duplicates":1,"unmapped":0}""");
        (await app.DeliveriesAsync()).Count.ShouldBe(2);
        var story = (await app.Services.GetRequiredService<EventService>().FindAsync(unmapped[0].Id, await app.AdminActorAsync(), Stop))!
            .Unmapped!;
        story.Reasons.ShouldBe(["Title: has no value in this payload"]);
        story.Became!.Count.ShouldBe(1);
        story.Became.Events.ShouldHaveSingleItem().Event.RowId.ShouldBe(made[0].Id);
    }

    [Theory, DatabaseData]
    public async Task PayloadOfWhichPartIsOnRecord_GivesTheRest_WhateverIdsTheMappingGivesNow(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider, WithSandbox = true });
        var source = await AddAsync(app, """{"split":"/items","fields":{"id":"/n","title":"/title"}}""");
        (await PostAsync(source.Address, """{"items":[{"n":1,"title":"One"},{"n":2,"headline":"Two"}]}"""))
            .ShouldBe("""{"accepted":1,"duplicates":0,"unmapped":1}""");

        await MendAsync(app, source.Id, """{"split":"/items","fields":{"id":"item {/n}","title":["/title","/headline"]}}""");
        var answer = await MapAgainAsync(app, source.Id);

        (Number(answer, "mapped"), Number(answer, "accepted"), Number(answer, "unmapped")).ShouldBe((1, 1, 0));
        (await app.EventsAsync()).Where(e => e.Type != UnmappedEvent.Type).Select(e => e.Title).ShouldBe(["One", "Two"]);
    }

    [Theory, DatabaseData]
    public async Task WhatAMappingReadsOfTheRequest_IsKeptWithThePayload_AndALargeOneWhole(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider });
        var source = await app.CreateSourceAsync(new { name = "github", kind = "github", mapping = """{"fields":{"title":"/none"}}""" });
        var large = JsonSerializer.Serialize(new { n = 1, padding = new string('x', 900_000) });
        using (var client = new HttpClient())
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(source.Address));
            request.Content = new StringContent(large, System.Text.Encoding.UTF8, "application/json");
            request.Headers.Add("X-GitHub-Event", "dependabot_alert");
            request.Headers.Add("X-Auth-Token", "hunter2hunter2");
            (await client.SendAsync(request, Stop)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        (await app.EventsAsync()).ShouldHaveSingleItem().Json.ShouldNotContain("hunter2");
        await MendAsync(app, source.Id, """{"fields":{"title":"{header:X-GitHub-Event} {/n}"}}""");
        Number(await MapAgainAsync(app, source.Id), "mapped").ShouldBe(1);

        (await app.EventsAsync())[^1].Title.ShouldBe("dependabot_alert 1");
    }

    [Theory, DatabaseData]
    public async Task PayloadThatIsLeftOutNow_IsMappedToNothing(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider });
        var source = await AddAsync(app);
        await PostAsync(source.Address, """{"n":1,"test":true}""");

        await MendAsync(app, source.Id, """{"drop":{"path":"/test","present":true},"fields":{"title":"/headline"}}""");
        var answer = await MapAgainAsync(app, source.Id);

        (Number(answer, "mapped"), Number(answer, "accepted"), Number(answer, "unmapped")).ShouldBe((1, 0, 0));
        var unmapped = (await app.EventsAsync()).ShouldHaveSingleItem();
        (await app.Services.GetRequiredService<EventService>().FindAsync(unmapped.Id, await app.AdminActorAsync(), Stop))!
            .Unmapped!.Became!.Count.ShouldBe(0);
    }

    [Theory, DatabaseData]
    public async Task ManyAtOnce_OnAllInstances_MapEachOnce(DatabaseProvider provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);
        await using var app = await NotifyAdminApp.StartAsync(new() { Database = database, Sandbox = sandbox });
        await using var other = provider == DatabaseProvider.Sqlite ? null
            : await NotifyAdminApp.StartAsync(new() { Database = database, Sandbox = sandbox });
        var source = await AddAsync(app);
        for (var n = 0; n < 30; n++)
        {
            await PostAsync(source.Address, $$"""{"n":{{n}},"headline":"Number {{n}}"}""");
        }

        await MendAsync(app, source.Id);
        var actor = await app.AdminActorAsync();
        var batches = await Task.WhenAll(Enumerable.Range(0, 6).Select(turn => ((turn % 2 == 0 ? other : null) ?? app)
            .Services.GetRequiredService<MapAgainService>().MapNextAsync(source.Id, 0, actor, Stop)));

        batches.Sum(batch => batch!.Events).ShouldBe(30);
        await AssertEachOnceAsync(ProofStore.Contexts(database), 30);
    }

    [Theory, DatabaseData]
    public async Task Event_IsReplacedOnce_WhateverIsToStandInItsPlace(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider });
        var source = await AddAsync(app);
        await PostAsync(source.Address, """{"n":1}""");
        var unmapped = (await app.EventsAsync()).Single();
        var intake = app.Services.GetRequiredService<EventIntake>();
        var replacement = new EventReplacement(unmapped.Id, "tests");

        // A mapping that changed between two that read it gives other ids.
        var results = await Task.WhenAll(Enumerable.Range(0, 5)
            .Select(n => intake.AcceptAsync([new ParsedEvent($"made-{n}", "tests", "t", null, new EventFields(), "{}")], replacement)));

        results.Sum(result => result.Accepted).ShouldBe(1);
        (await app.EventsAsync()).Count.ShouldBe(2);
    }

    [Theory, DatabaseData]
    public async Task EventOfAnEarlierBuild_ThatOnlyHasTheType_IsToldAndKeepsNothingUp(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider });
        var source = await AddAsync(app);
        const string Foreign = """{"specversion":"1.0","id":"foreign","source":"tests","type":"source.unmapped","data":{"title":"t"}}""";
        await app.Services.GetRequiredService<EventIntake>().AcceptAsync(
            [new ParsedEvent("foreign", "tests", UnmappedEvent.Type, null, new EventFields(), Foreign) { SourceId = source.Id }]);
        await PostAsync(source.Address, """{"n":1,"headline":"One"}""");
        await MendAsync(app, source.Id);
        var foreign = (await app.EventsAsync()).Single(e => e.EventId == "foreign");

        var story = await app.Services.GetRequiredService<EventService>().FindAsync(foreign.Id, await app.AdminActorAsync(), Stop);
        var answer = await MapAgainAsync(app, source.Id);

        story!.Unmapped!.Reasons.ShouldBeEmpty();
        (Number(answer, "mapped"), Number(answer, "unmapped")).ShouldBe((1, 1));
        answer.GetProperty("still_unmapped")[0].GetProperty("problems")[0].GetString()!.ShouldStartWith("payload: is not in this event");
        (await app.EventsAsync()).Select(e => e.Title).ShouldContain("One");
    }

    [Theory, DatabaseData]
    public async Task KilledAmidst_NothingIsLostOrDoubled(DatabaseProvider provider)
    {
        const int Count = 80;
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);
        int id;
        await using (var app = await NotifyAdminApp.StartAsync(new() { Database = database, Sandbox = sandbox }))
        {
            var source = await AddAsync(app);
            id = source.Id;
            for (var n = 0; n < Count; n++)
            {
                await PostAsync(source.Address, $$"""{"n":{{n}},"headline":"Number {{n}}"}""");
            }

            await MendAsync(app, id);
        }

        var contexts = ProofStore.Contexts(database);
        await using (var killed = ProofStore.Start(database, sandbox))
        {
            using var client = new HttpClient { BaseAddress = await killed.ListeningAsync(Stop) };
            client.DefaultRequestHeaders.Authorization = new("Bearer", NotifyAdminSettings.ApiKey);
            var asked = client.PostAsync($"api/sources/{id}/map-again", null, Stop);
            await Eventually.HoldsAsync(async () =>
            {
                await using var context = await contexts.CreateDbContextAsync(Stop);
                return await context.ReplacedEvents.AnyAsync(Stop);
            }, TimeSpan.FromMinutes(1));
            await killed.KillAsync();
            await Task.WhenAny(asked);
        }

        await using (var app = await NotifyAdminApp.StartAsync(new() { Database = database, Sandbox = sandbox }))
        {
            Number(await MapAgainAsync(app, id), "unmapped").ShouldBe(0);
        }

        await AssertEachOnceAsync(contexts, Count);
    }

    private static async Task AssertEachOnceAsync(IDbContextFactory<NotifyDbContext> contexts, int count)
    {
        await using var context = await contexts.CreateDbContextAsync(Stop);
        var made = await context.Events.Where(e => e.Type != UnmappedEvent.Type).Select(e => new { e.Id, e.Title }).ToListAsync(Stop);
        made.Select(e => e.Title).ShouldBe(Enumerable.Range(0, count).Select(n => $"Number {n}"), ignoreOrder: true);
        (await context.Deliveries.Select(d => d.EventRowId).ToListAsync(Stop)).ShouldBe(made.Select(e => e.Id), ignoreOrder: true);
        (await context.ReplacedEvents.CountAsync(Stop)).ShouldBe(count);
    }

    /// <summary>A source whose mapping fails on what is posted, bound to a channel that hears nothing else.</summary>
    private static async Task<(int Id, string Address)> AddAsync(NotifyAdminApp app, string mapping = """{"fields":{"title":"/none"}}""")
    {
        var channel = await app.AddSlackIntegrationAsync("C0SANDBOX1", integration => integration.SlackNotify = false);
        return await app.CreateSourceAsync(
            new { name = "ops", kind = "generic", mapping, channels = new[] { new { kind = "slack", id = channel } } });
    }

    private static async Task<string> PostAsync(string address, string body)
    {
        var (status, answer) = await SourceTesting.PostAsync(address, body);
        status.ShouldBe(HttpStatusCode.Accepted, answer);
        return answer;
    }

    private static async Task MendAsync(NotifyAdminApp app, int id, string mapping = Mended)
    {
        using var response = await app.CreateApiClient().PatchAsJsonAsync($"api/sources/{id}", new { mapping }, Stop);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<JsonElement> MapAgainAsync(NotifyAdminApp app, int id)
    {
        using var response = await app.CreateApiClient().PostAsync($"api/sources/{id}/map-again", null, Stop);
        var answer = await response.Content.ReadAsStringAsync(Stop);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, answer);
        return JsonDocument.Parse(answer).RootElement;
    }

    private static int Number(JsonElement answer, string name) => answer.GetProperty(name).GetInt32();
}
