using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Channels;
using Notify.Admin.ConfigFiles;
using Notify.Admin.Data;
using Notify.Admin.IntegrationTests.VendorAccounts;
using Notify.Admin.Security;
using Notify.Admin.Settings;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.ConfigFiles;

/// <summary>Files of a directory that the product applies by itself.</summary>
public sealed class ConfigDirectoryTests : IDisposable
{
    private const string File = """
        version: 1
        slack:
          - name: Alerts
            slackToken: ${env:NOTIFY_TEST_SLACK_TOKEN}
            channelId: C0PROD0001
        sources:
          - name: Grafana
            kind: grafana
            perMinute: 60
        """;

    private const string RuleSets = """
        ruleSets:
          - name: Production
            rules:
              - conditions:
                  - "on": severity
                    from: critical
        """;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private readonly SteppedTime _time = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("notify-files-").FullName;

    public ConfigDirectoryTests() => ConfigFileTests.SetSecrets();

    private static readonly Actor Admin = new("u1", "admin@example.test", Roles.Admin, "tests");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, DatabaseData]
    public async Task File_IsAppliedAtTheStart_AndWhatItNamesIsChangedOnlyThere(DatabaseProvider provider)
    {
        Write("prod.yaml", File);
        await using var app = await StartAsync(provider);
        await UntilAsync(async () => (await ExportAsync(app)).Contains("Grafana"));

        using var slack = await UpdateSlackAsync(app);
        using var source = await app.CreateApiClient().PatchAsJsonAsync("api/sources/1", new { name = "Renamed" }, Stop);
        using var deleted = await app.CreateApiClient().DeleteAsync("api/sources/1", Stop);
        using var applied = await PutAsync(app, File.Replace("perMinute: 60", "perMinute: 90"));
        using var pruned = await PutAsync(app, "{version: 1, slack: [], sources: []}", "?prune=true");

        slack.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        source.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await source.Content.ReadAsStringAsync(Stop)).ShouldContain("It is provisioned from prod.yaml: change it in that file.");
        deleted.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        applied.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await applied.Content.ReadAsStringAsync(Stop)).ShouldContain("sources[0] is provisioned from prod.yaml");
        pruned.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ExportAsync(app)).ShouldContain("Grafana");

        Write("prod.yaml", File.Replace("perMinute: 60", "perMinute: 90"));
        await UntilAsync(async () => (await ExportAsync(app)).Contains("perMinute: 90"));

        // What a file no longer names stays, and is free.
        Write("prod.yaml", File[..File.IndexOf("sources:", StringComparison.Ordinal)]);
        await UntilAsync(async () =>
        {
            using var freed = await app.CreateApiClient().PatchAsJsonAsync("api/sources/1", new { name = "Renamed" }, Stop);
            return freed.IsSuccessStatusCode;
        });
        System.IO.File.Delete(Path.Combine(_folder, "prod.yaml"));
        await UntilAsync(async () =>
        {
            using var freed = await UpdateSlackAsync(app);
            return freed.IsSuccessStatusCode;
        });
    }

    [Theory, DatabaseData]
    public async Task PeopleSettingsLinksAndAssetGroups_AreKeptAsTheirFileHasThem_UnlessItIsEditable(DatabaseProvider provider)
    {
        const string Others = """
            version: 1
            settings:
              Retention:Days: 30
            people:
              - email: reader@example.test
                role: Viewer
            assetGroups:
              - id: 7
                name: Web shop
            accounts:
              - name: Cloud
                accessKeySecret: ${env:NOTIFY_TEST_KEY_SECRET}
                endpoint: https://tds.cn-shanghai.aliyuncs.com
                accessKeyId: LTAI5tExample
            dingtalk:
              - name: Robot
                url: ${env:NOTIFY_TEST_WEBHOOK}
                securityMode: Keyword
                keyword: alert
            links:
              - channel: dingtalk/Robot
                account: Cloud
            """;
        Write("prod.yaml", Others);
        await using var app = await StartAsync(provider);
        await UntilAsync(async () => await HealthAsync(app) is { Length: > 0 } health
            && (health.Contains("prod.yaml") || (await ExportAsync(app)).Contains("links:")));
        (await HealthAsync(app)).ShouldBe("Healthy");
        var (people, settings) = (app.Services.GetRequiredService<PeopleService>(), app.Services.GetRequiredService<SettingsService>());
        var reader = (await people.ListAsync(new(), Admin, Stop)).Items.Single(person => person.Email == "reader@example.test").Id;
        var robot = new ChannelKey(ChannelKind.DingTalk, 1);

        (await RenameGroupAsync()).ShouldBe(HttpStatusCode.Conflict);
        await RefusedAsync(() => people.ChangeRoleAsync(reader, Roles.Operator, Admin, Stop));
        await RefusedAsync(() => people.RemoveAsync(reader, Admin, Stop));
        await RefusedAsync(() => settings.SaveAsync(Setting("Retention:Days", "60"), Admin, Stop));
        await RefusedAsync(() => app.Publishing().UnlinkAsync(robot, Admin, Stop));
        await RefusedAsync(() => app.Publishing().RemoveAsync(robot, Admin, Stop));
        foreach (var (right, wrong, field) in new[]
        {
            ("role: Viewer", "role: Operator", "people[0]"), ("Days: 30", "Days: 31", "settings.Retention:Days"),
            ("Web shop", "Shop", "assetGroups[0]"),
        })
        {
            using var applied = await PutAsync(app, Others.Replace(right, wrong, StringComparison.Ordinal));
            (await applied.Content.ReadAsStringAsync(Stop)).ShouldContain($"{field} is provisioned from prod.yaml");
        }

        using var pruned = await PutAsync(app, "{version: 1, settings: {}, assetGroups: [], links: []}", "?prune=true");
        pruned.StatusCode.ShouldBe(HttpStatusCode.OK, await pruned.Content.ReadAsStringAsync(Stop));
        (await ExportAsync(app)).ShouldContain("Retention:Days: 30");
        (await ExportAsync(app)).ShouldContain("channel: dingtalk/Robot");

        // What the file does not say of them is free.
        (await people.SetDisabledAsync(reader, true, Admin, Stop)).IsDone.ShouldBeTrue();
        (await settings.SaveAsync(Setting("Delivery:SlackPerSecond", "2"), Admin, Stop)).ShouldBeEmpty();

        Write("prod.yaml", "editable: true\n" + Others);
        await UntilAsync(async () => await RenameGroupAsync() == HttpStatusCode.OK);
        (await people.ChangeRoleAsync(reader, Roles.Operator, Admin, Stop)).IsDone.ShouldBeTrue();
        (await settings.SaveAsync(Setting("Retention:Days", "60"), Admin, Stop)).ShouldBeEmpty();
        await app.Publishing().UnlinkAsync(robot, Admin, Stop);
        (await app.Publishing().FindFileAsync(robot, Admin, Stop)).ShouldBeNull();

        async Task<HttpStatusCode> RenameGroupAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, "api/asset-groups/7")
            {
                Content = JsonContent.Create(new { name = "Renamed" }), Headers = { { "If-Match", "*" } },
            };
            using var answer = await app.CreateApiClient().SendAsync(request, Stop);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task WrongFile_ChangesNothing_IsSaidWithItsLine_AndTriedAgainWhenItIsAnother()
    {
        Write("prod.yaml", File.Replace("perMinute: 60", "perMinute: often"));
        await using var app = await StartAsync(DatabaseProvider.Sqlite);

        await UntilAsync(async () => (await HealthAsync(app)).Contains("prod.yaml"));
        var health = await HealthAsync(app);
        var before = await ExportAsync(app);

        health.ShouldStartWith("Degraded");
        health.ShouldContain("prod.yaml was not applied: Line 9: sources[0].perMinute must be a whole number");
        before.ShouldNotContain("Alerts");

        Write("prod.yaml", File);
        await UntilAsync(async () => (await ExportAsync(app)).Contains("Grafana"));
        await UntilAsync(async () => await HealthAsync(app) == "Healthy");
    }

    [Fact]
    public async Task EditableFile_LetsPeopleChange_AndAPlanShowsTheDifference()
    {
        Write("prod.yaml", "editable: true\n" + File);
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        await UntilAsync(async () => (await ExportAsync(app)).Contains("Grafana"));

        using var changed = await app.CreateApiClient().PatchAsJsonAsync("api/sources/1", new { per_minute = 90 }, Stop);
        changed.EnsureSuccessStatusCode();
        using var planned = await app.CreateApiClient().PostAsync("api/config/plan", new StringContent("editable: true\n" + File), Stop);

        var change = (await planned.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("changes")[0];
        change.GetProperty("name").GetString().ShouldBe("Grafana");
        change.GetProperty("fields")[0].GetProperty("before").GetString().ShouldBe("90");
        (await ExportAsync(app)).ShouldContain("perMinute: 90");
    }

    [Fact]
    public async Task OneThingInTwoFiles_IsRefusedInTheSecond()
    {
        Write("a.yaml", File);
        Write("b.yaml", File.Replace("perMinute: 60", "perMinute: 90"));
        await using var app = await StartAsync(DatabaseProvider.Sqlite);

        await UntilAsync(async () => (await HealthAsync(app)).Contains("b.yaml was not applied"));

        (await HealthAsync(app)).ShouldContain("is provisioned from a.yaml, too");
        (await ExportAsync(app)).ShouldContain("perMinute: 60");
    }

    // A mounted ConfigMap: the file is a link through a link, and only the one in between changes.
    [Fact]
    public async Task LinkedFile_IsAppliedWhenItsLinkLeadsElsewhere()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        var data = Path.Combine(_folder, "..data");
        Write(Path.Combine("..first", "prod.yaml"), File);
        Write(Path.Combine("..second", "prod.yaml"), File.Replace("perMinute: 60", "perMinute: 90"));
        Directory.CreateSymbolicLink(data, "..first");
        System.IO.File.CreateSymbolicLink(Path.Combine(_folder, "prod.yaml"), Path.Combine("..data", "prod.yaml"));
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        await UntilAsync(async () => (await ExportAsync(app)).Contains("perMinute: 60"));

        Directory.Delete(data);
        Directory.CreateSymbolicLink(data, "..second");

        await UntilAsync(async () => (await ExportAsync(app)).Contains("perMinute: 90"));
    }

    [Fact]
    public async Task TwoInstances_ApplyAFileOnce()
    {
        Assert.SkipWhen(TestDatabase.PostgresServer is null, $"{TestDatabase.PostgresVariable} is not set");
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);
        Write("prod.yaml", File);
        await using var one = await StartAsync(DatabaseProvider.PostgreSql, database);
        await using var other = await StartAsync(DatabaseProvider.PostgreSql, database);

        await UntilAsync(async () => (await ExportAsync(other)).Contains("Grafana"));
        Write("prod.yaml", File.Replace("perMinute: 60", "perMinute: 90"));
        await UntilAsync(async () => (await ExportAsync(one)).Contains("perMinute: 90"));

        (await one.AuditActionsAsync()).Count(action => action == "config.apply").ShouldBe(2);
    }

    [Fact]
    public async Task WhatAFileNames_IsKept_ByTheOtherApisToo()
    {
        Write("prod.yaml", File + "\n" + RuleSets);
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        await UntilAsync(async () => (await ExportAsync(app)).Contains("Production"));
        var before = await ExportAsync(app);
        using var client = app.CreateApiClient();
        client.DefaultRequestHeaders.Add("If-Match", "*");

        using var patch = JsonContent.Create(new { name = "Renamed" });
        patch.Headers.ContentType = new("application/merge-patch+json");
        HttpResponseMessage[] answers =
        [
            await client.PatchAsync("api/channels/slack/1", patch, Stop),
            await client.DeleteAsync("api/channels/slack/1", Stop),
            await client.PutAsJsonAsync("api/channels/slack/1/rules", new { rule_sets = new[] { 1 } }, Stop),
            await client.PutAsJsonAsync("api/rule-sets/1", new { name = "Renamed" }, Stop),
            await client.DeleteAsync("api/rule-sets/1", Stop),
        ];

        foreach (var answer in answers)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Conflict, $"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri}");
            (await answer.Content.ReadAsStringAsync(Stop)).ShouldContain("It is provisioned from prod.yaml");
            answer.Dispose();
        }

        (await ExportAsync(app)).ShouldBe(before);
    }

    [Fact]
    public async Task FileThatSpeaksOfALaterOne_IsAppliedWithIt_ThoughItDidNotChange()
    {
        Write("a.yaml", File.Replace("    channelId: C0PROD0001",
            "    channelId: C0PROD0001\n    fallback: {to: slack/Second, afterMinutes: 30}"));
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        await UntilAsync(async () => (await HealthAsync(app)).Contains("a.yaml was not applied"));

        Write("b.yaml", """
            version: 1
            slack:
              - name: Second
                slackToken: ${env:NOTIFY_TEST_SLACK_TOKEN}
                channelId: C0PROD0002
            """);

        await UntilAsync(async () => await HealthAsync(app) == "Healthy");
        (await ExportAsync(app)).ShouldContain("Grafana");
    }

    [Fact]
    public async Task FileWithoutItsSecret_IsAppliedOnceTheSecretIsThere()
    {
        var variable = $"NOTIFY_TEST_{Guid.NewGuid():N}";
        Write("prod.yaml", File.Replace("NOTIFY_TEST_SLACK_TOKEN", variable));
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        await UntilAsync(async () => (await HealthAsync(app)).Contains("prod.yaml was not applied"));

        Environment.SetEnvironmentVariable(variable, "xoxb-111-222-abcdefghijkl");
        _time.Advance(TimeSpan.FromMinutes(5));

        await UntilAsync(async () => (await ExportAsync(app)).Contains("Grafana"));
        await UntilAsync(async () => await HealthAsync(app) == "Healthy");
    }

    [Fact]
    public async Task LinkThatLeadsNowhere_IsTheProblemOfThatFileAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        System.IO.File.CreateSymbolicLink(Path.Combine(_folder, "link.yaml"), Path.Combine(_folder, "..later"));
        Write("prod.yaml", File);
        await using var app = await StartAsync(DatabaseProvider.Sqlite);

        await UntilAsync(async () => (await HealthAsync(app)).Contains("link.yaml was not applied: Line 1: file cannot be read"));
        await UntilAsync(async () => (await ExportAsync(app)).Contains("Grafana"));
        var read = await app.Services.GetRequiredService<ConfigService>().ReadFileAsync("link.yaml", Admin, Stop);
        read!.Problem!.Reason.ShouldStartWith("cannot be read");

        Write("..later", RuleSets.Insert(0, "version: 1\n"));
        await UntilAsync(async () => (await ExportAsync(app)).Contains("Production"));
        (await HealthAsync(app)).ShouldBe("Healthy");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FileThatIsTooLargeOrNoUtf8_IsNotApplied(bool isTooLarge)
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var text = isTooLarge ? $"\uFEFF{File}\n{new string('#', ConfigService.MostBytes)}" : File.Replace("Grafana", "Prüfung");
        Write("prod.yaml", text, isTooLarge ? Encoding.UTF8 : Encoding.Latin1);

        await UntilAsync(async () => (await HealthAsync(app)).Contains("prod.yaml was not applied"));

        (await HealthAsync(app)).ShouldContain(isTooLarge ? "Line 1: file is larger than 4 MiB" : "Line 7: file is not UTF-8 text");
        (await ExportAsync(app)).ShouldNotContain("Alerts");
    }

    // Applied once more it would undo what was changed here meanwhile.
    [Fact]
    public async Task FileThatCannotBeReadForAWhile_IsNotAppliedAgain()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        var (link, target) = (Path.Combine(_folder, "prod.yaml"), Path.Combine(_folder, "..data"));
        Write("..data", File);
        System.IO.File.CreateSymbolicLink(link, target);
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        await UntilAsync(async () => (await ExportAsync(app)).Contains("Grafana"));
        var store = app.Services.GetRequiredService<ProvisionedStore>();
        async Task<ProvisionedFile> NoteAsync() => (await store.ListFilesAsync(Stop)).Single(file => file.Name == "prod.yaml");
        var applied = await NoteAsync();

        System.IO.File.Move(target, $"{target}.away");
        Write("y.yaml", RuleSets.Insert(0, "version: 1\n"));
        await UntilAsync(async () => (await ExportAsync(app)).Contains("Production"));
        (await NoteAsync()).Problem.ShouldBeNull();
        System.IO.File.Move($"{target}.away", target);
        Write("z.yaml", RuleSets.Replace("Production", "Staging").Insert(0, "version: 1\n"));
        await UntilAsync(async () => (await ExportAsync(app)).Contains("Staging"));

        (await NoteAsync()).ShouldBeEquivalentTo(applied);
    }

    [Fact]
    public async Task FileThatGoesBeforeItHasSettled_IsForgotten()
    {
        Write("prod.yaml", File);
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        await UntilAsync(async () => (await ExportAsync(app)).Contains("Grafana"));

        // With what is new in the other file, the edited one was looked at, too.
        var path = Path.Combine(_folder, "prod.yaml");
        System.IO.File.SetLastWriteTimeUtc(path, _time.GetUtcNow().UtcDateTime.AddSeconds(1));
        Write("z.yaml", RuleSets.Insert(0, "version: 1\n"));
        await UntilAsync(async () => (await ExportAsync(app)).Contains("Production"));
        System.IO.File.Delete(path);

        await UntilAsync(async () =>
        {
            using var freed = await UpdateSlackAsync(app);
            return freed.IsSuccessStatusCode;
        });
    }

    [Fact]
    public async Task WorkOfAProcessThatWasKilled_IsTakenOverSoon()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var leases = app.Services.GetRequiredService<NamedLeases>();
        (await leases.TakeAsync(ConfigDirectoryWork.Lease, 1, ConfigDirectoryWork.LeaseLength, Stop)).ShouldBeTrue();
        Write("prod.yaml", File);

        _time.Advance(TimeSpan.FromMinutes(2));

        await UntilAsync(async () => (await ExportAsync(app)).Contains("Grafana"));
    }

    // The directory is read every two seconds.
    private Task UntilAsync(Func<Task<bool>> condition)
    {
        _time.Advance(TimeSpan.FromSeconds(2));
        return Eventually.HoldsAsync(condition, Soon);
    }

    private static async Task<string> ExportAsync(NotifyAdminApp app) =>
        await app.CreateApiClient().GetStringAsync("api/config", Stop);

    private static async Task<string> HealthAsync(NotifyAdminApp app)
    {
        using var answer = await app.CreateClient().GetAsync("health/ready", Stop);
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    private static async Task<HttpResponseMessage> PutAsync(NotifyAdminApp app, string file, string query = "")
    {
        using var content = new StringContent(file);
        return await app.CreateApiClient().PutAsync("api/config" + query, content, Stop);
    }

    private static Task<HttpResponseMessage> UpdateSlackAsync(NotifyAdminApp app) => app.CreateClient().PostAsJsonAsync(
        "api/UpdateSlack",
        new
        {
            apiKey = NotifyAdminSettings.ApiKey, channelId = "C0PROD0001", slackToken = "xoxb-111-222-abcdefghijkl", slackNotify = true,
        }, Stop);

    private static Dictionary<string, string> Setting(string key, string value) => new() { [key] = value };

    private static async Task RefusedAsync(Func<Task> change) =>
        (await Should.ThrowAsync<ProvisionedException>(change)).File.ShouldBe("prod.yaml");

    // As if it had been lying there: what is just being written is waited for.
    private void Write(string name, string text, Encoding? encoding = null)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllBytes(path, (encoding ?? Encoding.UTF8).GetBytes(text));
        System.IO.File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1));
    }

    private Task<NotifyAdminApp> StartAsync(DatabaseProvider provider, TestDatabase? database = null) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Provider = provider,
            Database = database,
            Time = _time,
            Configuration = new Dictionary<string, string> { ["Config:Directory"] = _folder },
        });
}
