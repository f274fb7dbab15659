using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Testing;
using Notify.Sandbox;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Proofs;

/// <summary>PostgreSQL is cut off in the middle of work and comes back: no accepted event is lost, the program stays up and says how it is, and
/// deliveries go on by themselves.</summary>
public sealed partial class StoreOutageTests
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
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Urls = "http://127.0.0.1:0", KeepMessages = 1_000_000 }, cancellationToken: Stop);
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
        using var client = new HttpClient { BaseAddress = await product.ListeningAsync(Stop), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", NotifyAdminSettings.ApiKey) } };
        foreach (var channel in Channels)
        {
            using var saved = await client.PostAsJsonAsync("api/UpdateSlack", new { apiKey = NotifyAdminSettings.ApiKey, channelId = channel, slackToken = SlackSeeds.BotToken, slackNotify = true }, Stop);
            saved.EnsureSuccessStatusCode();
        }

        using var load = new Load(client);
        await Eventually.HoldsAsync(() => Task.FromResult(load.Accepted.Count > 50), Soon);

        var watch = Stopwatch.StartNew();
        await postgres.StopAsync(Stop);
        await ReadyBecomesAsync(client, HttpStatusCode.ServiceUnavailable);
        var told = watch.Elapsed;
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

        var contexts = new ProviderContextFactory(new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = postgres.ConnectionString, DataDirectory = Path.GetTempPath() });
        await Eventually.HoldsAsync(async () => (await ProofRecord.OpenAsync(contexts)).Count == 0, Soon);
        product.HasExited.ShouldBeFalse();
        var duplicates = await ShouldHaveToldAllAsync(contexts, sandbox, load.Accepted);
        await ProofRecord.InvariantShouldHoldAsync(contexts);
        ProofScale.Report($"{load.Accepted.Count} events answered 202, {load.Refused} answers 503 while it was away for {away.TotalSeconds:0} s; not ready after {told.TotalSeconds:0.0} s; "
            + $"ready {ready.TotalSeconds:0.0} s and delivering {resumed.TotalSeconds:0.0} s after the start; {duplicates} told twice, all marked");
    }

    private static async Task<int> ShouldHaveToldAllAsync(IDbContextFactory<NotifyDbContext> contexts, SandboxServer sandbox, ConcurrentDictionary<string, bool> accepted)
    {
        await using var context = await contexts.CreateDbContextAsync(Stop);
        var stored = await context.Events.Select(e => e.EventId).ToListAsync(Stop);
        accepted.Keys.Except(stored).ShouldBeEmpty("answered 202 and not on record");
        var marked = (await context.Deliveries.Where(d => d.MayBeDuplicate).Select(d => d.Id).ToListAsync(Stop)).Select(ShortIds.OfDelivery).ToHashSet();
        (await context.Deliveries.Where(d => d.State != DeliveryState.Sent).CountAsync(Stop)).ShouldBe(0);
        var shortIds = (await context.Deliveries.Select(d => d.Id).ToListAsync(Stop)).Select(ShortIds.OfDelivery).ToList();
        var times = sandbox.Messages.All.SelectMany(m => ShortId().Matches(m.Text).Select(match => match.Value).Distinct()).CountBy(id => id).ToDictionary();
        shortIds.Where(id => !times.ContainsKey(id)).ShouldBeEmpty("never told");
        times.Where(t => t.Value > 1 && !marked.Contains(t.Key)).ShouldBeEmpty("told twice and not marked");
        return times.Count(t => t.Value > 1);
    }

    private static Task ReadyBecomesAsync(HttpClient client, HttpStatusCode expected) =>
        Eventually.HoldsAsync(async () => await StatusAsync(client, "health/ready") == expected, Soon);

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, Stop);
        return answer.StatusCode;
    }

    [GeneratedRegex("D-[0-9A-Z]+")]
    private static partial Regex ShortId();

    /// <summary>Four senders that post one event after the other, and each again until it is accepted.</summary>
    private sealed class Load : IDisposable
    {
        private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(40);

        private readonly CancellationTokenSource _stop = new();
        private readonly Task[] _senders;
        private int _refused;

        public Load(HttpClient client) => _senders = [.. Enumerable.Range(0, 4).Select(sender => PostAsync(client, sender))];

        public ConcurrentDictionary<string, bool> Accepted { get; } = new();

        public int Refused => _refused;

        public async Task StopAsync()
        {
            await _stop.CancelAsync();
            await Task.WhenAll(_senders);
        }

        public void Dispose()
        {
            _stop.Cancel();
            _stop.Dispose();
        }

        private async Task PostAsync(HttpClient client, int sender)
        {
            using var timer = new PeriodicTimer(Pace);
            for (var number = 0; !_stop.IsCancellationRequested; number++)
            {
                var id = $"outage-{sender}-{number}";
                while (!_stop.IsCancellationRequested)
                {
                    await timer.WaitForNextTickAsync();
                    using var content = new StringContent($$$"""{"specversion":"1.0","id":"{{{id}}}","source":"outage","type":"scan.stopped","data":{"target":"shop.example"}}""", Encoding.UTF8, "application/cloudevents+json");
                    using var answer = await client.PostAsync("api/events", content);
                    if (answer.StatusCode == HttpStatusCode.Accepted)
                    {
                        Accepted[id] = true;
                        break;
                    }

                    answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
                    Interlocked.Increment(ref _refused);
                }
            }
        }
    }
}
