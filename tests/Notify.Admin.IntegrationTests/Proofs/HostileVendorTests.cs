using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.DingTalk;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Faults;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Proofs;

/// <summary>Vendors that fail in every way, a fifth of the time: everything that can arrive arrives, and every verdict is the right
/// one.</summary>
public sealed class HostileVendorTests
{
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(1);

    // By how much two clocks of a process may disagree about the same wait.
    private static readonly TimeSpan OneTick = TimeSpan.FromMilliseconds(20);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Vendors_FailingAFifthOfTheTime_GetEverythingAndEveryVerdictIsRight(DatabaseProvider provider)
    {
        var events = ProofScale.Of(20, 300);
        var time = new ShiftedTime();
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Urls = "http://127.0.0.1:0", KeepCalls = 1_000_000,
            KeepMessages = 1_000_000, Seed = 4711 }, time, Stop);
        await using var app = await NotifyAdminApp.StartAsync(new()
        {
            Provider = provider,
            Sandbox = sandbox,
            Configuration = new Dictionary<string,
            string> { ["Delivery:SlackPerSecond"] = "0", ["Delivery:DingTalkPerMinute"] = "0", ["Slack:Timeout"] = SendTimeout.ToString() },
            Time = time,
            Services = services => services.AddHttpClient<DingTalkRobotClient>()
            .AddTypedClient((http, provider) =>
            new DingTalkRobotClient(http, provider.GetRequiredService<TimeProvider>()) { Timeout = SendTimeout }),
        });
        var channels = await ChannelsAsync(app);
        Dictionary<int, SandboxFault> faults = [];
        foreach (var (number, fault) in VendorFaults.All)
        {
            // Each at least once, and a fifth of all calls together.
            foreach (var added in (SandboxFault[])[fault with { Calls = 1, After = number % (events / 2) },
                fault with { Calls = 0, Probability = 0.2 / (VendorFaults.All.Count / 2.0) }])
            {
                faults[sandbox.Faults.Add(added).Id] = added;
            }
        }

        for (var i = 0; i < events; i++)
        {
            using var answer = await app.PostEventAsync("sas-event-suspicious",
                new { item_level = "serious", event_type = "Unusual logon", title = $"event {i}" }, $"hostile-{i:d5}");
            answer.EnsureSuccessStatusCode();
        }

        await app.RunToTheEndAsync(time, time.Shift, () => TryAgainAsync(app));

        await ShouldHaveArrivedAsync(app, channels, events);
        foreach (var (channel, destination) in channels)
        {
            var attempts = await app.AttemptsAsync(channel);
            var calls = sandbox.Calls.All.Where(call => call.WentTo(destination)).ToList();
            ShouldBeRight(channel, attempts, calls, faults);
        }

        await app.InvariantShouldHoldAsync();
        var spoilt = sandbox.Calls.All.Count(call => call.Fault is not null);
        ProofScale.Report($"{provider}: {sandbox.Calls.All.Count} calls, {spoilt} spoilt ({100.0 * spoilt / sandbox.Calls.All.Count:0} %)");
    }

    private static async Task<IReadOnlyList<(ChannelKey Channel, string Destination)>> ChannelsAsync(NotifyAdminApp app) =>
    [
        (new(ChannelKind.Slack, await app.AddSlackIntegrationAsync(SlackSeeds.Joined)), SlackSeeds.Joined),
        (new(ChannelKind.Slack, await app.AddSlackIntegrationAsync(SlackSeeds.PrivateInvited)), SlackSeeds.PrivateInvited),
        (new(ChannelKind.DingTalk, await app.AddChatbotAsync(Robot(app, "hostileone"))), "hostileone"),
        (new(ChannelKind.DingTalk, await app.AddChatbotAsync(Robot(app, "hostiletwo"))), "hostiletwo"),
    ];

    private static string Robot(NotifyAdminApp app, string token)
    {
        app.Sandbox.Robots.Put(new SandboxRobot { Token = token, Keywords = [RobotSeeds.Keyword], PerMinute = 0 });
        return token;
    }

    // Somebody sees that a channel needs attention and clicks "try again".
    private static async Task TryAgainAsync(NotifyAdminApp app)
    {
        var desk = app.Services.GetRequiredService<IDeliveryDesk>();
        foreach (var kind in Enum.GetValues<ChannelKind>())
        {
            foreach (var (id, _) in (await app.HealthOfAllAsync(kind))
                .Where(health => health.Value.Status == ChannelStatus.NeedsAttention))
            {
                var channel = new ChannelKey(kind, id);
                var before = (await app.AttemptsAsync(channel)).Count;
                await desk.TryAgainAsync(channel, Actor.System, Stop);
                // What is held is sent from where it is: until that has begun, the clock must not go on.
                await Eventually.HoldsAsync(
                    async () => (await app.AttemptsAsync(channel)).Count > before || (await app.OpenAsync())
                    .All(d => (d.ChannelKind, d.ChannelId) != (kind, id)),
                    TimeSpan.FromMinutes(1));
            }
        }
    }

    private static async Task ShouldHaveArrivedAsync(NotifyAdminApp app, IReadOnlyList<(ChannelKey Channel, string Destination)> channels,
        int events)
    {
        var rows = await app.EventsAsync();
        var deliveries = await app.DeliveriesAsync();
        var duplicates = 0;
        foreach (var (channel, destination) in channels)
        {
            var told = string.Join('\n', app.Sandbox.Messages.All.Where(m => m.WentTo(destination)).Select(m => m.Text));
            var mine = deliveries.Where(d => d.ChannelKind == channel.Kind && d.ChannelId == channel.Id
                && rows[d.EventRowId].EventId.StartsWith("hostile-", StringComparison.Ordinal)).ToList();
            mine.Count.ShouldBe(events);
            foreach (var delivery in mine)
            {
                var times = told.Split(rows[delivery.EventRowId].EventId).Length - 1;
                if (delivery.State == DeliveryState.Sent)
                {
                    times.ShouldBeGreaterThan(0, $"{delivery.Id} says sent");
                }
                else
                {
                    (delivery.State, VendorFaults.IsAboutTheMessage(delivery.Code))
                        .ShouldBe((DeliveryState.Failed, true), $"{delivery.Id} ended as {delivery.State} with {delivery.Code}");
                }

                if (times > 1)
                {
                    delivery.MayBeDuplicate.ShouldBeTrue($"{delivery.Id} arrived {times} times");
                    duplicates++;
                }
            }
        }

        ProofScale.Report($"{deliveries.Count(d => d.State == DeliveryState.Sent)} sent, {deliveries.Count(d => d.State == DeliveryState.Failed)} failed, {duplicates} arrived more than once, all marked");
    }

    private static void ShouldBeRight(ChannelKey channel, IReadOnlyList<Attempt> attempts, List<SandboxCall> calls, Dictionary<int,
        SandboxFault> faults)
    {
        attempts.Count.ShouldBe(calls.Count, $"each attempt of {channel} is one call, and no call was made that is not on record");
        for (var i = 0; i < attempts.Count; i++)
        {
            var (attempt, call) = (attempts[i], calls[i]);
            var fault = call.FaultId is { } id ? faults[id] : null;
            var expected = VendorFaults.Verdict(channel.Kind, call, fault);
            if ((attempt.Outcome, attempt.Code) == (AttemptOutcome.Unknown, "timeout") && expected != (attempt.Outcome, attempt.Code))
            {
                // A machine that was busy elsewhere: the vendor has answered, but nobody was there to read it in time.
                TimeSpan.FromMilliseconds(attempt.DurationMilliseconds).ShouldBeGreaterThanOrEqualTo(SendTimeout - OneTick);
                continue;
            }

            (attempt.Outcome, attempt.Code!).ShouldBe(expected, $"attempt {attempt.Id} of {channel}, which met {call.Fault?.ToString() ?? "no fault"} with {call.Status} {call.Code}");

            // What was tried again was not tried again too early.
            if (i + 1 < attempts.Count && VendorFaults.LeastPause(fault, expected.Code) is { } pause)
            {
                (attempts[i + 1].StartedAt - attempt.StartedAt)
                    .ShouldBeGreaterThanOrEqualTo(pause, $"after attempt {attempt.Id} of {channel}: {expected}");
            }
        }
    }
}
