using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.DingTalk;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.ChannelPages;

/// <summary>The lists of channels are narrowed, sorted and paged by the database, alike in each.</summary>
public sealed class ChannelListTests
{
    private static readonly ConfigList Logons =
        ConfigList.Create(new AlertRule("sas-event-suspicious", new ConfigItem(Vocabulary.EventType, "Unusual logon"))).List!;

    private static readonly Actor Viewer = new("u1", "viewer@example.test", Roles.Viewer, "tests");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task List_Searched_FindsEveryWord_WhateverCaseAndAccents(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        await AddAsync(app, "C0ZOE00001", "Zoë’s ÉTÉ pager");
        await AddAsync(app, "C0zoe00001", "Other");
        await AddAsync(app, "C0WIDE0001", "ＡＢＣ　告警 50%_off");
        await app.EditSlackIntegrationAsync(await AddAsync(app, "C0NAMED001", "Named"), slack => slack.ChannelName = "sec-alerts");

        (await NamesAsync(app, "zoe ete")).ShouldBe(["Zoë’s ÉTÉ pager"]);
        (await NamesAsync(app, "c0ZOE00001")).ShouldBe(["Other", "Zoë’s ÉTÉ pager"]);
        (await NamesAsync(app, "abc 告警")).ShouldBe(["ＡＢＣ　告警 50%_off"]);
        (await NamesAsync(app, "%_")).ShouldBe(["ＡＢＣ　告警 50%_off"]);
        (await NamesAsync(app, "#SEC-alerts")).ShouldBe(["Named"]);
        (await NamesAsync(app, "zoe nothing")).ShouldBeEmpty();
    }

    [Theory, DatabaseData]
    public async Task List_OfChatbots_IsSearchedByWhatTheyHear_InBothLanguages_AndByGroup(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        await app.AddChatbotAsync("one", change => change with { Name = "Logons", Rules = Logons, GroupIds = ["7"] });
        await app.AddChatbotAsync("two", change => change with { Name = "Nothing", Rules = ConfigList.Empty });
        var status = app.Services.GetRequiredService<ChatbotStatusService>();

        async Task<IEnumerable<string>> Find(string search) =>
            (await status.ListAsync(new ChannelListQuery(search), Viewer, Stop)).Items.Select(item => item.Name);

        (await Find("unusual LOGON")).ShouldBe(["Logons"]);
        (await Find("异常登录")).ShouldBe(["Logons"]);
    }

    [Theory, DatabaseData]
    public async Task List_IsFilteredAndSortedByHowSendingGoes(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var well = await AddAsync(app, "C0A", "a well");
        var held = await AddAsync(app, "C0B", "b held");
        var failing = await AddAsync(app, "C0C", "c failing");
        await AddAsync(app, "C0D", "D off", isOn: false);
        await LaneAsync(app, well, ChannelCondition.Ok, tested: 2);
        await LaneAsync(app, held, ChannelCondition.NeedsAttention, tested: 1);
        await LaneAsync(app, failing, ChannelCondition.Failing, tested: null);

        (await NamesAsync(app, filter: ChannelFilter.NeedsAttention)).ShouldBe(["b held"]);
        (await NamesAsync(app, filter: ChannelFilter.Failing)).ShouldBe(["c failing"]);
        (await NamesAsync(app, filter: ChannelFilter.Off)).ShouldBe(["D off"]);
        (await NamesAsync(app, filter: ChannelFilter.On)).ShouldBe(["a well", "b held", "c failing"]);
        (await NamesAsync(app, filter: ChannelFilter.NeverTested)).ShouldBe(["c failing", "D off"]);
        (await NamesAsync(app, sort: ChannelSort.Health, descending: true)).ShouldBe(["b held", "c failing", "a well", "D off"]);
        (await NamesAsync(app, sort: ChannelSort.Name, descending: true)).ShouldBe(["D off", "c failing", "b held", "a well"]);
        (await NamesAsync(app, sort: ChannelSort.Switch))[0].ShouldBe("D off");
        (await NamesAsync(app, filter: ChannelFilter.On, sort: ChannelSort.LastTest, descending: true))
            .ShouldBe(["a well", "b held", "c failing"], "what was never tested comes last in every store");
    }

    [Theory, DatabaseData]
    public async Task List_OfManyPages_ReadsOne_AndCountsAll(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var protector = app.Services.GetRequiredService<SecretProtector>();
        await using (var context = await ContextAsync(app))
        {
            context.SlackIntegrations.AddRange(Enumerable.Range(0, 65).Select(i => new SlackIntegration
            {
                Name = $"Integration {i:d2}", ChannelId = $"C0{i:d8}", Token = protector.Protect("xoxb-1"), SlackNotify = i % 2 == 0,
            }));
            await context.SaveChangesAsync(Stop);
        }

        var service = app.Services.GetRequiredService<SlackIntegrationService>();
        var last = await service.ListAsync(new ChannelListQuery(Page: 3), Viewer, Stop);

        (last.Matching, last.Total).ShouldBe((65, 65));
        last.Items.Select(item => item.Name).ShouldBe(Enumerable.Range(60, 5).Select(i => $"Integration {i:d2}"));
        var narrowed = await service.ListAsync(new ChannelListQuery("integration 1"), Viewer, Stop);
        (narrowed.Matching, narrowed.Total).ShouldBe((16, 65), "1, 10 to 19, 21, 31, 41, 51, 61: every word anywhere");
        (await service.ListNamesAsync(new ChannelListQuery("integration 1"), Viewer, Stop)).Count.ShouldBe(16);
        (await service.ListAsync(new ChannelListQuery(Page: 9), Viewer, Stop)).Items.ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(NotifyAdminApp app, string? search = null,
        ChannelFilter filter = default, ChannelSort sort = default, bool descending = false) =>
        [.. (await app.Services.GetRequiredService<SlackIntegrationService>()
            .ListAsync(new ChannelListQuery(search, filter, sort, descending), Viewer, Stop)).Items.Select(item => item.Name)];

    private static Task<int> AddAsync(NotifyAdminApp app, string channelId, string name, bool isOn = true) =>
        app.AddSlackIntegrationAsync(channelId, slack => (slack.Name, slack.IsOn) = (name, isOn));

    private static async Task LaneAsync(NotifyAdminApp app, int id, ChannelCondition condition, int? tested)
    {
        await using var context = await ContextAsync(app);
        var key = new ChannelKey(ChannelKind.Slack, id);
        await context.ChannelLanes.Where(lane => lane.Id == ChannelLane.IdOf(key)).ExecuteDeleteAsync(Stop);
        context.ChannelLanes.Add(new ChannelLane
        {
            Id = ChannelLane.IdOf(key), ChannelKind = key.Kind, ChannelId = id, Condition = condition,
            // As of the channel's first version: what was not edited since is not tried again.
            AttentionRevision = condition == ChannelCondition.NeedsAttention ? 1 : null,
            LastTestAt = tested is { } hour ? DateTimeOffset.UnixEpoch.AddHours(hour) : null,
        });
        await context.SaveChangesAsync(Stop);
    }

    private static Task<NotifyDbContext> ContextAsync(NotifyAdminApp app) =>
        app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, WithSandbox = true });
}
