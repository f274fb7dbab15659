using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Deliveries;

/// <summary>What a simulation counts, and what the queue then sends for the same events.</summary>
public sealed class SimulationTests
{
    private static readonly Actor Viewer = new("u1", "viewer@example.test", Roles.Viewer, "tests");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Compare_OfASlackChannelWithQuietHoursAndRepeats_CountsWhatTheQueueSent(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var policy = new DeliveryPolicy
        {
            QuietHours = new QuietHours { IsOn = true, Days = WeekDays.All, From = At(time, 0.5), To = At(time, 1.5), TimeZone = "UTC" },
            Deduplication = new Deduplication { IsOn = true, Minutes = 20 },
        };
        var id = await app.AddSlackIntegrationAsync(SlackSeeds.Joined, s => (s.SlackNotify, s.Delivery) = (true, policy));
        await PostAsync(app, "hc", "low", "first");
        await SentAsync(app, 1);
        await PostAsync(app, "hc", "low", "first");
        await app.WaitForDeliveriesAsync(all => all.Count == 2 && all.Any(d => d.State == DeliveryState.Skipped));
        time.Shift(TimeSpan.FromMinutes(45));
        await PostAsync(app, "hc", "low", "second");
        await PostAsync(app, "hc", "medium", "third");
        await app.WaitForDeliveriesAsync(all => all.Count(d => d.State == DeliveryState.Held) == 2);
        await PostAsync(app, "suspicious", "serious", "critical");
        await SentAsync(app, 2);
        time.Shift(TimeSpan.FromHours(1));
        await SentAsync(app, 4);

        var comparison = await CompareAsync(app, new ChannelKey(ChannelKind.Slack, id), null, policy);

        app.Sandbox.Messages.All.Count.ShouldBe(3);
        (comparison.Days.Sum(day => day.MessagesNow), comparison.Days.Sum(day => day.MatchedNow), comparison.RepeatsNow)
            .ShouldBe((3, 5, 1));
        var without = await CompareAsync(app, new ChannelKey(ChannelKind.Slack, id), null, DeliveryPolicy.Off);
        without.Days.Sum(day => day.MessagesThen).ShouldBe(5);
    }

    [Theory, DatabaseData]
    public async Task Compare_OfAChatbotWithAnInterval_CountsWhatTheQueueSent(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var id = await app.AddChatbotAsync(RobotSeeds.KeywordToken, c => c with { IntervalMinutes = 10 });
        await PostAsync(app, "hc", "low", "first");
        await SentAsync(app, 1);
        foreach (var title in new[] { "second", "third", "fourth" })
        {
            await PostAsync(app, "hc", "high", title);
        }

        await app.WaitForDeliveriesAsync(all => all.Count(d => d.State == DeliveryState.Held) == 3);
        time.Shift(TimeSpan.FromMinutes(11));
        await SentAsync(app, 4);
        await PostAsync(app, "hc", "high", "fifth");
        await app.WaitForDeliveriesAsync(all => all.Count(d => d.State == DeliveryState.Held) == 1);
        time.Shift(TimeSpan.FromMinutes(11));
        await SentAsync(app, 5);

        var comparison = await CompareAsync(app, new ChannelKey(ChannelKind.DingTalk, id), TimeSpan.Zero, DeliveryPolicy.Off);

        app.Sandbox.Messages.All.Count.ShouldBe(3);
        (comparison.Days.Sum(day => day.MessagesNow), comparison.Days.Sum(day => day.MessagesThen)).ShouldBe((3, 5));
        (comparison.Added, comparison.Lost, comparison.WaitingNow, comparison.CutAt).ShouldBe((0, 0, 0, null));
    }

    [Theory]
    [InlineData(ChannelKind.Slack)]
    [InlineData(ChannelKind.DingTalk)]
    public async Task Compare_OfANewChannel_CountsWhatItWouldHaveBeenSent(ChannelKind kind)
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite, new ShiftedTime());
        foreach (var title in new[] { "first", "second", "first" })
        {
            await PostAsync(app, "hc", "high", title);
        }

        var comparison = await CompareAsync(app, new ChannelKey(kind, 0), TimeSpan.Zero, new DeliveryPolicy
        {
            Deduplication = new Deduplication { IsOn = true, Minutes = 20 },
        });

        (comparison.Days.Sum(day => day.MatchedNow), comparison.Days.Sum(day => day.MessagesNow)).ShouldBe((0, 0));
        (comparison.Days.Sum(day => day.MatchedThen), comparison.Days.Sum(day => day.MessagesThen), comparison.RepeatsThen)
            .ShouldBe((3, 2, 1));
    }

    private static TimeOnly At(TimeProvider time, double hours) => TimeOnly.ParseExact(
        time.GetUtcNow().AddHours(hours).ToString("HH:mm", CultureInfo.InvariantCulture), "HH:mm", CultureInfo.InvariantCulture);

    private static async Task<SimulatedComparison> CompareAsync(
        NotifyAdminApp app, ChannelKey channel, TimeSpan? interval, DeliveryPolicy policy) =>
        (await app.Services.GetRequiredService<SimulationService>().CompareAsync(
            new SimulatedChange(channel, _ => true, _ => true, true, interval, policy), 7, TimeZoneInfo.Utc, Viewer, Token))!;

    private static Task<IReadOnlyList<Delivery>> SentAsync(NotifyAdminApp app, int count) =>
        app.WaitForDeliveriesAsync(all => all.Count(d => d.State == DeliveryState.Sent) == count);

    private static async Task PostAsync(NotifyAdminApp app, string type, string level, string title) =>
        (await app.PostEventAsync($"sas-event-{type}", new { item_level = level, title, asset = "web-01" })).EnsureSuccessStatusCode();

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider, TimeProvider time) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Provider = provider,
            WithSandbox = true,
            Configuration = new Dictionary<string, string> { ["Delivery:SlackPerSecond"] = "0" },
            Services = services => services.Replace(ServiceDescriptor.Singleton(time)),
        });
}
