using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Sources;

/// <summary>Sources as scripts make them, and posts to them.</summary>
internal static class SourceTesting
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<(int Id, string Address)> CreateSourceAsync(this NotifyAdminApp app, object body)
    {
        using var client = app.CreateApiClient(await app.CreateApiKeyAsync(Roles.Admin, ApiKeyScope.Full));
        using var response = await client.PostAsJsonAsync("api/sources", body, Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, text);
        using var answer = JsonDocument.Parse(text);
        return (answer.RootElement.GetProperty("id").GetInt32(), answer.RootElement.GetProperty("address").GetString()!);
    }

    public static async Task<(HttpStatusCode Status, string Body)> PostAsync(string address, string body, string type = "application/json")
    {
        using var client = new HttpClient();
        using var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var response = await client.PostAsync(new Uri(address), content, Stop);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Stop));
    }

    public static async Task<IReadOnlyList<IncomingEvent>> EventsAsync(this NotifyAdminApp app)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        return await context.Events.AsNoTracking().OrderBy(e => e.Id).ToListAsync(Stop);
    }
}
