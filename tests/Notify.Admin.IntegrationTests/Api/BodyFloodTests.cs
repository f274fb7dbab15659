using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Api;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Api;

/// <summary>Bodies that are announced and hardly come: what they hold is bounded, and others are answered meanwhile. The same with 1,500
/// connections and a limit on memory is done by hand; Hardening/README.md says how.</summary>
public sealed class BodyFloodTests
{
    private const int Connections = 40;
    private const int Announced = 1024 * 1024;
    private const int Kibibyte = 1024;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/UpdateSlack")]
    [InlineData("/")]
    public async Task Dripping_WithoutAKey_TakesOnlyTheAnonymousShare(string path)
    {
        await using var app = await StartAsync(known: 1024 * Kibibyte, anonymous: 64 * Kibibyte);
        List<TcpClient> dripping = [];
        try
        {
            for (var i = 0; i < Connections; i++)
            {
                dripping.Add(await DripAsync(app, path));
            }

            // The share is full: another without a key is told to come again.
            using var client = app.CreateClient();
            await Eventually.HoldsAsync(async () =>
            {
                // On a slow machine the first have been cut off as too slow meanwhile.
                dripping.Add(await DripAsync(app, path));
                using var answer = await client.PostAsync("api/UpdateSlack", new StringContent("{}"), Stop);
                return answer.StatusCode == HttpStatusCode.ServiceUnavailable && answer.Headers.RetryAfter is not null;
            }, TimeSpan.FromSeconds(60));

            // Whoever has a key, or needs none, is not concerned.
            (await app.PostEventAsync("scan.stopped", new { })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
            (await client.GetAsync("health/ready", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await client.GetAsync("Account/Login", Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        finally
        {
            dripping.ForEach(connection => connection.Dispose());
        }

        // And when they are gone, so is what they held.
        using var later = app.CreateClient();
        await Eventually.HoldsAsync(async () =>
            (await later.PostAsync("api/UpdateSlack", new StringContent("{}"), Stop)).StatusCode == HttpStatusCode.BadRequest,
            TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Batches_BeyondTheShareOfThoseWithAKey_AreToldToComeAgain()
    {
        await using var app = await StartAsync(known: 64 * Kibibyte, anonymous: 64 * Kibibyte);
        var batch = $"[{string.Join(',', Enumerable.Range(0, 900).Select(i => $$$"""{"specversion":"1.0","id":"{{{i}}}","source":"s","type":"scan.stopped"}"""))}]";
        batch.Length.ShouldBeGreaterThan(48 * Kibibyte);
        using var client = app.CreateApiClient();

        using var tooMuch = new StringContent(batch + new string(' ', 64 * Kibibyte), Encoding.UTF8, "application/cloudevents-batch+json");
        using var refused = await client.PostAsync("api/events", tooMuch, Stop);
        using var fits = new StringContent(batch, Encoding.UTF8, "application/cloudevents-batch+json");
        using var accepted = await client.PostAsync("api/events", fits, Stop);

        (refused.StatusCode, refused.Headers.RetryAfter is not null).ShouldBe((HttpStatusCode.ServiceUnavailable, true));
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    private static Task<NotifyAdminApp> StartAsync(long known, long anonymous) => NotifyAdminApp.StartAsync(new NotifyAdminSettings
    {
        Services = services => services.AddSingleton(new BodyBudget(known, anonymous)),
    });

    private static async Task<TcpClient> DripAsync(NotifyAdminApp app, string path)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(app.BaseAddress.Host, app.BaseAddress.Port, Stop);
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {app.BaseAddress.Authority}\r\nContent-Type: application/json\r\nContent-Length: {Announced}\r\n\r\n{new string(' ', 2 * Kibibyte)}"), Stop);
        return connection;
    }
}
