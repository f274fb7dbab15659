using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Api;
using Notify.Admin.Data;
using Notify.Admin.FunctionAccess;
using Notify.Admin.Slack;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Data;

/// <summary>What is one thing and what are two, the same in every store: ids, keys and sources differ by case and by blanks at the end;
/// people and searches do not.</summary>
public sealed class OrdinalTextTests
{
    private static readonly AccessList Nobody = AccessList.Of("named_entities");

    private const string Scan = "scan.completed";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task SlackChannels_DifferByCase(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        foreach (var channel in new[] { "C0ALERTS01", "C0ALERTs01", "C0ALERTS01" })
        {
            var body = JsonSerializer.Serialize(new
            {
                apiKey = NotifyAdminSettings.ApiKey, slackToken = TestChannels.SandboxToken, channelId = channel, slackNotify = true,
            });
            using var answer = await app.CreateClient().PostAsync("api/UpdateSlack", new StringContent(body, Encoding.UTF8), Stop);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await app.Services.GetRequiredService<SlackIntegrationStore>().ListAsync(Stop)).Select(slack => slack.ChannelId)
            .ShouldBe(["C0ALERTS01", "C0ALERTs01"], ignoreOrder: true);
    }

    [Theory, DatabaseData]
    public async Task Events_AreKnownByTheirExactIdAndSource(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        await app.AddSlackIntegrationAsync("C0ALERTS01");
        (string Id, string Source)[] different = [("one", "two"), ("One", "two"), ("one ", "two"), ("one", "Two")];
        foreach (var (id, source) in different)
        {
            (await AcceptedAsync(app, id, source)).ShouldBe(1, $"'{id}' of '{source}'");
            (await AcceptedAsync(app, id, source)).ShouldBe(0, $"'{id}' of '{source}'");
        }

        (await FoundAsync(app, "source=two")).ShouldBe(["One/two", "one /two", "one/two"]);
        (await FoundAsync(app, "source=Two")).ShouldBe(["one/Two"]);
        (await FoundAsync(app, "eventId=one")).ShouldBe(["one/Two", "one/two"]);
        (await FoundAsync(app, "eventId=one%20")).ShouldBe(["one /two"]);
        using var blank = await app.CreateApiClient().GetAsync("api/deliveries?source=two%20", Stop);
        blank.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory, DatabaseData]
    public async Task Sources_OfEvents_MayNotEndWithBlanks(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });

        using var answer = await app.PostEventAsync(Scan, new { }, "one", "two ");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("source");
    }

    [Theory, DatabaseData]
    public async Task Functions_DifferByTheCaseOfTheirCallbackId(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, WithSandbox = true });
        var workspace = await app.AddWorkspaceAsync();
        var contexts = app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>();

        async Task AddAsync(string callback)
        {
            await using var context = await contexts.CreateDbContextAsync(Stop);
            context.ManagedFunctions.Add(new ManagedFunction
            {
                WorkspaceId = workspace, Name = callback, Key = new FunctionName(null, callback, "A0000000001").Key, Wanted = Nobody,
                CreatedBy = "tests",
            });
            await context.SaveChangesAsync(Stop);
        }

        await AddAsync("create_report");
        await AddAsync("Create_report");
        StoreErrors.Of(await Should.ThrowAsync<DbUpdateException>(() => AddAsync("create_report"))).ShouldBe(StoreError.Duplicate);
    }

    [Theory, DatabaseData]
    public async Task Nonces_DifferByCase(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        var keys = app.Services.GetRequiredService<AccessKeyService>();
        var key = (await keys.FindAsync(NotifyAdminSettings.AccessKeyId, "192.0.2.1", Stop)).Key!;

        (await keys.TryUseNonceAsync(key, "nonce", Stop)).ShouldBeTrue();
        (await keys.TryUseNonceAsync(key, "Nonce", Stop)).ShouldBeTrue();
        (await keys.TryUseNonceAsync(key, "nonce", Stop)).ShouldBeFalse();
    }

    [Theory, DatabaseData]
    public async Task People_LogInWhateverTheCaseOfTheirAddress(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });

        using var answer = await NotifyAdminApp.SubmitLoginAsync(app.CreateClient(), NotifyAdminSettings.AdminEmail.ToUpperInvariant(),
            NotifyAdminSettings.AdminPassword);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldNotContain("Login");
    }

    private static async Task<int> AcceptedAsync(NotifyAdminApp app, string id, string source)
    {
        using var answer = await app.PostEventAsync(Scan, new { title = "Scan finished" }, id, source);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("accepted").GetInt32();
    }

    private static async Task<IEnumerable<string>> FoundAsync(NotifyAdminApp app, string query) =>
        (await app.CreateApiClient().GetFromJsonAsync<JsonElement>($"api/deliveries?{query}", Stop)).GetProperty("items").EnumerateArray()
            .Select(item => item.GetProperty("event"))
            .Select(found => $"{found.GetProperty("id").GetString()}/{found.GetProperty("source").GetString()}")
            .Order(StringComparer.Ordinal);
}
