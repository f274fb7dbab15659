using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Testing;
using Notify.Sandbox;
using Notify.Sandbox.Faults;

namespace Notify.Admin.IntegrationTests.Proofs;

/// <summary>The process is killed (SIGKILL) when Slack has taken a message of a problem and its answer is still on the way: what is sent
/// twice is marked, and one problem has no second message that nobody marked.</summary>
public sealed class FollowUpCrashTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public Task Kill_BetweenSendAndRecord_OfAnUpdate(DatabaseProvider provider) => ShouldSurviveAsync(provider, FollowUp.Update);

    [Theory, DatabaseData]
    public Task Kill_BetweenSendAndRecord_OfAReply(DatabaseProvider provider) => ShouldSurviveAsync(provider, FollowUp.Reply);

    private static async Task ShouldSurviveAsync(DatabaseProvider provider, FollowUp followUp)
    {
        await using var sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { Urls = "http://127.0.0.1:0" }, cancellationToken: Stop);
        await using var database = await TestDatabase.CreateAsync(provider);
        await ProofStore.PrepareAsync(database, sandbox, 1, slack => slack.FollowUp = followUp);
        var contexts = ProofStore.Contexts(database);

        // Killed with the first message, the next with the second, and the last with none.
        List<NotifyAdminProcess> processes = [ProofStore.Start(database, sandbox)];
        try
        {
            foreach (var id in new[] { "e1", "e2" })
            {
                var before = sandbox.Messages.LastIndex;
                sandbox.Faults.Add(new SandboxFault { Target = FaultTarget.Slack, Kind = FaultKind.Delay, DelayMs = 60_000 });
                await PostAsync(await processes[^1].ListeningAsync(Stop), id, "open");
                await sandbox.Messages.WaitAsync(1, Soon, message => message.Index > before, Stop);
                await processes[^1].KillAsync();
                sandbox.Faults.Clear();

                await ProofStore.LeasesRunOutAsync(database);
                processes.Add(ProofStore.Start(database, sandbox));
                await processes[^1].ListeningAsync(Stop);
                await ProofRecord.AllShouldEndAsync(contexts, Soon);
            }

            await PostAsync(await processes[^1].ListeningAsync(Stop), "e3", "resolved");
            await ProofRecord.AllShouldEndAsync(contexts, Soon);
        }
        finally
        {
            foreach (var process in processes)
            {
                await process.DisposeAsync();
            }
        }

        await using var context = await contexts.CreateDbContextAsync(Stop);
        var deliveries = await context.Deliveries.AsNoTracking().OrderBy(d => d.Id).ToListAsync(Stop);
        deliveries.Select(d => (d.State, d.MayBeDuplicate)).ShouldBe(
            [(DeliveryState.Sent, true), (DeliveryState.Sent, true), (DeliveryState.Sent, false)]);
        var attempts = await context.Attempts.AsNoTracking().OrderBy(a => a.Id).ToListAsync(Stop);
        attempts.Select(a => a.Outcome).ShouldBe(
        [
            AttemptOutcome.Unknown, AttemptOutcome.Accepted, AttemptOutcome.Unknown, AttemptOutcome.Accepted, AttemptOutcome.Accepted,
        ]);
        var first = (await context.ProblemMessages.Where(p => p.FirstId == null)
            .Join(context.Messages, p => p.MessageId, m => m.Id, (_, m) => m).SingleAsync(Stop)).VendorMessageId;

        var told = sandbox.Messages.All;
        told.Count.ShouldBe(5);
        var marked = ShortIds.OfDelivery(deliveries[0].Id);
        told.Take(2).ShouldAllBe(m => !m.IsUpdate && m.Thread == null && m.Text.Contains(marked, StringComparison.Ordinal));
        told[1].Id.ShouldBe(first, "the one that is on record is followed");
        told.Skip(2).ShouldAllBe(m => followUp == FollowUp.Update ? m.IsUpdate && m.Id == first : m.Thread == first);
        await ProofRecord.InvariantShouldHoldAsync(contexts);
    }

    private static async Task PostAsync(Uri address, string id, string state)
    {
        using var client = new HttpClient
        {
            BaseAddress = address,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", NotifyAdminSettings.ApiKey) },
        };
        await PatientSender.PostAsync(client,
            $$$"""
            {"specversion":"1.0","id":"{{{id}}}","source":"s","type":"a.b","data":{"title":"t","problem":"p","state":"{{{state}}}"}}
            """,
            "application/cloudevents+json", Stop);
    }
}
