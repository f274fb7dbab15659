using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Data;
using Notify.Admin.Sources;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Sources;

/// <summary>The mappings that a source was saved with.</summary>
public sealed class MappingVersionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task EachSavedMapping_IsAVersion_AndNothingElseIs(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider });
        var (id, _) = await app.CreateSourceAsync(new { name = "ops", kind = "generic" });
        await ChangeAsync(app, id, new { mapping = Title("/a"), mapping_note = "The first" });
        await ChangeAsync(app, id, new { mapping = Title("/a"), mapping_note = "The same again" });
        await ChangeAsync(app, id, new { name = "renamed" });
        await ChangeAsync(app, id, new { mapping = Title("/b") });
        await ChangeAsync(app, id, new { mapping = "" });

        var versions = await ListAsync(app, id);

        versions.Select(version => (version.Mapping, version.Note)).ShouldBe(
            [(null, null), (Title("/b"), null), (Title("/a"), "The first"), (null, null)]);
        versions.Select(version => version.By).Distinct().ShouldBe([NotifyAdminSettings.AdminEmail]);
        (await app.CreateSourceAsync(new { name = "robot", kind = "slack-webhook" })).Id.ShouldNotBe(id);
        await using var context = await ContextAsync(app);
        (await context.MappingVersions.CountAsync(Stop)).ShouldBe(4, "a robot has no mapping");
    }

    [Theory, DatabaseData]
    public async Task Versions_BeyondTheNewestFifty_AreForgotten_AndAllWithTheirSource(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider });
        var (id, _) = await app.CreateSourceAsync(new { name = "ops", kind = "generic" });
        var (other, _) = await app.CreateSourceAsync(new { name = "other", kind = "generic" });
        var admin = await app.AdminActorAsync();
        var sources = app.Services.GetRequiredService<SourceService>();
        for (var n = 0; n < 55; n++)
        {
            await sources.ChangeAsync(id, new SourceDraft { Mapping = Title($"/n{n}") }, admin, Stop);
        }

        var versions = await ListAsync(app, id);
        versions.Count.ShouldBe(50);
        versions[0].Mapping.ShouldBe(Title("/n54"));
        versions[^1].Mapping.ShouldBe(Title("/n5"));

        await sources.DeleteAsync(id, admin, Stop);
        await using var context = await ContextAsync(app);
        (await context.MappingVersions.SingleAsync(Stop)).SourceId.ShouldBe(other);
    }

    [Theory, DatabaseData]
    public async Task Compared_AVersionSaysWhatDiffersAndWhatItWouldMakeOfTheLastPayloads(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider });
        var (id, address) = await app.CreateSourceAsync(new { name = "ops", kind = "generic", mapping = Title("/headline") });
        await ChangeAsync(app, id, new { mapping = """{"split":"/items","fields":{"title":"/name"}}""" });
        await SourceTesting.PostAsync(address, """{"items":[{"name":"One"}]}""");
        await SourceTesting.PostAsync(address, """{"headline":"Two","name":"Two"}""");
        var admin = await app.AdminActorAsync();
        var sources = app.Services.GetRequiredService<SourceService>();
        await Eventually.HoldsAsync(async () => (await sources.PayloadsAsync(id, admin, Stop)).Count == 2, TimeSpan.FromMinutes(1));

        var comparison = (await app.Services.GetRequiredService<MappingVersionService>()
            .CompareAsync((await ListAsync(app, id))[^1], admin, Stop))!;

        comparison.Changes.ShouldBe([new("/fields/title", "\"/headline\"", "\"/name\""), new("/split", null, "\"/items\"")]);
        (comparison.Payloads, comparison.Different, comparison.Unmapped).ShouldBe((2, 1, 1));
    }

    [Fact]
    public async Task Compared_APayloadThatIsNotKeptWhole_IsNotTried()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var (id, address) = await app.CreateSourceAsync(new { name = "ops", kind = "generic", mapping = Title("/headline") });
        await ChangeAsync(app, id, new { mapping = Title("/name") });
        await SourceTesting.PostAsync(address, $$"""{"headline":"One","name":"Uno","padding":"{{new string('x', 70_000)}}"}""");
        await SourceTesting.PostAsync(address, """{"headline":"Two","name":"Dos"}""");
        var admin = await app.AdminActorAsync();
        var sources = app.Services.GetRequiredService<SourceService>();
        await Eventually.HoldsAsync(async () => (await sources.PayloadsAsync(id, admin, Stop)).Count == 2, TimeSpan.FromMinutes(1));

        var comparison = (await app.Services.GetRequiredService<MappingVersionService>()
            .CompareAsync((await ListAsync(app, id))[^1], admin, Stop))!;

        (comparison.Payloads, comparison.Different, comparison.Unmapped).ShouldBe((1, 1, 0));
    }

    [Fact]
    public async Task Api_ListsThem_SoThatAScriptCanGoBackToOne()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var (id, _) = await app.CreateSourceAsync(new { name = "ops", kind = "grafana" });
        await ChangeAsync(app, id, new { mapping = Title("/a"), mapping_note = "The host" });
        await ChangeAsync(app, id, new { mapping = Title("/b") });

        var saved = (await ReadAsync(app, id)).EnumerateArray().ToList();

        saved.Select(version => (version.GetProperty("mapping").GetString(), version.GetProperty("note").GetString(),
            version.GetProperty("is_built_in").GetBoolean())).ShouldBe(
            [(Title("/b"), null, false), (Title("/a"), "The host", false), (BuiltInMappings.Text("grafana"), null, true)]);
        saved[0].GetProperty("saved_by").GetString().ShouldBe(NotifyAdminSettings.AdminEmail);

        await ChangeAsync(app, id, new { mapping = saved[1].GetProperty("mapping").GetString() });
        (await ReadAsync(app, id))[0].GetProperty("mapping").GetString().ShouldBe(Title("/a"));
        using var missing = await app.CreateApiClient().GetAsync("api/sources/4711/mappings", Stop);
        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static string Title(string path) => $$$"""{"fields":{"title":"{{{path}}}"}}""";

    private static async Task ChangeAsync(NotifyAdminApp app, int id, object body)
    {
        using var response = await app.CreateApiClient().PatchAsJsonAsync($"api/sources/{id}", body, Stop);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<JsonElement> ReadAsync(NotifyAdminApp app, int id) =>
        (await app.CreateApiClient().GetFromJsonAsync<JsonElement>($"api/sources/{id}/mappings", Stop)).GetProperty("items");

    private static async Task<IReadOnlyList<MappingVersion>> ListAsync(NotifyAdminApp app, int id) =>
        await app.Services.GetRequiredService<MappingVersionService>().ListAsync(id, await app.AdminActorAsync(), Stop);

    private static Task<NotifyDbContext> ContextAsync(NotifyAdminApp app) =>
        app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
}
