using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Notify.Admin.Accounts;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Deliveries;

public class DeliveriesApiTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Get_DeliveryWithAttempts_HasTheDocumentedShape(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var seed = Seed(app);
        var delivery = await seed.DeliveryAsync(DeliveryState.Held,
            of: await seed.EventAsync("e1", "Scan finished", severity: Severity.High), with: d =>
        {
            d.HoldReason = HoldReason.NeedsAttention;
            d.Code = "not_in_channel";
            d.DueAt = DateTimeOffset.MaxValue;
            d.MayBeDuplicate = true;
        });
        await seed.MessageAsync([delivery], (AttemptOutcome.Unknown, "timeout"), (AttemptOutcome.Failed, "not_in_channel"));

        var answer = await app.CreateApiClient().GetFromJsonAsync<JsonElement>("api/deliveries?eventId=e1", Stop);

        answer.GetProperty("nextCursor").ValueKind.ShouldBe(JsonValueKind.Null);
        var item = answer.GetProperty("items").EnumerateArray().Single();
        item.GetProperty("id").GetInt64().ShouldBe(delivery.Id);
        item.GetProperty("shortId").GetString().ShouldBe(ShortIds.OfDelivery(delivery.Id));
        item.GetProperty("event").GetRawText().ShouldBe(
            """{"id":"e1","source":"tests","type":"scan.completed","time":"2026-08-21T12:00:00+00:00","severity":"high","title":"Scan finished"}""");
        item.GetProperty("channel").GetRawText().ShouldBe("""{"kind":"slack","id":1,"name":"sec-alerts"}""");
        item.GetProperty("state").GetString().ShouldBe("held");
        item.GetProperty("holdReason").GetString().ShouldBe("needs_attention");
        item.GetProperty("code").GetString().ShouldBe("not_in_channel");
        item.GetProperty("matchReason").GetString().ShouldBe("slackCompleteAborted");
        item.GetProperty("dueAt").ValueKind.ShouldBe(JsonValueKind.Null);
        item.GetProperty("mayBeDuplicate").GetBoolean().ShouldBeTrue();
        item.GetProperty("attempts").EnumerateArray().Select(a => a.GetProperty("outcome").GetString()).ShouldBe(["unknown", "failed"]);
        item.GetProperty("attempts")[0].GetProperty("durationMs").GetInt32().ShouldBe(120);
    }

    [Theory, DatabaseData]
    public async Task Get_ManyDeliveries_PagesToTheEndWithTheCursor(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var seed = Seed(app);
        var of = await seed.EventAsync();
        for (var channel = 1; channel <= 120; channel++)
        {
            await seed.DeliveryAsync(DeliveryState.Skipped, new ChannelKey(ChannelKind.Slack, channel), of);
        }

        using var client = app.CreateApiClient();
        List<long> ids = [];
        for (var cursor = ""; cursor is not null;)
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"api/deliveries?state=skipped,failed&cursor={cursor}", Stop);
            ids.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt64()));
            cursor = page.GetProperty("nextCursor").GetString();
        }

        ids.Count.ShouldBe(120);
        ids.ShouldBe(ids.Distinct().OrderDescending());
    }

    [Theory]
    [InlineData("state=lost", "state")]
    [InlineData("sourceId=x", "sourceId")]
    [InlineData("state=sent,", null)]
    [InlineData("state=sent,lost", "state")]
    [InlineData("state=%20", "state")]
    [InlineData("state=,", "state")]
    [InlineData("state=Sent", "state")]
    [InlineData("state=sent&state=failed", "state")]
    [InlineData("cursor=x", "cursor")]
    [InlineData("cursor=-1", "cursor")]
    [InlineData("cursor=99999999999999999999", "cursor")]
    [InlineData("source=a%0Ab", "source")]
    [InlineData("eventId=%ED%A0%80", null)]
    [InlineData("eventId=%F0%9F%9A%A8&source=%27%22%3B--", null)]
    public async Task Get_BadParameter_Is400NamingFieldAndRule(string query, string? field)
    {
        var app = shared.App;

        using var answer = await app.CreateApiClient().GetAsync($"api/deliveries?{query}", Stop);

        answer.StatusCode.ShouldBe(field is null ? HttpStatusCode.OK : HttpStatusCode.BadRequest);
        if (field is not null)
        {
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
            problem.GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe(field);
            problem.GetProperty("errors")[0].GetProperty("reason").GetString().ShouldNotBeNullOrEmpty();
        }
    }

    [Theory, DatabaseData]
    public async Task Get_TooLongOrOddText_IsNeverAServerError(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        using var client = app.CreateApiClient();

        (await client.GetAsync($"api/deliveries?eventId={new string('a', 1025)}", Stop)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await client.GetAsync($"api/deliveries?eventId={Uri.EscapeDataString(string.Concat(Enumerable.Repeat("🚨", 512)))}",
            Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("api/deliveries?eventId=%FF%FE&source=%C0%80", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Get_WithoutTheRightKey_IsRefused()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);

        using var without = await app.CreateClient().GetAsync("api/deliveries", Stop);
        using var ingest = await app.CreateApiClient(await app.CreateApiKeyAsync(Roles.Admin, ApiKeyScope.Ingest))
            .GetAsync("api/deliveries", Stop);
        using var viewer = await app.CreateApiClient(await app.CreateApiKeyAsync(Roles.Viewer)).GetAsync("api/deliveries", Stop);

        without.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        ingest.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        viewer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task OpenApi_DescribesTheListWithItsParametersAndRefusals()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);

        var description = await app.CreateApiClient().GetFromJsonAsync<JsonElement>("openapi/v1.json", Stop);

        var get = description.GetProperty("paths").GetProperty("/api/deliveries").GetProperty("get");
        get.GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString())
            .ShouldBe(["eventId", "source", "sourceId", "state", "cursor"]);
        get.GetProperty("responses").EnumerateObject().Select(r => r.Name).ShouldBe(["200", "400", "401", "403", "429", "503"]);
    }

    [Fact]
    public async Task Description_NamesEveryHoldAndCodeThatAnAnswerMayHave()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);

        var text = await app.CreateApiClient().GetStringAsync("openapi/v1.json", Stop);

        var codes = typeof(OutcomeCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        var holds = Enum.GetValues<HoldReason>().Select(reason => reason.ToName()).OfType<string>();
        foreach (var name in codes.Concat(holds))
        {
            text.ShouldContain($"`{name}`", Case.Sensitive);
        }
    }

    [Fact]
    public async Task Description_OfRoutesWithAKey_SaysWhatARefusedKeyIsAnswered()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);

        var description = await app.CreateApiClient().GetFromJsonAsync<JsonElement>("openapi/v1.json", Stop);

        var silent = description.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Where(call => call.Value.GetProperty("responses").TryGetProperty("401", out _) == false
                || call.Value.GetProperty("responses").TryGetProperty("429", out _) == false)
            .Select(call => $"{call.Name} {path.Name}"));
        silent.ShouldBeEmpty();
    }

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider) => NotifyAdminApp.StartAsync(new NotifyAdminSettings
    {
        Provider = provider,
        Services = services =>
        {
            services.RemoveAll<IChannel>();
            services.AddSingleton<IChannel>(new PretendChannel(ChannelKind.Slack) { Channels = { new ChannelName(ActivitySeed.Slack,
                "sec-alerts", true) } });
        },
    });

    private static ActivitySeed Seed(NotifyAdminApp app) => new(app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>());
}
