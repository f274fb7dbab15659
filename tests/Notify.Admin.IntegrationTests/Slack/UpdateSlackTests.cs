using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Slack;

/// <summary>The contract of <c>POST /api/UpdateSlack</c>: every row of the code table, the order of checks, and what a call
/// changes.</summary>
public class UpdateSlackTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Token = "xoxb-canary-update-token-wxyz";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Post_NewChannel_AddsItWithDefaults(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);

        await Answers(app, Body(), 200, 0, "Success");

        var added = await OnlyAsync(app);
        (added.Name, added.ChannelId, added.IsOn, added.Version).ShouldBe(("C0123456789", "C0123456789", true, 1));
        added.ToSwitches().ShouldBe(new SlackSwitches());
        app.Services.GetRequiredService<SecretProtector>().Unprotect(added.Token!).ShouldBe(Token);
    }

    [Theory, DatabaseData]
    public async Task Post_KnownChannel_KeepsWhatIsOmitted(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        await Answers(app, Body(("slackStop", true), ("slackAvgThreat", "High"), ("slackPause", true), ("slackUnpause", true)), 200, 0,
            "Success");
        await app.EditSlackIntegrationAsync((await OnlyAsync(app)).Id, s =>
        {
            (s.Name, s.IsOn) = ("named by hand", false);
            (s.Language, s.Mention, s.MentionFrom, s.IntervalMinutes) = (SlackLanguage.Zh, SlackMention.Here, Severity.High, 5);
            s.FollowUp = FollowUp.Update;
        });

        await Answers(app, Body(("slackStop", false), ("slackDelete", true), ("slackNotify", null), ("slackAvgThreat", null),
            ("unknown", 1)), 200, 0, "Success");

        var stored = await OnlyAsync(app);
        (stored.Name, stored.IsOn).ShouldBe(("named by hand", false));
        (stored.Language, stored.Mention, stored.MentionFrom, stored.IntervalMinutes)
            .ShouldBe((SlackLanguage.Zh, SlackMention.Here, Severity.High, 5));
        stored.FollowUp.ShouldBe(FollowUp.Update);
        stored.ToSwitches().ShouldBe(new SlackSwitches { IsOn = false, SlackDelete = true, SlackPause = true, SlackUnpause = true,
            SlackAvgThreat = SlackAvgThreat.High });
    }

    [Theory, DatabaseData]
    public async Task Post_EverySwitch_IsStoredAsGiven(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        string[] switches =
        [
            "slackNotify", "slackStartFromSchedule", "slackStartFromQueue", "slackCompleteAborted", "slackDelete", "slackStop",
                "slackAborted", "slackPause", "slackUnpause",
        ];

        foreach (var name in switches)
        {
            await Answers(app, Body([.. switches.Select(other => (other, (object?)(other == name)))]), 200, 0, "Success");

            var stored = SlackIntegrationFormModel.Of(await OnlyAsync(app));
            SlackFields.Table.Fields.Where(field => switches.Contains(field.AuditName) && field.Read(stored) == "true")
                .Select(field => field.AuditName).ShouldBe([name]);
        }
    }

    [Theory, DatabaseData]
    public async Task Post_SameAgain_ChangesNothing(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        await Answers(app, Body(("slackStop", true)), 200, 0, "Success");
        var first = await OnlyAsync(app);

        await Answers(app, Body(("slackStop", true)), 200, 0, "Success");

        var second = await OnlyAsync(app);
        (second.Version, second.ChangedAt, second.Token).ShouldBe((first.Version, first.ChangedAt, first.Token));
    }

    [Fact]
    public async Task Post_EveryRefusalOfTheBody_NamesFieldAndRule()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        (string Body, int Error, string Data)[] rows =
        [
            ("", 4, "Not valid JSON"),
            ("{", 4, "Not valid JSON"),
            ("[]", 4, "Not valid JSON"),
            ("\"text\"", 4, "Not valid JSON"),
            (Body(("slackStop", "true")), 3, "Wrong type slackStop"),
            (Body(("apiKey", 7)), 3, "Wrong type apiKey"),
            (Body(("slackAvgThreat", 2)), 3, "Wrong type slackAvgThreat"),
            (Body(("apiKey", null)), 2, "Missing apiKey"),
            ("""{"apiKey":"k","slackToken":"t"}""", 2, "Missing channelId"),
            ("""{"apiKey":"k","channelId":"C01"}""", 2, "Missing slackToken"),
            (Body(("apiKey", "")), 1, "Not valid apiKey"),
            (Body(("channelId", "#alerts")), 1, "Not valid channelId"),
            (Body(("slackToken", "a b")), 1, "Not valid slackToken"),
            (Body(("slackAvgThreat", "medium")), 1, "Not valid slackAvgThreat"),
            // The order: types before required, required before allowed, all of these before the key.
            ("""{"slackStop":"x"}""", 3, "Wrong type slackStop"),
            ("""{"apiKey":"unknown","slackAvgThreat":"x"}""", 2, "Missing channelId"),
            (Body(("apiKey", "unknown"), ("slackAvgThreat", "x")), 1, "Not valid slackAvgThreat"),
        ];

        foreach (var (body, error, data) in rows)
        {
            await Answers(app, body, 400, error, data);
        }

        (await AllAsync(app)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_LargerThanOneMebibyte_Is413InItsOwnShape()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);

        await Answers(app, Body(("filler", new string('x', 1024 * 1024))), 413, 4, "Not valid JSON");
        await Answers(app, Body(("filler", new string('x', (1024 * 1024) - 400))), 200, 0, "Success");
    }

    [Theory, DatabaseData]
    public async Task Post_KeysThatMayNot_AreRefusedAndChangeNothing(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);

        await Answers(app, Body(("apiKey", "nak_unknown")), 401, 10, "Not valid apiKey");
        await Answers(app, Body(("apiKey", await app.CreateApiKeyAsync(Roles.Operator))), 403, 12, "Not authorized");
        await Answers(app, Body(("apiKey", await app.CreateApiKeyAsync(Roles.Viewer))), 403, 12, "Not authorized");
        await Answers(app, Body(("apiKey", await app.CreateApiKeyAsync(Roles.Admin, ApiKeyScope.Ingest))), 403, 12, "Not authorized");

        (await AllAsync(app)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_ApiStatusOff_Is11AfterTheKeyAndBeforeTheRole()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite, ("Api:Enabled", "false"));

        await Answers(app, Body(("apiKey", "nak_unknown")), 401, 10, "Not valid apiKey");
        await Answers(app, Body(), 403, 11, "API is disabled");
        await Answers(app, Body(("apiKey", await app.CreateApiKeyAsync(Roles.Viewer))), 403, 11, "API is disabled");
        (await app.PostEventAsync("scan.stopped", new { })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Post_TooManyWrongKeys_Is30WithRetryAfter()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite, ("Api:FailuresPerMinutePerAddress", "2"));
        await Answers(app, Body(("apiKey", "nak_unknown")), 401, 10, "Not valid apiKey");
        await Answers(app, Body(("apiKey", "nak_unknown")), 401, 10, "Not valid apiKey");

        using var throttled = await Answers(app, Body(("apiKey", "nak_unknown")), 429, 30, "Too many requests");

        throttled.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
    }

    [Fact]
    public async Task Post_StoreFails_Is50InItsOwnShapeAndTellsNothing()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        await Answers(app, Body(), 200, 0, "Success");
        await using (var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop))
        {
            await context.Database.ExecuteSqlRawAsync("ALTER TABLE \"SlackIntegrations\" RENAME TO \"Elsewhere\"", Stop);
        }

        await Answers(app, Body(("slackStop", true)), 500, 50, "Internal error");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task Post_AnyContentType_IsReadAsJson(string? type)
    {
        var app = shared.App;

        await Answers(app, Body(), 200, 0, "Success", type);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task OtherMethods_AreRefusedInItsOwnShape(string method)
    {
        var app = shared.App;
        using var request = new HttpRequestMessage(new HttpMethod(method), "api/UpdateSlack");

        using var answer = await app.CreateClient().SendAsync(request, Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        answer.Content.Headers.Allow.ShouldBe(["POST"]);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldBe("""{"Error":1,"Function":"UpdateSlack","Data":"Not valid method"}""");
    }

    [Theory, DatabaseData]
    public async Task Post_ManyAtOnce_AllSucceedAndNoneIsLost(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        (string, object?)[] fields =
        [
            ("slackNotify", true), ("slackStartFromSchedule", true), ("slackStartFromQueue", true), ("slackCompleteAborted", true),
            ("slackDelete", true), ("slackStop", true), ("slackAborted", true), ("slackPause", true), ("slackUnpause", true),
        ];

        // Each call says one thing; none may overwrite another.
        await Task.WhenAll(fields.Select(field => Answers(app, Body(field), 200, 0, "Success")));

        var stored = await OnlyAsync(app);
        SlackFields.Table.Fields.Where(field => field.Name.StartsWith("Slack", StringComparison.Ordinal) && field.Name != "SlackAvgThreat")
            .ShouldAllBe(field => field.Read(SlackIntegrationFormModel.Of(stored)) == "true");
        stored.Version.ShouldBe(fields.Length);
    }

    [Theory, DatabaseData]
    public async Task Post_Change_IsAuditedWithItsOriginAndWithoutSecrets(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        await Answers(app, Body(), 200, 0, "Success");
        await Answers(app, Body(("slackStop", true), ("slackToken", "xoxb-canary-other-token-5555")), 200, 0, "Success");

        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        var entries = await context.AuditEntries.AsNoTracking().Where(e => e.SubjectKind == "slack-integration").OrderBy(e => e.Id)
            .ToListAsync(Stop);

        entries.Select(e => e.Action).ShouldBe(["slack-integration.create", "slack-integration.update"]);
        entries.ShouldAllBe(e => e.ActorName == NotifyAdminSettings.AdminEmail && e.Origin.EndsWith(" api key"));
        entries[1].Changes.ShouldBe("""[{"field":"slackStop","before":"false","after":"true"},{"field":"slackToken","before":"…wxyz","after":"…5555"}]""");
        app.Logs.Lines.ShouldNotContain(line => line.Contains("canary") || line.Contains(NotifyAdminSettings.ApiKey));
    }

    [Fact]
    public async Task OpenApi_Describes_BodyAndEnvelope()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);

        using var document = JsonDocument.Parse(await app.CreateApiClient().GetStringAsync("openapi/v1.json", Stop));

        var post = document.RootElement.GetProperty("paths").GetProperty("/api/UpdateSlack").GetProperty("post");
        post.GetProperty("responses").EnumerateObject().Select(response => response.Name)
            .ShouldBe(["200", "400", "401", "403", "413", "429", "500"], ignoreOrder: true);
        document.RootElement.GetProperty("paths").GetProperty("/api/UpdateSlack").TryGetProperty("get", out _).ShouldBeFalse();
        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas");
        schemas.GetProperty("UpdateSlackBody").GetProperty("properties").EnumerateObject().Select(property => property.Name)
            .ShouldContain("slackStartFromSchedule");
        schemas.GetProperty("UpdateSlackAnswer").GetProperty("properties").EnumerateObject().Select(property => property.Name)
            .ShouldBe(["Error", "Function", "Data"]);
    }

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider, params (string Key, string Value)[] configuration) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider,
            Configuration = configuration.ToDictionary(pair => pair.Key, pair => pair.Value) });

    /// <summary>A good body, with some fields changed or added.</summary>
    private static string Body(params (string Name, object? Value)[] fields)
    {
        var body = new Dictionary<string,
            object?> { ["apiKey"] = NotifyAdminSettings.ApiKey, ["channelId"] = "C0123456789", ["slackToken"] = Token };
        foreach (var (name, value) in fields)
        {
            body[name] = value;
        }

        return JsonSerializer.Serialize(body);
    }

    private static async Task<HttpResponseMessage> Answers(NotifyAdminApp app, string body, int status, int error, string data,
        string? type = "application/json")
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        var answer = await app.CreateClient().PostAsync("api/UpdateSlack", content, Stop);

        (await answer.Content.ReadAsStringAsync(Stop))
            .ShouldBe($$"""{"Error":{{error}},"Function":"UpdateSlack","Data":"{{data}}"}""", body[..Math.Min(body.Length, 200)]);
        ((int)answer.StatusCode).ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        return answer;
    }

    private static Task<IReadOnlyList<SlackIntegration>> AllAsync(NotifyAdminApp app) =>
        app.Services.GetRequiredService<SlackIntegrationStore>().ListAsync(Stop);

    private static async Task<SlackIntegration> OnlyAsync(NotifyAdminApp app) => (await AllAsync(app)).ShouldHaveSingleItem();
}
