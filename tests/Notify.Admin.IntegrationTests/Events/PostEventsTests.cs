using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Events;

public sealed class PostEventsTests
{
    private const string Structured = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";

    [Theory, DatabaseData]
    public async Task Post_EveryMode_IsAcceptedOnce(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider });

        (await PostAsync(app, Structured, Event("one"))).ShouldBe((HttpStatusCode.Accepted, """{"accepted":1,"duplicates":0}"""));
        (await PostAsync(app, "application/json", Event("one"))).ShouldBe((HttpStatusCode.Accepted, """{"accepted":0,"duplicates":1}"""));
        (await PostAsync(app, Batch, $"[{Event("two")},{Event("two")},{Event("three")}]"))
            .ShouldBe((HttpStatusCode.Accepted, """{"accepted":2,"duplicates":1}"""));
        (await PostAsync(app, "application/json; charset=utf-8", $"[{Event("four")}]"))
            .ShouldBe((HttpStatusCode.Accepted, """{"accepted":1,"duplicates":0}"""));
        (await PostAsync(app, "application/json", """{"scanId":"s"}""", ("ce-specversion", "1.0"), ("ce-id", "five"),
            ("ce-source", "tests"), ("ce-type", "scan.stopped")))
            .ShouldBe((HttpStatusCode.Accepted, """{"accepted":1,"duplicates":0}"""));
        (await PostAsync(app, Batch, "[]")).ShouldBe((HttpStatusCode.Accepted, """{"accepted":0,"duplicates":0}"""));

        (await EventIdsAsync(app)).ShouldBe(["one", "two", "three", "four", "five"]);
    }

    [Theory, DatabaseData]
    public async Task Post_SameIdInOtherCaseOrSource_IsAnotherEvent(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider });

        await PostAsync(app, Batch,
            $"[{Event("a")},{Event("A")},{Event("a").Replace("\"tests\"", "\"Tests\"", StringComparison.Ordinal)}]");

        (await EventIdsAsync(app)).Count.ShouldBe(3);
    }

    [Theory, DatabaseData]
    public async Task Post_ManyAtOnce_EachIsStoredOnce(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider });
        var client = app.CreateApiClient();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            using var content = Content(Structured, Event($"e{i % 100}"));
            using var response = await client.PostAsync("api/events", content);
            return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
        }));

        answers.Sum(a => a.GetProperty("accepted").GetInt32()).ShouldBe(100);
        answers.Sum(a => a.GetProperty("duplicates").GetInt32()).ShouldBe(100);
        (await EventIdsAsync(app)).Distinct().Count().ShouldBe(100);
    }

    [Fact]
    public async Task Post_OneBadEventInABatch_RefusesAllAndNamesIt()
    {
        await using var app = await NotifyAdminApp.StartAsync();

        var (status, body) = await PostAsync(app, Batch,
            $"[{Event("good")},{Event("bad").Replace("\"id\":\"bad\",", "", StringComparison.Ordinal)}]");

        status.ShouldBe(HttpStatusCode.BadRequest);
        var error = JsonDocument.Parse(body).RootElement.GetProperty("errors")[0];
        error.GetProperty("index").GetInt32().ShouldBe(1);
        error.GetProperty("field").GetString().ShouldBe("id");
        error.GetProperty("reason").GetString().ShouldBe("is required");
        (await EventIdsAsync(app)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_BadInput_NamesTheFieldAndStoresNothing()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        const string AlertType = "sas_analysis_online-sas-operation-log-sas-event-suspicious";
        (string Body, string Field)[] cases =
        [
            ("", "body"),
            ("{", "body"),
            ("null", "body"),
            ("3", "body"),
            ("[1]", "event"),
            ("""{"id":"a","id":"b","specversion":"1.0","source":"s","type":"t","data":{}}""", "id"),
            ("""{"specversion":"0.3","id":"a","source":"s","type":"t","data":{}}""", "specversion"),
            ("""{"specversion":1.0,"id":"a","source":"s","type":"t","data":{}}""", "specversion"),
            ("""{"specversion":"1.0","id":"","source":"s","type":"t","data":{}}""", "id"),
            ("""{"specversion":"1.0","id":7,"source":"s","type":"t","data":{}}""", "id"),
            ("""{"specversion":"1.0","id":"a\u0000b","source":"s","type":"t","data":{}}""", "id"),
            ($$$"""{"specversion":"1.0","id":"{{{new string('x', 1025)}}}","source":"s","type":"t","data":{}}""", "id"),
            ("""{"specversion":"1.0","id":"a","type":"t","data":{}}""", "source"),
            ("""{"specversion":"1.0","id":"a","source":"s","data":{}}""", "type"),
            ("""{"specversion":"1.0","id":"a","source":"s","type":"notify.test","data":{}}""", "type"),
            ("""{"specversion":"1.0","id":"a","source":"s","type":"source.unmapped","data":{}}""", "type"),
            ("""{"specversion":"1.0","id":"a","source":"s","type":"x-sas-event-unheard-of","data":{}}""", "type"),
            ("""{"specversion":"1.0","id":"a","source":"s","type":"t","data":"a","data_base64":"YQ=="}""", "data_base64"),
            ("""{"specversion":"1.0","id":"a","source":"s","type":"scan.started","data":{"trigger":"queue","trigger":"hand"}}""",
            "data.trigger"),
            ("""{"specversion":"1.0","id":"a","source":"s","type":"t","data":{"title":"\ud800"}}""", "event"),
            ("""{"specversion":"1.0","id":"a","source":"s","type":"t","time":"yesterday","data":{}}""", "time"),
            ("""{"specversion":"1.0","id":"a","source":"s","type":"t","time":"2025-01-02T03:04:05","data":{}}""", "time"),
            ("""{"specversion":"1.0","id":"a","source":"s","type":"scan.started","data":{"trigger":"hand"}}""", "data.trigger"),
            ("""{"specversion":"1.0","id":"a","source":"s","type":"scan.completed","data":{"avgThreat":"medium"}}""", "data.avgThreat"),
            ("""{"specversion":"1.0","id":"a","source":"s","type":"scan.completed","data":{"avgThreat":3}}""", "data.avgThreat"),
            ($$$"""{"specversion":"1.0","id":"a","source":"s","type":"{{{AlertType}}}","data":{"item_level":"worst"}}""",
            "data.item_level"),
            ($$$"""{"specversion":"1.0","id":"a","source":"s","type":"{{{AlertType}}}","data":{"groupId":"twelve"}}""", "data.groupId"),
            ($$$"""{"specversion":"1.0","id":"a","source":"s","type":"{{{AlertType}}}","data":{"groupId":1.5}}""", "data.groupId"),
            ($$$"""{"specversion":"1.0","id":"a","source":"s","type":"{{{AlertType}}}","data":{"groupId":99999999999}}""", "data.groupId"),
        ];

        foreach (var (body, field) in cases)
        {
            var (status, answer) = await PostAsync(app, "application/json", body);

            status.ShouldBe(HttpStatusCode.BadRequest, body);
            JsonDocument.Parse(answer).RootElement.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe(field, body);
        }

        (await EventIdsAsync(app)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_TooMuch_Is413()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var large = Event("large").Replace("{}", $$"""{"title":"{{new string('x', 1024 * 1024)}}"}""", StringComparison.Ordinal);

        (await PostAsync(app, Structured, large)).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await PostAsync(app, "application/json", large)).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await PostAsync(app, Batch, $"[{string.Join(',', Enumerable.Range(0, 1001).Select(i => Event($"e{i}")))}]")).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await PostAsync(app, Batch, $"[{Event("x")}]" + new string(' ',
            10 * 1024 * 1024))).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await PostAsync(app, Batch,
            $"[{string.Join(',', Enumerable.Range(0, 1000).Select(i => Event($"e{i}")))}]")).Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Post_OtherMediaTypes_Are415()
    {
        await using var app = await NotifyAdminApp.StartAsync();

        (await PostAsync(app, "text/plain", Event("a"))).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await PostAsync(app, "application/xml", "<a/>")).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await PostAsync(app, "application/cloudevents+avro", "a", ("ce-specversion", "1.0"), ("ce-id", "a"), ("ce-source", "s"),
            ("ce-type", "t"))).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await PostAsync(app, "application/json; charset=utf-16", Event("a"))).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Post_WithEachKindOfKey_IsAllowedAsTheContractSays()
    {
        await using var app = await NotifyAdminApp.StartAsync();

        (await StatusWithAsync(app, "nak_nobody-has-this-key-0123456789")).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusWithAsync(app, await app.CreateApiKeyAsync(Roles.Viewer))).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusWithAsync(app, await app.CreateApiKeyAsync(Roles.Operator))).ShouldBe(HttpStatusCode.Accepted);
        (await StatusWithAsync(app, await app.CreateApiKeyAsync(Roles.Operator, ApiKeyScope.Ingest))).ShouldBe(HttpStatusCode.Accepted);
        (await StatusWithAsync(app, await app.CreateApiKeyAsync(Roles.Viewer, ApiKeyScope.Ingest))).ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<HttpStatusCode> StatusWithAsync(NotifyAdminApp app, string key)
    {
        using var response = await app.PostEventAsync("scan.stopped", new { }, key: key);
        return response.StatusCode;
    }

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(NotifyAdminApp app, string mediaType, string body,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/events") { Content = Content(mediaType, body) };
        // A refused body need not be sent.
        request.Headers.ExpectContinue = true;
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await app.CreateApiClient().SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static StringContent Content(string mediaType, string body)
    {
        var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return content;
    }

    private static string Event(string id) =>
        $$$"""{"specversion":"1.0","id":"{{{id}}}","source":"tests","type":"scan.stopped","data":{}}""";

    private static async Task<IReadOnlyList<string>> EventIdsAsync(NotifyAdminApp app)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync();
        return await context.Events.OrderBy(e => e.Id).Select(e => e.EventId).ToListAsync();
    }
}
