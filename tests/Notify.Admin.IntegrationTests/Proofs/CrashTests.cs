using System.Diagnostics;
using Notify.Admin.Data;
using Notify.Admin.Testing;
using Notify.Sandbox;
using Notify.Sandbox.Faults;

namespace Notify.Admin.IntegrationTests.Proofs;

/// <summary>The process is killed (SIGKILL) at random moments under load, again and again, also while it starts: no accepted event is lost,
/// and only what was in flight is told twice, marked.</summary>
public sealed class CrashTests
{
    private const int Channels = 3;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Kill_AtAnyMoment_LosesNothing(DatabaseProvider provider)
    {
        var kills = ProofScale.Of(3, 100);
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Urls = "http://127.0.0.1:0", KeepMessages = 1,
            KeepCalls = 1 }, cancellationToken: Stop);
        var told = new ToldDeliveries(sandbox);
        await using var database = await TestDatabase.CreateAsync(provider);
        await ProofStore.PrepareAsync(database, sandbox, Channels);
        // Some answers take a while, so that kills also fall between a request and its answer.
        sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.Delay, DelayMs = 100, Calls = 0,
            Probability = 0.1 });

        var watch = Stopwatch.StartNew();
        Uri? address = null;
        await using var load = new SteadyLoad(() => address, "crash");
        var whileStarting = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            await using var victim = ProofStore.Start(database, sandbox);
            var moment = Task.Delay(Random.Shared.Next(2500), Stop);
            var listening = victim.ListeningAsync(Stop);
            if (kill % 4 == 3 && await Task.WhenAny(listening, moment) == moment)
            {
                whileStarting++;
            }
            else
            {
                address = await listening;
                var enough = load.Accepted.Count + Random.Shared.Next(1, 60);
                await Eventually.HoldsAsync(() => Task.FromResult(load.Accepted.Count >= enough), Soon);
            }

            await victim.KillAsync();
            address = null;
            // Otherwise the next would find every channel leased, and be killed with nothing on its way.
            await ProofStore.LeasesRunOutAsync(database);
        }

        await using var survivor = ProofStore.Start(database, sandbox);
        address = await survivor.ListeningAsync(Stop);
        await load.StopAsync();
        var contexts = ProofStore.Contexts(database);
        await ProofRecord.AllShouldEndAsync(contexts, Soon);

        var twice = await ProofRecord.ShouldHaveToldAllAsync(contexts, told, load.Accepted.Keys);
        await ProofRecord.InvariantShouldHoldAsync(contexts);
        ProofScale.Report($"{provider}: {kills} kills in {watch.Elapsed:mm\\:ss}, {whileStarting} of them while it started; {load.Accepted.Count} events answered 202, "
            + $"{load.CutOff} requests cut off; {sandbox.Messages.LastIndex} messages; none lost, {twice} told twice, all marked");
    }
}
