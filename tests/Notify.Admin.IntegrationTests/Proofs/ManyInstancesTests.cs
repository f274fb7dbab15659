using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Data;
using Notify.Admin.Testing;
using Notify.Sandbox;
using Notify.Sandbox.Faults;

namespace Notify.Admin.IntegrationTests.Proofs;

/// <summary>Several processes on one PostgreSQL: each delivery is made once, by one of them; and when one is killed in the middle, the
/// others take its work over.</summary>
public sealed class ManyInstancesTests
{
    private const int Batch = 100;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(ProofScale.Of(3, 30));
    private static readonly TimeSpan TakeOver = TimeSpan.FromSeconds(30);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Instances_OnOneDatabase_DeliverEachOnce(int instances)
    {
        SkipWithoutPostgres();
        await using var run = await Run.StartAsync(instances);

        await run.PostAsync();
        var watch = Stopwatch.StartNew();
        await ProofRecord.AllShouldEndAsync(run.Contexts, Longest);

        (await ProofRecord.ShouldHaveToldAllAsync(run.Contexts, run.Told, run.Ids)).ShouldBe(0);
        await ProofRecord.InvariantShouldHoldAsync(run.Contexts);
        ProofScale.Report($"{instances} instances: {run.Ids.Count} events to {run.Channels} channels, {run.Sandbox.Messages.LastIndex} messages, each told once, the last {watch.Elapsed.TotalSeconds:0.0} s after the last was accepted");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Instance_KilledInTheMiddle_IsTakenOverInTime(int instances)
    {
        SkipWithoutPostgres();
        await using var run = await Run.StartAsync(instances);
        // So that the one that is killed is in the middle of many sends.
        run.Sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.Delay, DelayMs = 50, Calls = 0 });
        await run.PostAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(run.Sandbox.Messages.LastIndex > run.Ids.Count * run.Channels / 10), Longest);

        await run.Processes[0].KillAsync();
        var watch = Stopwatch.StartNew();
        await run.LeasesShouldPassOnAsync(TakeOver);
        var taken = watch.Elapsed;
        await ProofRecord.AllShouldEndAsync(run.Contexts, Longest);

        var twice = await ProofRecord.ShouldHaveToldAllAsync(run.Contexts, run.Told, run.Ids);
        await ProofRecord.InvariantShouldHoldAsync(run.Contexts);
        ProofScale.Report($"{instances} instances, one killed: {run.Ids.Count} events to {run.Channels} channels; its work taken over within {taken.TotalSeconds:0.0} s; none lost, {twice} told twice, all marked");
    }

    private static void SkipWithoutPostgres() =>
        Assert.SkipWhen(TestDatabase.PostgresServer is null,
            $"{TestDatabase.PostgresVariable} is not set: give the connection string of a server where databases may be created");

    private sealed class Run : IAsyncDisposable
    {
        private readonly TestDatabase _database;
        private readonly List<HttpClient> _clients = [];

        private Run(TestDatabase database, SandboxServer sandbox)
        {
            (_database, Sandbox) = (database, sandbox);
            Told = new ToldDeliveries(sandbox);
            Contexts = ProofStore.Contexts(database);
        }

        public SandboxServer Sandbox { get; }

        public ToldDeliveries Told { get; }

        public IDbContextFactory<NotifyDbContext> Contexts { get; }

        public List<NotifyAdminProcess> Processes { get; } = [];

        public List<string> Ids { get; } = [];

        /// <summary>Each hears every event.</summary>
        public int Channels { get; } = ProofScale.Of(5, 50);

        public static async Task<Run> StartAsync(int instances)
        {
            var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);
            var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Urls = "http://127.0.0.1:0", KeepMessages = 1,
                KeepCalls = 1 }, cancellationToken: Stop);
            var run = new Run(database, sandbox);
            await ProofStore.PrepareAsync(database, sandbox, run.Channels);
            run.Processes.AddRange(Enumerable.Range(0, instances).Select(_ => ProofStore.Start(database, sandbox)));
            foreach (var process in run.Processes)
            {
                run._clients.Add(new HttpClient
                {
                    BaseAddress = await process.ListeningAsync(Stop),
                    DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", NotifyAdminSettings.ApiKey) },
                });
            }

            return run;
        }

        /// <summary>Posts the events to all instances by turns.</summary>
        public async Task PostAsync()
        {
            for (var batch = 0; batch < ProofScale.Of(4, 100); batch++)
            {
                List<string> ids = [.. Enumerable.Range(batch * Batch, Batch).Select(i => i.ToString("d6", CultureInfo.InvariantCulture))];
                await PatientSender.PostAsync(_clients[batch % _clients.Count],
                    $"[{string.Join(',', ids.Select(id => $$$"""{"specversion":"1.0","id":"{{{id}}}","source":"many","type":"scan.stopped","data":{"target":"shop.example"}}"""))}]",
                    "application/cloudevents-batch+json", Stop);
                Ids.AddRange(ids);
            }
        }

        /// <summary>Every lane that is leased now has been let go of, or passed to another, in time.</summary>
        public async Task LeasesShouldPassOnAsync(TimeSpan within)
        {
            await using var context = await Contexts.CreateDbContextAsync(Stop);
            var leased = await context.ChannelLanes.AsNoTracking().Where(l => l.LeaseToken != null).Select(l => new { l.Id, l.LeaseToken })
                .ToListAsync(Stop);
            await Eventually.HoldsAsync(
                async () =>
                {
                    var now = await context.ChannelLanes.AsNoTracking().ToDictionaryAsync(l => l.Id, l => l.LeaseToken, Stop);
                    return leased.TrueForAll(l => now[l.Id] != l.LeaseToken);
                },
                within);
        }

        public async ValueTask DisposeAsync()
        {
            _clients.ForEach(client => client.Dispose());
            foreach (var process in Processes)
            {
                await process.DisposeAsync();
            }

            await Sandbox.DisposeAsync();
            await _database.DisposeAsync();
        }
    }
}
