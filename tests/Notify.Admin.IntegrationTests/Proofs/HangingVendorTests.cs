using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Testing;
using Notify.Sandbox;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Faults;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Proofs;

/// <summary>Three hundred Slack channels whose vendor never answers: a robot, and a Slack channel that works, are as quick as without
/// them. What the healthy are sent ends while all the others still hang.</summary>
public sealed class HangingVendorTests
{
    private const int Hanging = 300;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(100);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task HangingChannels_DelayNoHealthyOne(DatabaseProvider provider)
    {
        var events = ProofScale.Of(20, 200);
        var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);
        await using var app = await NotifyAdminApp.StartAsync(new()
        {
            Provider = provider,
            Sandbox = sandbox,
            Configuration = new Dictionary<string, string>
            {
                ["Delivery:SlackPerSecond"] = "0", ["Delivery:DingTalkPerMinute"] = "0",
                // Longer than the proof: nothing that hangs ends before it.
                ["Slack:Timeout"] = "00:02:00",
            },
        });
        try
        {
            var healthy = await AddHealthyAsync(app);
            await AddHangingAsync(app);

            // The first makes all three hundred hang at once; the healthy have been well before.
            await PostAsync(app, "hang");
            await Eventually.HoldsAsync(async () => await CountAsync(app, d => d.State == DeliveryState.Sending) == Hanging, Soon);
            for (var i = 0; i < events; i++)
            {
                await PostAsync(app, $"event-{i:d4}");
            }

            var expected = healthy.Count * (events + 2);
            await Eventually.HoldsAsync(async () => await CountAsync(app, d => d.State == DeliveryState.Sent) == expected, Soon);
            var all = await app.DeliveriesAsync();
            var sent = all.Where(d => healthy.Contains(Key(d))).ToList();
            sent.Count.ShouldBe(expected);
            sent.ShouldAllBe(d => d.State == DeliveryState.Sent);
            all.Where(d => !healthy.Contains(Key(d)))
                .ShouldAllBe(d => d.State == DeliveryState.Sending || d.State == DeliveryState.Waiting);
            all.Count(d => d.State == DeliveryState.Sending).ShouldBe(Hanging, "not one of them has ended");

            var took = sent.TakeLast(healthy.Count * events).Select(d => (d.ChangedAt - d.CreatedAt).TotalMilliseconds).Order().ToList();
            ProofScale.Report($"{provider}: {Hanging} hang; {took.Count} healthy deliveries took {took[took.Count / 2]:0} ms in the median,"
                + $" {took[(int)(took.Count * 0.95)]:0} ms at 95 %, {took[^1]:0} ms at most");
        }
        finally
        {
            // First: what hangs ends with it, and the program need not wait for that.
            await sandbox.DisposeAsync();
        }
    }

    private static async Task<HashSet<ChannelKey>> AddHealthyAsync(NotifyAdminApp app)
    {
        app.Sandbox.Robots.Put(
            new SandboxRobot { Token = RobotSeeds.KeywordToken, Keywords = [RobotSeeds.Keyword, "告警"], PerMinute = 0 });
        HashSet<ChannelKey> healthy =
        [
            new(ChannelKind.DingTalk, await app.AddChatbotAsync(RobotSeeds.KeywordToken)),
            new(ChannelKind.Slack, await app.AddSlackIntegrationAsync(SlackSeeds.Joined)),
        ];
        await PostAsync(app, "well");
        await app.WaitForDeliveriesAsync(all => all.Count == 2 && all.All(d => d.State == DeliveryState.Sent));
        return healthy;
    }

    // Together: each by itself would have all instances read every rule anew.
    private static Task<bool> AddHangingAsync(NotifyAdminApp app) => app.Services.GetRequiredService<ChangeFeed>().ChangeTogetherAsync(
        [ChangeAreas.Channels], async () =>
        {
            for (var i = 0; i < Hanging; i++)
            {
                var id = $"C0HANGS{i:d3}";
                app.Sandbox.Faults.Add(new SandboxFault
                {
                    Target = FaultTarget.Slack, Kind = FaultKind.Timeout, DelayMs = 600_000, Calls = 0, Destination = id,
                });
                await app.AddSlackIntegrationAsync(id);
            }

            return true;
        }, Stop);

    private static async Task PostAsync(NotifyAdminApp app, string id)
    {
        using var answer = await app.PostEventAsync("sas-event-suspicious", new { item_level = "serious", title = id }, id);
        answer.EnsureSuccessStatusCode();
    }

    // There are thousands: the store counts them.
    private static async Task<int> CountAsync(NotifyAdminApp app, Expression<Func<Delivery, bool>> which)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        return await context.Deliveries.CountAsync(which, Stop);
    }

    private static ChannelKey Key(Delivery delivery) => new(delivery.ChannelKind, delivery.ChannelId);
}
