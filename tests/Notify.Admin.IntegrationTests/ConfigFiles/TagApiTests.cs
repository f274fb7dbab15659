using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;

namespace Notify.Admin.IntegrationTests.ConfigFiles;

/// <summary><c>/api/tags</c>: which channels have a tag.</summary>
public sealed class TagApiTests
{
    private static readonly Actor Admin = new(null, "admin@example.test", Roles.Admin, "test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Tag_IsCreated_ChangedAndDeleted_OnTheChannelsThatAreSaid(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        using var client = app.CreateApiClient();

        using var created = await SendAsync(client, HttpMethod.Post, "api/tags",
            """{"name":"Payments","channels":["slack/Alerts","dingtalk/Robot"]}""");

        created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.Content.ReadAsStringAsync(Stop));
        created.Headers.Location!.ToString().ShouldBe("/api/tags/payments");
        (await created.Content.ReadAsStringAsync(Stop))
            .ShouldBe("""{"name":"payments","channels":["dingtalk/Robot","slack/Alerts"]}""");
        (await TagsAsync(app)).ShouldBe([("Alerts", "payments,soc"), ("Scans", ""), ("Robot", "payments")], ignoreOrder: true);
        using var changed = await SendAsync(client, HttpMethod.Patch, "api/tags/payments",
            """{"name":"payments","channels":["slack/Scans","slack/Alerts"]}""", created.Headers.ETag);
        changed.StatusCode.ShouldBe(HttpStatusCode.OK, await changed.Content.ReadAsStringAsync(Stop));
        (await TagsAsync(app)).ShouldBe([("Alerts", "payments,soc"), ("Scans", "payments"), ("Robot", "")], ignoreOrder: true);
        using var late = await SendAsync(client, HttpMethod.Delete, "api/tags/payments", null, created.Headers.ETag);
        late.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        using var blind = await SendAsync(client, HttpMethod.Delete, "api/tags/payments", null);
        blind.StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
        (await client.GetStringAsync("api/tags", Stop)).ShouldBe(
            """{"items":[{"name":"payments","channels":["slack/Alerts","slack/Scans"]},{"name":"soc","channels":["slack/Alerts"]}],"nextCursor":null}""");
        (await client.GetStringAsync("api/tags?name=SO&cursor=payments", Stop)).ShouldContain("""[{"name":"soc",""");
        using var read = await client.GetAsync("api/tags/payments", Stop);
        using var deleted = await SendAsync(client, HttpMethod.Delete, "api/tags/payments", null, read.Headers.ETag);
        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await TagsAsync(app)).ShouldBe([("Alerts", "soc"), ("Scans", ""), ("Robot", "")], ignoreOrder: true);
        using var gone = await client.GetAsync("api/tags/payments", Stop);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"name":"two words","channels":["slack/Alerts"]}""", "name")]
    [InlineData("""{"channels":["slack/Alerts"]}""", "name")]
    [InlineData("""{"name":"soc","channels":["slack/Scans"]}""", "name")]
    [InlineData("""{"name":"new","channels":["slack/Nobody"]}""", "channels[0]")]
    [InlineData("""{"name":"new","channels":[]}""", "channels")]
    [InlineData("""{"name":"new","channels":null}""", "channels")]
    [InlineData("""{"name":"new","channels":"slack/Alerts"}""", "channels")]
    [InlineData("""{"name":"new","channels":["slack/Alerts"],"color":"red"}""", "color")]
    public async Task WrongTag_IsRefused_WithFieldAndRule(string body, string field)
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);

        using var answer = await SendAsync(app.CreateApiClient(), HttpMethod.Post, "api/tags", body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadFromJsonAsync<JsonObject>(Stop))!["errors"]![0]!["field"]!.GetValue<string>().ShouldBe(field);
        (await TagsAsync(app)).ShouldBe([("Alerts", "soc"), ("Scans", ""), ("Robot", "")], ignoreOrder: true);
    }

    [Theory, DatabaseData]
    public async Task Tag_ThatOneChannelCannotTake_IsGivenToNone(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        using var client = app.CreateApiClient();
        for (var number = 1; number < ChannelTags.Most; number++)
        {
            using var one = await SendAsync(client, HttpMethod.Post, "api/tags", $$"""{"name":"t{{number}}","channels":["dingtalk/Robot"]}""");
            one.StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        using var last = await SendAsync(client, HttpMethod.Post, "api/tags", """{"name":"last","channels":["dingtalk/Robot"]}""");
        using var answer = await SendAsync(client, HttpMethod.Post, "api/tags",
            """{"name":"more","channels":["slack/Alerts","dingtalk/Robot"]}""");

        last.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("has dingtalk/Robot, which has 20 tags already");
        (await TagsAsync(app)).ShouldContain(("Alerts", "soc"));
        using var rename = await SendAsync(client, HttpMethod.Patch, "api/tags/last", """{"name":"first"}""", EntityTagHeaderValue.Any);
        (await rename.Content.ReadAsStringAsync(Stop)).ShouldContain("""{"field":"name","reason":"cannot be changed"}""");
    }

    private static async Task<NotifyAdminApp> StartAsync(DatabaseProvider provider)
    {
        var app = await NotifyAdminApp.StartAsync(new() { Provider = provider, WithSandbox = true });
        await app.AddSlackIntegrationAsync("C0ALERTS01", model => (model.Name, model.Tags) = ("Alerts", ChannelTags.Write(["soc"])));
        await app.AddSlackIntegrationAsync("C0SECOPS01", model => model.Name = "Scans");
        await app.AddChatbotAsync(RobotSeeds.KeywordToken, chatbot => chatbot with { Name = "Robot" });
        return app;
    }

    private static async Task<IReadOnlyList<(string Name, string Tags)>> TagsAsync(NotifyAdminApp app) =>
        [.. (await app.Services.GetRequiredService<IDeliveryDesk>().ListChannelsAsync(Admin, Stop))
            .Select(channel => (channel.Name, string.Join(',', channel.Tags)))];

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient client, HttpMethod method, string address, string? body, EntityTagHeaderValue? state = null)
    {
        using var request = new HttpRequestMessage(method, address);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8,
                new MediaTypeHeaderValue(method == HttpMethod.Patch ? "application/merge-patch+json" : "application/json"));
        }

        if (state is not null)
        {
            request.Headers.IfMatch.Add(state);
        }

        return await client.SendAsync(request, Stop);
    }
}
