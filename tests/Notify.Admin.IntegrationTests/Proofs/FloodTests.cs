using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Testing;
using Notify.Sandbox;
using Notify.Sandbox.DingTalk;

namespace Notify.Admin.IntegrationTests.Proofs;

/// <summary>A thousand events in one minute for a robot that shuts for ten minutes at the 21st message in a minute: none is refused, all
/// are told, the most severe first.</summary>
public sealed partial class FloodTests
{
    private const string Token = "floodedrobot";
    private const int Batches = 20;

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1) / Batches;

    // Between looking at what waits and beginning the message: a channel that waits for a moment is held all the while, so the clock may
    // step more than once before a busy machine has begun it.
    private static readonly TimeSpan Planning = Step * 4;

    private static readonly string[] Levels = ["remind", "suspicious", "serious"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public Task Flood_OneRobot_IsToldWhollyAndNeverRefused(DatabaseProvider provider) => FloodAsync(provider, instances: 1, chatbots: 1);

    [Fact]
    public async Task Flood_TwoInstancesAndTwoChatbotsOnOneWebhook_IsToldWhollyAndNeverRefused()
    {
        Assert.SkipWhen(TestDatabase.PostgresServer is null,
            $"{TestDatabase.PostgresVariable} is not set: give the connection string of a server where databases may be created");
        await FloodAsync(DatabaseProvider.PostgreSql, instances: 2, chatbots: 2);
    }

    private static async Task FloodAsync(DatabaseProvider provider, int instances, int chatbots)
    {
        var events = ProofScale.Of(1000, 10_000);
        var time = new SteppedTime();
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Urls = "http://127.0.0.1:0", KeepCalls = 1_000_000 },
            time, Stop);
        sandbox.Robots.Put(new SandboxRobot { Token = Token, Keywords = [RobotSeeds.Keyword], PerMinute = 20 });
        await using var database = await TestDatabase.CreateAsync(provider);
        List<NotifyAdminApp> apps = [];
        try
        {
            for (var i = 0; i < instances; i++)
            {
                apps.Add(await NotifyAdminApp.StartAsync(new() { Database = database, Sandbox = sandbox, Time = time }));
            }

            for (var i = 0; i < chatbots; i++)
            {
                await apps[0].AddChatbotAsync(Token, bot => bot with { Name = $"Flooded {i}" });
            }

            var start = time.GetUtcNow();
            await PostAsync(apps, events, time);
            await apps[0].RunToTheEndAsync(time, time.Advance);

            sandbox.Calls.All.Where(call => call.Code != "ok").Select(call => $"{call.Time}: {call.Code}").ShouldBeEmpty();
            MostInAMinute([.. sandbox.Messages.All.Select(m => m.Time)]).ShouldBeLessThanOrEqualTo(20);
            await ShouldNameAllAsync(apps[0], sandbox, events, chatbots);
            await MostSevereShouldBeFirstAsync(apps[0]);
            await apps[0].InvariantShouldHoldAsync();
            ProofScale.Report($"{provider}, {instances} instance(s), {chatbots} chatbot(s): {events} events in {sandbox.Messages.All.Count} messages, told {sandbox.Messages.All[^1].Time - start:hh\\:mm\\:ss} after the first was posted");
        }
        finally
        {
            foreach (var app in apps)
            {
                await app.DisposeAsync();
            }
        }
    }

    // Over one minute of the stepped clock, to all instances by turns.
    private static async Task PostAsync(List<NotifyAdminApp> apps, int events, SteppedTime time)
    {
        for (var batch = 0; batch < Batches; batch++)
        {
            var size = events / Batches;
            var body = string.Join(',', Enumerable.Range(batch * size, size).Select(i =>
                $$$"""{"specversion":"1.0","id":"flood-{{{i:d5}}}","source":"flood","type":"sas-event-suspicious","data":{"item_level":"{{{Levels[i % Levels.Length]}}}","event_type":"Unusual logon","title":"Flood {{{i}}}","asset":"host-{{{i % 50}}}"}}"""));
            using var content = new StringContent($"[{body}]", Encoding.UTF8, "application/cloudevents-batch+json");
            using var answer = await apps[batch % apps.Count].CreateApiClient().PostAsync("api/events", content, Stop);
            answer.EnsureSuccessStatusCode();
            // A step in the middle of planning or sending would be a machine or a vendor that took seconds.
            await Eventually.HoldsAsync(async () => (await apps[0].OpenAsync()).All(d => d.State == DeliveryState.Held),
                TimeSpan.FromSeconds(60));
            time.Advance(Step);
        }
    }

    private static int MostInAMinute(DateTimeOffset[] times) =>
        times.Max(from => times.Count(moment => moment >= from && moment < from + TimeSpan.FromMinutes(1)));

    private static async Task ShouldNameAllAsync(NotifyAdminApp app, SandboxServer sandbox, int events, int chatbots)
    {
        var named = sandbox.Messages.All.SelectMany(message => FloodId().Matches(message.Text).Select(match => match.Value)).ToList();
        named.Distinct().Count().ShouldBe(events);
        (await app.DeliveriesAsync()).ShouldAllBe(d => d.State == DeliveryState.Sent);
        named.Count.ShouldBe(events * chatbots, "nothing failed, so nothing is told twice");
    }

    // What was known when a message or digest was planned went out in it or before it, unless it was less severe.
    private static async Task MostSevereShouldBeFirstAsync(NotifyAdminApp app)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        var told = await (
            from link in context.MessageDeliveries
            join message in context.Messages on link.MessageId equals message.Id
            join delivery in context.Deliveries on link.DeliveryId equals delivery.Id
            select new { message.ChannelId, message.ShortId, message.Id, message.CreatedAt, delivery.Severity, Known = delivery.CreatedAt })
                .ToListAsync(Stop);
        foreach (var channel in told.GroupBy(t => t.ChannelId))
        {
            var plans = channel.GroupBy(t => t.ShortId)
                .Select(plan => (At: plan.Min(t => t.CreatedAt), First: plan.Min(t => t.Id), Events: plan.ToList()))
                .OrderBy(plan => plan.First).ToList();
            foreach (var plan in plans)
            {
                // Within a plan, part by part.
                plan.Events.OrderBy(e => e.Id).ThenByDescending(e => e.Severity).Select(e => e.Severity)
                    .ShouldBeInOrder(SortDirection.Descending);
                var least = plan.Events.Min(e => e.Severity);
                channel.Where(t => t.Id > plan.Events.Max(e => e.Id) && t.Severity > least && t.Known < plan.At - Planning)
                    .Select(t => $"{t.ShortId} was known at {t.Known:O}, left out of {plan.At:O}").ShouldBeEmpty();
            }
        }
    }

    [GeneratedRegex(@"flood-\d{5}")]
    private static partial Regex FloodId();
}
