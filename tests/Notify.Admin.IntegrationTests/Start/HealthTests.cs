using System.Net;
using Notify.Admin.Data;
using Notify.Admin.Testing;
using Npgsql;

namespace Notify.Admin.IntegrationTests.Start;

public sealed class HealthTests
{
    [Fact]
    public async Task Ready_PostgresAwayAndBack_Is503ThenRecovers()
    {
        Assert.SkipWhen(TestDatabase.PostgresServer is null,
            $"{TestDatabase.PostgresVariable} is not set: give the connection string of a server where databases may be created");
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);
        await using var relay = new PostgresRelay(database.ConnectionString);
        relay.Open();
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Database = database,
            Configuration = new Dictionary<string, string>
            {
                ["ConnectionStrings:Notify"] = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Host = "127.0.0.1",
                    Port = relay.Port, Timeout = 5 }.ConnectionString,
            },
        });
        await ShouldBecomeAsync(app, HttpStatusCode.OK);

        await relay.CloseAsync();
        await ShouldBecomeAsync(app, HttpStatusCode.ServiceUnavailable);
        using var live = await app.CreateClient().GetAsync("health/live", TestContext.Current.CancellationToken);
        live.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var refused = await app.PostEventAsync("scan.started", new { trigger = "queue" });
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter.ShouldNotBeNull();

        relay.Open();
        await ShouldBecomeAsync(app, HttpStatusCode.OK);
        using var accepted = await app.PostEventAsync("scan.started", new { trigger = "queue" });
        accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    private static async Task ShouldBecomeAsync(NotifyAdminApp app, HttpStatusCode expected)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        over.CancelAfter(TimeSpan.FromSeconds(60));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        using var client = app.CreateClient();
        while (true)
        {
            using var answer = await client.GetAsync("health/ready", over.Token);
            if (answer.StatusCode == expected)
            {
                return;
            }

            await timer.WaitForNextTickAsync(over.Token);
        }
    }
}
