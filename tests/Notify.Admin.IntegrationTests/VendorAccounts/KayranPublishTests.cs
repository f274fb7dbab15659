using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.Testing;
using Notify.Admin.VendorAccounts;
using VendorClient = Notify.Admin.VendorAccounts.VendorClient;

namespace Notify.Admin.IntegrationTests.VendorAccounts;

/// <summary>Slack integrations of one product, published at Kayran, for which another one stands.</summary>
public class KayranPublishTests
{
    private const string Token = "xoxb-111-222-published-0001";

    private static readonly Actor Admin = new(null, "admin@example.test", Roles.Admin, "test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Publish_Integration_IsThereAsItIsHere(DatabaseProvider provider)
    {
        await using var vendor = await NotifyAdminApp.StartAsync();
        await using var app = await vendor.StartCustomerAsync(provider);
        var channel = await AddLinkedAsync(app, vendor, integration =>
        {
            (integration.SlackAvgThreat, integration.SlackNotify) = (SlackAvgThreat.Medium, false);
            (integration.SlackCompleteAborted, integration.SlackPause) = (true, true);
        });

        var plan = (await app.Publishing().PlanAsync(channel, Admin, Stop)).Plan!;
        var isTaken = await app.Publishing().ApplyAsync(channel, plan.Basis, Admin, Stop);

        plan.Steps.ShouldBe([PublishStep.Create]);
        isTaken.ShouldBeTrue();
        var there = (await ThereAsync(vendor)).ShouldHaveSingleItem();
        (there.ChannelId, there.SlackAvgThreat, there.Token!.LastFour).ShouldBe(("C0SCANS0001", SlackAvgThreat.Medium, Token[^4..]));
        there.ToSwitches().ShouldBe((await HereAsync(app, channel)).ToSwitches());
        await StandsAsync(app, channel, PublishStanding.InSync);
        (await app.Publishing().PlanAsync(channel, Admin, Stop)).Plan!.Steps.ShouldBeEmpty();
        (await app.AuditActionsAsync()).Count(action => action == "slack-integration.publish").ShouldBe(1);
        (await app.Services.GetRequiredService<VendorAccountService>().FindAsync(1, Admin, Stop))!.CheckCode.ShouldBe("ok");
    }

    [Fact]
    public async Task Publish_ChangedHere_SaysFieldByFieldAgainstWhatWasLastPublished()
    {
        await using var vendor = await NotifyAdminApp.StartAsync();
        await using var app = await vendor.StartCustomerAsync();
        var channel = await AddLinkedAsync(app, vendor);
        await PublishAsync(app, channel);
        // Nobody can see that from here.
        await vendor.EditSlackIntegrationAsync(1, integration => integration.SlackStop = true);
        await StandsAsync(app, channel, PublishStanding.InSync);
        await app.EditSlackIntegrationAsync(channel.Id, integration =>
        {
            integration.IsOn = false;
            integration.Token = app.Services.GetRequiredService<SecretProtector>().Protect("xoxb-111-222-another-0001");
        });
        await StandsAsync(app, channel, PublishStanding.ChangedHere);

        var plan = (await app.Publishing().PlanAsync(channel, Admin, Stop)).Plan!;
        await app.Publishing().ApplyAsync(channel, plan.Basis, Admin, Stop);

        // The tokens end alike; their fingerprints do not.
        plan.Changes.Select(change => change.Field).ShouldBe(["slackToken", "slackNotify"]);
        plan.IsSecretKnown.ShouldBeFalse();
        (await ThereAsync(vendor)).ShouldHaveSingleItem().ToSwitches().AnySwitch.ShouldBeFalse();
        await StandsAsync(app, channel, PublishStanding.InSync);
    }

    [Fact]
    public async Task Publish_AnotherSlackChannel_LeavesNothingOnBehind()
    {
        await using var vendor = await NotifyAdminApp.StartAsync();
        await using var app = await vendor.StartCustomerAsync();
        var channel = await AddLinkedAsync(app, vendor);
        await PublishAsync(app, channel);
        await app.EditSlackIntegrationAsync(channel.Id, integration => integration.ChannelId = "C0SCANS0002");

        var plan = (await app.Publishing().PlanAsync(channel, Admin, Stop)).Plan!;
        await app.Publishing().ApplyAsync(channel, plan.Basis, Admin, Stop);

        plan.Steps.ShouldBe([PublishStep.Leave, PublishStep.Create]);
        (await ThereAsync(vendor)).Select(there => (there.ChannelId, there.SlackNotify))
            .ShouldBe([("C0SCANS0001", false), ("C0SCANS0002", true)], ignoreOrder: true);
        await StandsAsync(app, channel, PublishStanding.InSync);
    }

    [Fact]
    public async Task Remove_Published_SwitchesEverythingOffThere()
    {
        await using var vendor = await NotifyAdminApp.StartAsync();
        await using var app = await vendor.StartCustomerAsync();
        var channel = await AddLinkedAsync(app, vendor);
        await PublishAsync(app, channel);

        (await app.Publishing().RemoveAsync(channel, Admin, Stop)).ShouldBeTrue();

        (await ThereAsync(vendor)).ShouldHaveSingleItem().ToSwitches().AnySwitch.ShouldBeFalse();
        (await app.Publishing().FindAsync(channel, Admin, Stop)).ShouldBeNull();
        (await HereAsync(app, channel)).SlackNotify.ShouldBeTrue();
    }

    [Fact]
    public async Task Publish_KeyIsRefused_FailsWithKayransWords_AndTheAccountSaysIt()
    {
        await using var vendor = await NotifyAdminApp.StartAsync();
        await using var app = await vendor.StartCustomerAsync();
        var channel = await AddLinkedAsync(app, vendor, apiKey: "nak_a-key-that-nobody-knows-0123456789");

        await PublishAsync(app, channel);

        var last = (await app.Publishing().FindAsync(channel, Admin, Stop))!.Last!;
        (last.State, last.Code, last.Detail).ShouldBe((PublishState.Failed, "Kayran.10", "Not valid apiKey"));
        (await ThereAsync(vendor)).ShouldBeEmpty();
        (await app.Services.GetRequiredService<VendorAccountService>().FindAsync(1, Admin, Stop))!.CheckCode.ShouldBe("Kayran.10");
    }

    [Fact]
    public async Task Check_Account_SaysThatKayranAnswersAndChangesNothing()
    {
        await using var vendor = await NotifyAdminApp.StartAsync();
        await using var app = await vendor.StartCustomerAsync();
        var account = await app.AddKayranAccountAsync(vendor);

        var asked = (await app.Services.GetRequiredService<VendorAccountService>().CheckAsync(account.Id, Admin, Stop))!;

        (asked.CheckCode, asked.CheckDetail).ShouldBe(("reached", "Missing channelId"));
        (await ThereAsync(vendor)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Link_AccountOfTheOtherVendor_IsRefused()
    {
        await using var vendor = await NotifyAdminApp.StartAsync();
        await using var app = await vendor.StartCustomerAsync();
        var account = await app.AddAccountAsync(vendor);
        var id = await app.AddSlackIntegrationAsync("C0SCANS0001");

        (await app.Publishing().LinkAsync(new ChannelKey(ChannelKind.Slack, id), account.Id, Admin, Stop)).ShouldBeFalse();
        (await app.Publishing().ListAccountsAsync(ChannelKind.Slack, Admin, Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Publish_KilledAtEveryCall_EndsWithBothChannelsAsTheyAreHere()
    {
        var kills = new Kills();
        var time = new SteppedTime();
        await using var vendor = await NotifyAdminApp.StartAsync(new() { Time = time });
        await using var app = await vendor.StartCustomerAsync(settings: new()
        {
            Time = time,
            Services = services => services.AddHttpClient<VendorClient>().AddHttpMessageHandler(() => new KilledCalls(kills)),
        });
        await app.AddKayranAccountAsync(vendor);
        // Moving to another channel takes two calls.
        for (var at = 1; at <= 2; at++)
        {
            foreach (var after in new[] { false, true })
            {
                var (first, second) = ($"C0FIRST{at}{after}".ToUpperInvariant(), $"C0SECOND{at}{after}".ToUpperInvariant());
                var channel = await AddAsync(app, first, null);
                await app.Publishing().LinkAsync(channel, 1, Admin, Stop);
                await PublishAsync(app, channel);
                await app.EditSlackIntegrationAsync(channel.Id, integration => integration.ChannelId = second);
                kills.Arm(at, after);
                await Should.ThrowAsync<KilledException>(() => PublishAsync(app, channel));

                kills.Disarm();
                var links = app.Services.GetRequiredService<ChannelLinkStore>();
                // Orders that are left open are looked for every ten seconds.
                time.Advance(TimeSpan.FromSeconds(10));
                await Eventually.HoldsAsync(async () => (await links.ListOpenAsync(Stop)).Count == 0, TimeSpan.FromMinutes(2));

                (await ThereAsync(vendor)).Where(there => there.ChannelId == first || there.ChannelId == second)
                    .Select(there => (there.ChannelId, there.SlackNotify)).ShouldBe([(first, false), (second, true)], ignoreOrder: true);
                await StandsAsync(app, channel, PublishStanding.InSync);
            }
        }
    }

    private static async Task<ChannelKey> AddLinkedAsync(NotifyAdminApp app, NotifyAdminApp vendor,
        Action<SlackIntegration>? shape = null, string apiKey = NotifyAdminSettings.ApiKey)
    {
        var account = await app.AddKayranAccountAsync(vendor, apiKey);
        var channel = await AddAsync(app, "C0SCANS0001", shape);
        (await app.Publishing().LinkAsync(channel, account.Id, Admin, Stop)).ShouldBeTrue();
        return channel;
    }

    private static async Task<ChannelKey> AddAsync(NotifyAdminApp app, string channelId, Action<SlackIntegration>? shape) =>
        new(ChannelKind.Slack, await app.AddSlackIntegrationAsync(channelId, shape, Token));

    private static async Task PublishAsync(NotifyAdminApp app, ChannelKey channel)
    {
        var plan = (await app.Publishing().PlanAsync(channel, Admin, Stop)).Plan!;
        (await app.Publishing().ApplyAsync(channel, plan.Basis, Admin, Stop)).ShouldBeTrue();
    }

    private static async Task StandsAsync(NotifyAdminApp app, ChannelKey channel, PublishStanding standing)
    {
        var view = (await app.Publishing().FindAsync(channel, Admin, Stop))!;
        view.Standing.ShouldBe(standing, view.Last?.Code);
    }

    private static async Task<SlackIntegration> HereAsync(NotifyAdminApp app, ChannelKey channel) =>
        (await app.Services.GetRequiredService<SlackIntegrationStore>().FindAsync(channel.Id, Stop))!;

    private static Task<IReadOnlyList<SlackIntegration>> ThereAsync(NotifyAdminApp vendor) =>
        vendor.Services.GetRequiredService<SlackIntegrationStore>().ListAsync(Stop);
}
