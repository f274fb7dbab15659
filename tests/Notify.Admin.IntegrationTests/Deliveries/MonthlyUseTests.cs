using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Deliveries;

/// <summary>What is counted against a plan's monthly limit, and when it is said that it will not be enough.</summary>
public sealed class MonthlyUseTests
{
    private static readonly Actor Viewer = new("u1", "viewer@example.test", Roles.Viewer, "tests");
    private static readonly ChannelKey One = new(ChannelKind.DingTalk, 1);
    private static readonly ChannelKey Two = new(ChannelKind.DingTalk, 2);
    private static readonly DateTimeOffset Now = new(2026, 9, 11, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Find_CountsWhatWasAcceptedInTheMonth_OfTheKindAlone(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider, limit: 5);
        var seed = Seed(app);
        await SendAsync(seed, One, Now.AddDays(-2), AttemptOutcome.Failed, AttemptOutcome.Accepted);
        await SendAsync(seed, One, Now.AddDays(-9), AttemptOutcome.Accepted);
        await SendAsync(seed, Two, Now.AddDays(-3), AttemptOutcome.Accepted);
        await SendAsync(seed, Two, Now.AddDays(-1), AttemptOutcome.Unknown);
        // Half an hour before September in UTC; in China it had begun.
        await SendAsync(seed, Two, Now.AddDays(-10).AddMinutes(-30), AttemptOutcome.Accepted);
        await SendAsync(seed, new ChannelKey(ChannelKind.Slack, 1), Now.AddDays(-1), AttemptOutcome.Accepted);

        var utc = await FindAsync(app, TimeZoneInfo.Utc);
        var china = await FindAsync(app, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));

        (utc!.Used, utc.UsedBy(One), utc.UsedBy(Two)).ShouldBe((3, 2, 1));
        (china!.Used, china.UsedBy(Two)).ShouldBe((4, 2));
        utc.PerDay.ShouldBe(2 / 7d, 0.001);
        utc.CountedFrom.ShouldBeNull();
        (await Service(app).FindAsync(ChannelKind.Slack, TimeZoneInfo.Utc, Viewer, Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task Find_WithoutALimit_CountsNothing()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite, limit: 0);

        (await FindAsync(app, TimeZoneInfo.Utc)).ShouldBeNull();
        (await AttentionAsync(app)).ShouldBeEmpty();
    }

    [Theory, DatabaseData]
    public async Task Attention_AForecastAboveTheLimit_NamesTheBusiest_AndLeadsThere(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider, limit: 5);
        var seed = Seed(app);
        await SendAsync(seed, Two, Now.AddDays(-2), AttemptOutcome.Accepted);
        await SendAsync(seed, Two, Now.AddDays(-1), AttemptOutcome.Accepted);
        await SendAsync(seed, One, Now.AddDays(-7).AddMinutes(1), AttemptOutcome.Accepted);

        // 3 in 7 days, and 20 of the month are left.
        var notice = (await AttentionAsync(app)).ShouldHaveSingleItem();

        notice.Sentence.ShouldStartWith("DingTalk's monthly limit will be used up on ");
        notice.Text!.ShouldStartWith("3 of 5 messages used in ");
        notice.Text!.ShouldContain("Most by on-call (2), sec-ops (1).");
        notice.Href.ShouldBe("dingtalk/chatbots/2?tab=activity");
        notice.IsUrgent.ShouldBeFalse();
    }

    [Fact]
    public async Task Attention_EnoughForTheMonth_IsQuiet_AndUsedUpIsUrgent()
    {
        await using var enough = await StartAsync(DatabaseProvider.Sqlite, limit: 100);
        await SendAsync(Seed(enough), One, Now.AddDays(-2), AttemptOutcome.Accepted);
        await using var usedUp = await StartAsync(DatabaseProvider.Sqlite, limit: 1);
        await SendAsync(Seed(usedUp), One, Now.AddDays(-9), AttemptOutcome.Accepted);

        (await AttentionAsync(enough)).ShouldBeEmpty();
        var notice = (await AttentionAsync(usedUp)).ShouldHaveSingleItem();
        (notice.Sentence, notice.IsUrgent).ShouldBe(("DingTalk's monthly limit is used up", true));
    }

    private static async Task SendAsync(ActivitySeed seed, ChannelKey channel, DateTimeOffset at, params AttemptOutcome[] outcomes) =>
        await seed.MessageAsync([await seed.DeliveryAsync(channel: channel, at: at)],
            [.. outcomes.Select(outcome => (outcome, outcome == AttemptOutcome.Accepted ? "0" : "-1"))]);

    private static ActivitySeed Seed(NotifyAdminApp app) =>
        new(app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>()) { Now = Now };

    private static Task<MonthlyUse?> FindAsync(NotifyAdminApp app, TimeZoneInfo zone) =>
        Service(app).FindAsync(ChannelKind.DingTalk, zone, Viewer, Stop);

    private static Task<IReadOnlyList<Attention>> AttentionAsync(NotifyAdminApp app)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        return new MonthlyUseAttention(Service(app), app.Services.GetRequiredService<ChannelDirectory>(),
            app.Services.GetRequiredService<IStringLocalizer<DeliveriesText>>()).ListAsync(Stop);
    }

    private static MonthlyUseService Service(NotifyAdminApp app) => new(
        app.Services.GetRequiredService<MonthlyUseStore>(), app.Services.GetRequiredService<IOptionsMonitor<PacingOptions>>(),
        app.Services.GetRequiredService<IOptionsMonitor<RetentionOptions>>(), new Standing());

    // Without the workers, what was written stays as it is.
    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider, int limit)
    {
        var dingTalk = new PretendChannel(ChannelKind.DingTalk);
        dingTalk.Channels.AddRange([new ChannelName(One, "sec-ops", true), new ChannelName(Two, "on-call", true)]);
        return NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Provider = provider,
            Configuration = new Dictionary<string, string>
            {
                ["Delivery:DingTalkPerMonth"] = limit.ToString(CultureInfo.InvariantCulture),
                ["Retention:Days"] = "3650",
            },
            Services = services =>
            {
                services.Remove(services.Single(s => s.ServiceType == typeof(IHostedService)
                    && s.ImplementationType == typeof(DeliveryWorker)));
                services.RemoveAll<IChannel>();
                services.AddSingleton<IChannel>(dingTalk);
            },
        });
    }

    private sealed class Standing : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
