using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Notify.Admin.Bell;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Bell;

public class BellTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Get_ChannelsThatAreNotWell_AreOneNoticeForEachCause_AndLeadThere(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var now = TimeProvider.System.GetUtcNow();
        await AddLanesAsync(app, Lane(1, ChannelCondition.NeedsAttention, "token_revoked", now.AddHours(-1)),
            Lane(2, ChannelCondition.NeedsAttention, "not_in_channel", now.AddHours(-3)),
            Lane(3, ChannelCondition.NeedsAttention, "not_in_channel", now.AddHours(-2)),
            // Off; a passing trouble; gone.
            Lane(4, ChannelCondition.NeedsAttention, "not_in_channel", now), Lane(5, ChannelCondition.Failing, "timeout", now),
            Lane(6, ChannelCondition.NeedsAttention, "not_in_channel", now));

        var view = await app.Services.GetRequiredService<BellService>().GetAsync(await app.AdminActorAsync(), Stop);

        view.Notices.Select(notice => (notice.Sentence, notice.Href, notice.Code)).ShouldBe(
        [
            ("c1 needs attention", "slack/integrations/1?tab=activity", "token_revoked"),
            ("2 channels need attention", "slack/integrations?state=needsattention", "not_in_channel"),
        ]);
        view.Notices[1].Text.ShouldBe("not_in_channel means not_in_channel mend");
        view.Notices.ShouldAllBe(notice => view.Seen.IsNew(notice));
    }

    [Theory, DatabaseData]
    public async Task See_IsKeptForThePerson_AndToldToTheirOtherPages(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        await AddLanesAsync(app, Lane(1, ChannelCondition.NeedsAttention, "not_in_channel", TimeProvider.System.GetUtcNow()));
        var bell = app.Services.GetRequiredService<BellService>();
        var admin = await app.AdminActorAsync();
        var viewer = new Actor("u1", "viewer@example.test", Roles.Viewer, "tests");
        var notices = (await bell.GetAsync(admin, Stop)).Notices;
        SeenNotices? told = null, toldOthers = null;
        using var mine = bell.Watch(admin, _ => { }, seen => told = seen);
        using var theirs = bell.Watch(viewer, _ => { }, seen => toldOthers = seen);

        await bell.SeeAsync(notices, admin, Stop);

        (await bell.GetAsync(admin, Stop)).Seen.IsNew(notices[0]).ShouldBeFalse();
        await Eventually.HoldsAsync(() => Task.FromResult(told?.IsNew(notices[0]) == false), Patience);
        (await bell.GetAsync(viewer, Stop)).Seen.IsNew(notices[0]).ShouldBeTrue("somebody else has looked");
        toldOthers.ShouldBeNull();
    }

    [Fact]
    public async Task See_OnOneInstance_ReachesThePagesOfAnother()
    {
        Assert.SkipWhen(TestDatabase.PostgresServer is null, $"{TestDatabase.PostgresVariable} is not set");
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.PostgreSql);
        await using var here = await StartAsync(database);
        await using var there = await StartAsync(database);
        await AddLanesAsync(here, Lane(1, ChannelCondition.NeedsAttention, "not_in_channel", TimeProvider.System.GetUtcNow()));
        var admin = await here.AdminActorAsync();
        var viewer = new Actor("u1", "viewer@example.test", Roles.Viewer, "tests");
        var (mine, others) = (new List<SeenNotices>(), 0);
        var bell = there.Services.GetRequiredService<BellService>();
        using var page = bell.Watch(admin, _ => { }, mine.Add);
        using var second = bell.Watch(viewer, _ => { }, _ => others++);

        var seen = await here.Services.GetRequiredService<BellService>().SeeAsync(
            (await bell.GetAsync(admin, Stop)).Notices, admin, Stop);

        await Eventually.HoldsAsync(() => Task.FromResult(mine.Count > 0), Patience);
        mine[^1].ToText().ShouldBe(seen.ToText());
        mine[^1].Marks.ShouldHaveSingleItem();
        others.ShouldBe(0, "somebody else has looked");
    }

    [Fact]
    public async Task Get_WhatOnlyAdminsMayDealWith_SaysSo()
    {
        var source = new CountedSource
        {
            Notices = [new Attention("Work fails", null, null, "settings", null, IsUrgent: true) { Policy = Policies.Administer }],
        };
        await using var app = await StartAsync(DatabaseProvider.Sqlite, source);

        var view = await app.Services.GetRequiredService<BellService>().GetAsync(await app.AdminActorAsync(), Stop);

        view.Notices.Single(notice => notice.Href == "settings").Policy.ShouldBe(Policies.Administer);
    }

    [Fact]
    public async Task Watch_ByTwoHundredPages_IsReadOnceForAll()
    {
        var source = new CountedSource();
        await using var app = await StartAsync(DatabaseProvider.Sqlite, source);
        var bell = app.Services.GetRequiredService<BellService>();
        var admin = await app.AdminActorAsync();
        var told = new int[200];
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        var pages = Enumerable.Range(0, told.Length).Select(page => bell.Watch(admin, notices => told[page] = notices.Count, _ => { }))
            .ToList();
        await Task.WhenAll(pages.Select(_ => bell.GetAsync(admin, Stop)));
        source.Reads.ShouldBeLessThan(20);

        source.Notices = [new Attention("Something is the matter", null, null, "settings", null, IsUrgent: true)];
        app.Services.GetRequiredService<ChangeFeed>().Announce(ChangeAreas.Settings);
        await Eventually.HoldsAsync(() => Task.FromResult(told.All(count => count == 1)), Patience);

        var reads = source.Reads;
        reads.ShouldBeLessThan(20, "it is read for the instance, not for each page");
        pages.ForEach(page => page.Dispose());
        source.Notices = [];
        app.Services.GetRequiredService<ChangeFeed>().Announce(ChangeAreas.Settings);
        (await bell.GetAsync(admin, Stop)).Notices.Count.ShouldBeLessThanOrEqualTo(1);
        told.ShouldAllBe(count => count == 1, "a page that is gone is told nothing");
    }

    private static ChannelLane Lane(int id, ChannelCondition condition, string code, DateTimeOffset since) => new()
    {
        Id = ChannelLane.IdOf(new ChannelKey(ChannelKind.Slack, id)),
        ChannelKind = ChannelKind.Slack,
        ChannelId = id,
        Condition = condition,
        LastCode = code,
        FailingSince = since,
    };

    private static async Task AddLanesAsync(NotifyAdminApp app, params IReadOnlyList<ChannelLane> lanes)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        context.ChannelLanes.AddRange(lanes);
        await context.SaveChangesAsync(Stop);
    }

    // Without the worker, what was written stays as it is.
    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider, IAttentionSource? source = null) =>
        StartAsync(new NotifyAdminSettings { Provider = provider }, source);

    private static Task<NotifyAdminApp> StartAsync(TestDatabase database) =>
        StartAsync(new NotifyAdminSettings { Provider = DatabaseProvider.PostgreSql, Database = database }, null);

    private static Task<NotifyAdminApp> StartAsync(NotifyAdminSettings settings, IAttentionSource? source)
    {
        var slack = new PretendChannel(ChannelKind.Slack);
        slack.Channels.AddRange(Enumerable.Range(1, 5)
            .Select(id => new ChannelName(new ChannelKey(ChannelKind.Slack, id), $"c{id}", id != 4)));
        return NotifyAdminApp.StartAsync(settings with
        {
            Services = services =>
            {
                services.Remove(services.Single(s => s.ServiceType == typeof(IHostedService)
                    && s.ImplementationType == typeof(DeliveryWorker)));
                services.RemoveAll<IChannel>();
                services.AddSingleton<IChannel>(slack);
                if (source is not null)
                {
                    services.AddSingleton(source);
                }
            },
        });
    }

    private sealed class CountedSource : IAttentionSource
    {
        private int _reads;

        public int Reads => _reads;

        public IReadOnlyList<Attention> Notices { get; set; } = [];

        public Task<IReadOnlyList<Attention>> ListAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _reads);
            return Task.FromResult(Notices);
        }
    }
}
