using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Notify.Admin.Data;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.ConfigFiles;

/// <summary>Comments of an applied file come back with the export.</summary>
public sealed class ConfigCommentTests
{
    private const string File = """
        # The SOC's configuration; changes go through review.
        version: 1

        # By asset owner.
        assetGroups:
          - id: 7
            name: Web shop # of Berlin
          # To be split in spring.
          - id: 8
            name: Databases
            # name: Stores
        ruleSets: # shared by channels
          - name: Production
            rules:
              # Nothing below critical at night.
              - conditions:
                  - "on": severity
                    from: critical # not high
        # Nothing else is managed here.

        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task File_WithComments_IsExportedAsTheSameText(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider });
        var file = With(File);

        await ApplyAsync(app, file);

        (await ExportAsync(app)).ShouldBe(file);
        (await PlanAsync(app, file)).GetProperty("comments").GetBoolean().ShouldBeFalse();
    }

    [Theory, DatabaseData]
    public async Task Comments_StayWithTheirObjects_AndGoWithThem(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider });
        await ApplyAsync(app, With(File));
        var client = app.CreateApiClient();
        using var patch = new HttpRequestMessage(HttpMethod.Patch, "api/asset-groups/7")
        {
            Content = JsonContent.Create(new { name = "Web shop, production" }), Headers = { { "If-Match", "*" } },
        };
        (await client.SendAsync(patch, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var delete = new HttpRequestMessage(HttpMethod.Delete, "api/asset-groups/8") { Headers = { { "If-Match", "*" } } };
        (await client.SendAsync(delete, Stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var exported = await ExportAsync(app);

        exported.ShouldContain("    name: Web shop, production # of Berlin\nruleSets: # shared by channels\n");
        exported.ShouldNotContain("spring");
        // Another one of that number, made by a file that says nothing of it.
        await ApplyAsync(app, "version: 1 # again\nassetGroups:\n  - id: 8\n    name: Others\n");
        exported = await ExportAsync(app);
        exported.ShouldNotContain("spring");
        exported.ShouldContain("version: 1 # again\n");
        exported.ShouldContain("# of Berlin");
    }

    [Fact]
    public async Task NewComments_Alone_AreAppliedAndRecorded_AndAFileWithoutAnyLeavesThem()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var file = With(File);
        await ApplyAsync(app, file);
        var other = file.Replace("# of Berlin", "# of Paris", StringComparison.Ordinal);

        var plan = await PlanAsync(app, other);
        await ApplyAsync(app, other);

        (plan.GetProperty("changes").GetArrayLength(), plan.GetProperty("comments").GetBoolean()).ShouldBe((0, true));
        (await ExportAsync(app)).ShouldBe(other);
        (await app.AuditEntriesAsync()).Last(entry => entry.Action == "config.apply").Changes.ShouldNotBeNull().ShouldContain("comments");
        await ApplyAsync(app, new JsonObject
        {
            ["version"] = 1, ["assetGroups"] = new JsonArray(new JsonObject { ["id"] = 7, ["name"] = "Web shop" }),
        }.ToJsonString());
        (await ExportAsync(app)).ShouldBe(other);
    }

    // An export has the people that there are.
    private static string With(string file) => file.ReplaceLineEndings("\n").Replace("\n# By asset owner",
        $"people:\n  - email: {NotifyAdminSettings.AdminEmail}\n    role: Admin\n\n# By asset owner", StringComparison.Ordinal);

    private static Task<string> ExportAsync(NotifyAdminApp app) => app.CreateApiClient().GetStringAsync("api/config", Stop);

    private static async Task<JsonElement> PlanAsync(NotifyAdminApp app, string file)
    {
        using var content = new StringContent(file);
        using var answer = await app.CreateApiClient().PostAsync("api/config/plan", content, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Stop));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
    }

    private static async Task ApplyAsync(NotifyAdminApp app, string file)
    {
        using var content = new StringContent(file);
        using var answer = await app.CreateApiClient().PutAsync("api/config", content, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Stop));
    }
}
