using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Notify.Admin.Data;
using Notify.Admin.Testing;
using Notify.Sandbox;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Proofs;

/// <summary>PostgreSQL is cut off in the middle of work and comes back: no accepted event is lost, the program stays up and says how it is,
/// and deliveries go on by themselves.</summary>
public sealed class StoreOutageTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private static readonly string[] Channels = [SlackSeeds.Joined, "C0SECOPS01"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Postgres_StoppedUnderLoadAndStartedAgain_LosesNothingAndGoesOn()
    {
        Assert.SkipWhen(PostgresServer.Programs is null, "PostgreSQL's programs (initdb, pg_ctl) are not in /usr/lib/postgresql");
        var away = TimeSpan.FromSeconds(ProofScale.Of(3, 60));
        await using var postgres = await PostgresServer.CreateAsync(Stop);
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Urls = "http://127.0.0.1:0", KeepMessages = 1,
            KeepCalls = 1 }, cancellationToken: Stop);
        var told = new ToldDeliveries(sandbox);
        await using var product = NotifyAdminProcess.Start(new Dictionary<string, string>
        {
            ["Database:Provider"] = nameof(DatabaseProvider.PostgreSql),
            ["ConnectionStrings:Notify"] = postgres.ConnectionString,
            ["Setup:AdminEmail"] = NotifyAdminSettings.AdminEmail,
            ["Setup:AdminPassword"] = NotifyAdminSettings.AdminPassword,
            ["Setup:ApiKey"] = NotifyAdminSettings.ApiKey,
            ["Slack:ApiUrl"] = sandbox.SlackApiUrl.AbsoluteUri,
            ["Delivery:SlackPerSecond"] = "0",
        });
        using var client = new HttpClient { BaseAddress = await product.ListeningAsync(Stop),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", NotifyAdminSettings.ApiKey) } };
        foreach (var channel in Channels)
        {
            using var saved = await client.PostAsJsonAsync("api/UpdateSlack",
                new { apiKey = NotifyAdminSettings.ApiKey, channelId = channel, slackToken = SlackSeeds.BotToken, slackNotify = true },
                Stop);
            saved.EnsureSuccessStatusCode();
        }

        await using var load = new SteadyLoad(() => client.BaseAddress, "outage");
        await Eventually.HoldsAsync(() => Task.FromResult(load.Accepted.Count > 50), Soon);

        var watch = Stopwatch.StartNew();
        await postgres.StopAsync(Stop);
        await ReadyBecomesAsync(client, HttpStatusCode.ServiceUnavailable);
        var notReady = watch.Elapsed;
        while (watch.Elapsed < away)
        {
            (await StatusAsync(client, "health/live")).ShouldBe(HttpStatusCode.OK);
            (await StatusAsync(client, "health/ready")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        var before = sandbox.Messages.LastIndex;
        await postgres.StartAsync(Stop);
        watch.Restart();
        await ReadyBecomesAsync(client, HttpStatusCode.OK);
        var ready = watch.Elapsed;
        await Eventually.HoldsAsync(() => Task.FromResult(sandbox.Messages.LastIndex > before), Soon);
        var resumed = watch.Elapsed;
        var enough = load.Accepted.Count + 50;
        await Eventually.HoldsAsync(() => Task.FromResult(load.Accepted.Count > enough), Soon);
        await load.StopAsync();

        var contexts = new ProviderContextFactory(new DatabaseOptions { Provider = DatabaseProvider.PostgreSql,
            ConnectionString = postgres.ConnectionString, DataDirectory = Path.GetTempPath() });
        await ProofRecord.AllShouldEndAsync(contexts, Soon);
        load.CutOff.ShouldBe(0);
        product.HasExited.ShouldBeFalse();
        var duplicates = await ProofRecord.ShouldHaveToldAllAsync(contexts, told, load.Accepted.Keys);
        await ProofRecord.InvariantShouldHoldAsync(contexts);
        ProofScale.Report($"{load.Accepted.Count} events answered 202, {load.Refused} answers 503 while it was away for {away.TotalSeconds:0} s; not ready after {notReady.TotalSeconds:0.0} s; "
            + $"ready {ready.TotalSeconds:0.0} s and delivering {resumed.TotalSeconds:0.0} s after the start; {duplicates} told twice, all marked");
    }

    private static Task ReadyBecomesAsync(HttpClient client, HttpStatusCode expected) =>
        Eventually.HoldsAsync(async () => await StatusAsync(client, "health/ready") == expected, Soon);

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Stop);
        return answer.StatusCode;
    }
}
