using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Settings;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Audit;

/// <summary>The trail over HTTP: pages, the check, exports; and what is counted rather than repeated.</summary>
public sealed class AuditApiTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task List_InPages_GivesEveryEntryOnce(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        await AddAsync(app, 230, "test.write");
        using var client = app.CreateApiClient();

        var seen = new List<long>();
        string? cursor = null;
        do
        {
            var page = await client.GetFromJsonAsync<AuditAnswer>($"api/audit?action=test.write&cursor={cursor}", Stop);
            seen.AddRange(page!.Items.Select(item => item.Id));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        seen.Count.ShouldBe(230);
        seen.ShouldBe(seen.Distinct().OrderDescending());
    }

    [Theory, DatabaseData]
    public async Task List_Filters_FindByWhoWhatSubjectAddressAndTime(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        var somebody = new Actor(null, "somebody@example.test", Roles.Admin, "203.0.113.9 browser");
        await AddAsync(app, 3, "test.write", somebody, "Blue channel of Élodie");
        using var client = app.CreateApiClient();

        async Task<int> CountAsync(string query) => (await client.GetFromJsonAsync<AuditAnswer>($"api/audit?{query}", Stop))!.Items.Count;
        (await CountAsync("who=somebody@example.test")).ShouldBe(3);
        (await CountAsync("who=somebody@example.test&action=test.write")).ShouldBe(3);
        (await CountAsync("who=somebody@example.test&action=other")).ShouldBe(0);
        (await CountAsync("subject=test/1")).ShouldBe(1);
        (await CountAsync("subject=test/1&who=somebody@example.test")).ShouldBe(1);
        (await CountAsync("subject=test/1&who=nobody@example.test")).ShouldBe(0);
        (await CountAsync("subject=test/9")).ShouldBe(0);
        (await CountAsync("subject=other/1")).ShouldBe(0);
        (await CountAsync("q=BLUE")).ShouldBe(3);
        (await CountAsync("q=Élodie")).ShouldBe(3);
        (await CountAsync("q=éLODIE")).ShouldBe(3);
        (await CountAsync("q=203.0.113")).ShouldBe(3);
        (await CountAsync("q=test.wri")).ShouldBe(3);
        (await CountAsync("action=test.write&from=2020-01-01T00:00:00Z")).ShouldBe(3);
        (await CountAsync("action=test.write&to=2020-01-01T00:00:00Z")).ShouldBe(0);
    }

    [Theory]
    [InlineData("cursor=x", "cursor")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=01/02/2026", "from")]
    [InlineData("to=12:00", "to")]
    [InlineData("who=%20", "who")]
    [InlineData("action=%20%20", "action")]
    [InlineData("q=%20", "q")]
    [InlineData("subject=nothing", "subject")]
    [InlineData("action=a&action=b", "action")]
    public async Task List_BadQuery_NamesTheParameter(string query, string field)
    {
        var app = shared.App;

        using var answer = await app.CreateApiClient().GetAsync($"api/audit?{query}", Stop);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain($"\"field\":\"{field}\"");
    }

    [Fact]
    public async Task Audit_WithoutAnAdminsFullKey_IsRefused()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        string[] keys =
        [
            await app.CreateApiKeyAsync(Roles.Operator), await app.CreateApiKeyAsync(Roles.Viewer),
                await app.CreateApiKeyAsync(Roles.Admin, ApiKeyScope.Ingest),
        ];

        foreach (var path in new[] { "api/audit", "api/audit/verify" })
        {
            using var nobody = await app.CreateClient().GetAsync(path, Stop);
            nobody.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            foreach (var key in keys)
            {
                using var answer = await app.CreateApiClient(key).GetAsync(path, Stop);
                answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            }
        }

        using var viewer = await app.SignInAsAsync(Roles.Viewer);
        using var export = await viewer.GetAsync("audit/export", Stop);
        export.StatusCode.ShouldNotBe(HttpStatusCode.OK);
        (await app.AuditActionsAsync()).ShouldNotContain("audit.export");
    }

    [Theory, DatabaseData]
    public async Task Verify_WholeThenChanged_SaysSoAndIsRecorded(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        await AddAsync(app, 5, "test.write");
        await app.Services.GetRequiredService<AuditSealer>().SealAsync(Stop);
        using var client = app.CreateApiClient();

        var whole = (await client.GetFromJsonAsync<ChainAnswer>("api/audit/verify", Stop))!;
        var noted = (await client.GetFromJsonAsync<ChainAnswer>($"api/audit/verify?sequence={whole.EndSequence}&hash={whole.EndHash}",
            Stop))!;
        var replaced = (await client.GetFromJsonAsync<ChainAnswer>($"api/audit/verify?sequence={whole.EndSequence}&hash={new string('a', 64)}", Stop))!;
        await app.Database.ExecuteAsync("UPDATE \"AuditEntries\" SET \"SubjectName\" = 'other' WHERE \"Sequence\" = 2");
        var broken = (await client.GetFromJsonAsync<ChainAnswer>("api/audit/verify", Stop))!;

        (whole.Whole, noted.Whole, replaced.Whole, broken.Whole).ShouldBe((true, true, false, false));
        (broken.Break!.Fault, broken.Break.Sequence).ShouldBe(("altered", 2));
        (await app.AuditEntriesAsync()).Where(entry => entry.Action == "audit.verify").Select(entry => entry.Result)
            .ShouldBe([AuditResult.Done, AuditResult.Done, AuditResult.Done, AuditResult.Failed]);
    }

    [Theory, DatabaseData]
    public async Task Export_FormulasInNames_AreText(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        foreach (var name in new[] { "=HYPERLINK(\"http://evil\")", "+1", "-1", "@sum", "plain, \"quoted\"" })
        {
            await AddAsync(app, 1, "test.write", subject: name);
        }

        using var admin = await app.SignInAsAsync(Roles.Admin);
        using var answer = await admin.GetAsync("audit/export?format=csv&action=test.write", Stop);
        var text = await answer.Content.ReadAsStringAsync(Stop);

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        text.ShouldContain("\"'=HYPERLINK(\"\"http://evil\"\")\"");
        text.ShouldContain(",'+1,");
        text.ShouldContain(",'-1,");
        text.ShouldContain(",'@sum,");
        text.ShouldContain("\"plain, \"\"quoted\"\"\"");
        var entry = (await app.AuditEntriesAsync()).Single(one => one.Action == "audit.export");
        entry.Changes.ShouldBe("""[{"field":"format","before":null,"after":"csv"},{"field":"action","before":null,"after":"test.write"}]""");
    }

    [Fact]
    public async Task Export_AboutOneSubject_IsRecordedWithIt()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var admin = await app.SignInAsAsync(Roles.Admin);

        (await admin.GetStringAsync("audit/export?format=csv&subject=test/1", Stop)).ShouldNotBeEmpty();

        AuditTrail.ChangesOf((await app.AuditEntriesAsync()).Single(one => one.Action == "audit.export"))
            .ShouldBe([new FieldChange("format", null, "csv"), new FieldChange("subject", null, "test/1")]);
    }

    [Fact]
    public async Task Exports_OfPeopleAndOfTheConfiguration_AreRecorded_AndPlansAreNot()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        using var admin = await app.SignInAsAsync(Roles.Admin);

        await admin.GetStringAsync("people/export", Stop);
        await admin.GetStringAsync("settings/file/export", Stop);
        var file = await app.CreateApiClient().GetStringAsync("api/config", Stop);
        using var planned = await app.CreateApiClient().PostAsync("api/config/plan", new StringContent(file), Stop);

        planned.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.AuditEntriesAsync()).Where(entry => entry.Action.EndsWith(".export", StringComparison.Ordinal))
            .Select(entry => (entry.Action, entry.ActorName)).ShouldBe(
            [
                ("people.export", "admin@example.test"), ("config.export", "admin@example.test"),
                ("config.export", NotifyAdminSettings.AdminEmail),
            ]);
    }

    [Fact]
    public async Task Repeats_FirstThatCannotBeWritten_IsWrittenWithThoseThatCountedOnIt()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var repeats = app.Services.GetRequiredService<AuditRepeats>();
        var entry = app.Services.GetRequiredService<AuditTrail>().Repeated(new Actor(null, "anonymous", null, "192.0.2.7 api key"),
            "api-key.use", new AuditSubject("api-key", null, null), [new FieldChange("reason", null, "unknown key")], AuditResult.Refused,
            "192.0.2.7");
        await app.Database.ExecuteAsync("""
            CREATE TRIGGER "Full" BEFORE INSERT ON "AuditEntries" BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END
            """);

        await Should.ThrowAsync<DbUpdateException>(() => repeats.CountAsync(entry));
        await repeats.CountAsync(entry);
        await app.Database.ExecuteAsync("""DROP TRIGGER "Full" """);
        await repeats.FlushAsync(Stop);

        (await app.AuditEntriesAsync()).Where(one => one.Action == "api-key.use").Sum(one => one.Count).ShouldBe(2);
    }

    [Theory, DatabaseData]
    public async Task Export_OfATime_HasWhatFallsIntoIt(DatabaseProvider provider)
    {
        var time = new ManualTime();
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, Time = time });
        await AddAsync(app, 2, "test.write", subject: "before");
        time.Advance(TimeSpan.FromHours(1));
        await AddAsync(app, 1500, "test.write", subject: "within");
        time.Advance(TimeSpan.FromHours(1));
        await AddAsync(app, 2, "test.write", subject: "after");

        using var admin = await app.SignInAsAsync(Roles.Admin);
        var start = new ManualTime().GetUtcNow();
        Task<string> ExportAsync(double from, double to) =>
            admin.GetStringAsync($"audit/export?format=jsonl&action=test.write&from={start.AddHours(from):yyyy-MM-ddTHH:mm:ssZ}&to={start.AddHours(to):yyyy-MM-ddTHH:mm:ssZ}", Stop);
        var lines = (await ExportAsync(0.5, 1.5)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines.Length.ShouldBe(1500);
        lines.ShouldAllBe(line => line.Contains("\"within\"", StringComparison.Ordinal));
        (await ExportAsync(500, 501)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Export_JsonLines_IsOneObjectALineOldestFirst()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        await AddAsync(app, 2500, "test.write");

        using var admin = await app.SignInAsAsync(Roles.Admin);
        var lines = (await admin.GetStringAsync("audit/export?format=jsonl&action=test.write", Stop))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines.Length.ShouldBe(2500);
        var ids = lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetInt64()).ToList();
        ids.ShouldBe(ids.Order());
        JsonDocument.Parse(lines[0]).RootElement.GetProperty("changes")[0].GetProperty("after").GetString().ShouldBe("after");
    }

    [Theory, DatabaseData]
    public async Task WrongKeys_ManyFromOneAddress_AreOneEntryAMinuteWithACount(DatabaseProvider provider)
    {
        var time = new ManualTime();
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, Time = time });
        using var client = app.CreateApiClient("nak_wrong-key-of-somebody-who-guesses-0123456");
        for (var i = 0; i < 60; i++)
        {
            (await client.GetAsync("api/deliveries", Stop)).Dispose();
        }

        async Task<IReadOnlyList<AuditEntry>> RefusedAsync() =>
            [.. (await app.AuditEntriesAsync()).Where(entry => entry.Action == "api-key.use")];
        await Eventually.HoldsAsync(async () => (await RefusedAsync()).Sum(entry => entry.Count) == 60, TimeSpan.FromSeconds(30));
        var entries = await RefusedAsync();

        // The twentieth wrong key is the last that is looked up; the rest is refused unseen.
        entries.Select(entry => (AuditTrail.ChangesOf(entry)[0].After, entry.Count, entry.Result))
            .ShouldBe([("unknown key", 20, AuditResult.Refused), ("too many wrong keys", 40, AuditResult.Refused)]);
    }

    [Fact]
    public async Task Revert_Setting_IsANewChange()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var admin = await app.AdminActorAsync();
        var settings = app.Services.GetRequiredService<SettingsService>();
        await settings.SaveAsync(new Dictionary<string, string> { ["Retention:Days"] = "30" }, admin, Stop);
        var entry = (await app.AuditEntriesAsync()).Single(one => one.Action == "setting.change");
        var reverts = app.Services.GetRequiredService<AuditRevertService>();

        (await reverts.RevertAsync(entry.Id, admin, Stop)).IsDone.ShouldBeTrue();

        settings.List(admin).Single(setting => setting.Setting.Key == "Retention:Days").Value.ShouldBe("90");
        (await app.AuditActionsAsync()).Count(action => action == "setting.change").ShouldBe(2);
        (await app.AuditActionsAsync()).ShouldContain("audit.revert");
        (await reverts.PlanAsync(entry, admin, Stop)).Block.ShouldBe(RevertBlock.NothingLeft);
        await Should.ThrowAsync<NotPermittedException>(() => reverts.RevertAsync(entry.Id, admin with { Role = Roles.Operator }, Stop));
    }

    private static async Task AddAsync(NotifyAdminApp app, int count, string action, Actor? actor = null, string? subject = null)
    {
        var trail = app.Services.GetRequiredService<AuditTrail>();
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        for (var i = 0; i < count; i++)
        {
            context.AuditEntries.Add(trail.Entry(actor ?? Actor.System, action, new AuditSubject("test", $"{i}", subject),
                [new FieldChange("field", "before", "after")]));
        }

        await context.SaveChangesAsync(Stop);
    }
}
