using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Data;
using Notify.Admin.Inhibitions;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Inhibitions;

/// <summary>Hosts that go down and up again, and what their services say meanwhile.</summary>
internal static class HostStage
{
    public const string Down = """[{"conditions":[{"on":"text","contains":"host down"}]}]""";
    public const string Services = """[{"conditions":[{"on":"kind","oneOf":["tool.service"]}]}]""";

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static InhibitionFormModel Model() => new() { Name = "Hosts", Problems = Down, Dependants = Services };

    public static async Task<InhibitionView> AddAsync(NotifyAdminApp app, Action<InhibitionFormModel>? shape = null)
    {
        var model = Model();
        shape?.Invoke(model);
        return ((Saved<InhibitionView>)await app.Services.GetRequiredService<InhibitionService>()
            .SaveAsync(null, model, Actor.System, Stop)).Stored;
    }

    public static async Task<IReadOnlyList<(string Event, string By)>> InhibitedAsync(NotifyAdminApp app)
    {
        await using var context = await ContextAsync(app);
        return [.. (await context.Events.Where(e => e.InhibitedBy != null).OrderBy(e => e.Id).ToListAsync(Stop))
            .Select(e => (e.EventId, e.InhibitedBy!))];
    }

    public static async Task<NotifyDbContext> ContextAsync(NotifyAdminApp app) =>
        await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);

    public static string Host(string id, string asset, string state, string cluster = "blue") => Json(id, "tool.host",
        new { title = state == "open" ? $"Host down on {asset}" : $"Host up: {asset}", asset, state, problem = $"host {asset}",
            severity = "high", description = "host down", labels = new { cluster } });

    public static string Service(string id, string? asset, string cluster = "blue") =>
        Json(id, "tool.service", new { title = $"service {id}", asset, severity = "high", labels = new { cluster } });

    public static string Json(string id, string type, object data) =>
        JsonSerializer.Serialize(new { specversion = "1.0", id, source = "tests", type, data });

    public static async Task PostAsync(NotifyAdminApp app, params string[] events)
    {
        using var content = new StringContent($"[{string.Join(',', events)}]", Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents-batch+json");
        using var client = app.CreateApiClient();
        (await client.PostAsync("api/events", content, Stop)).EnsureSuccessStatusCode();
    }

    public static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider, TimeProvider? time = null) => NotifyAdminApp.StartAsync(new()
    {
        Provider = provider,
        WithSandbox = true,
        Configuration = new Dictionary<string, string> { ["Delivery:SlackPerSecond"] = "0", ["Delivery:DingTalkPerMinute"] = "0" },
        Time = time,
    });
}
