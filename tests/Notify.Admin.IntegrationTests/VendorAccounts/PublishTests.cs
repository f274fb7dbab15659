using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Admin.VendorAccounts;
using Notify.Sandbox.DingTalk;
using VendorClient = Notify.Admin.VendorAccounts.VendorClient;

namespace Notify.Admin.IntegrationTests.VendorAccounts;

/// <summary>Chatbots of one product, published at Security Center, for which another one stands.</summary>
public class PublishTests
{
    private static readonly Actor Admin = new(null, "admin@example.test", Roles.Admin, "test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Publish_NewChatbot_IsThereAsItIsHere(DatabaseProvider provider)
    {
        await using var vendor = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        await using var app = await StartAsync(vendor, provider);
        var id = await AddLinkedAsync(app, vendor, chatbot => chatbot with
        {
            Name = "生产 告警*~", IntervalMinutes = 30, Language = DingTalkLanguage.En, GroupIds = ["7", "10417151"], IsOn = false,
        });

        var plan = (await app.Publishing().PlanAsync(KeyOf(id), Admin, Stop)).Plan!;
        var isTaken = await app.Publishing().ApplyAsync(KeyOf(id), plan.Basis, Admin, Stop);

        plan.Steps.ShouldBe([PublishStep.Create, PublishStep.Switch]);
        isTaken.ShouldBeTrue();
        var there = (await ThereAsync(vendor)).ShouldHaveSingleItem();
        var here = (await app.Chatbots().FindAsync(id, Admin, Stop))!;
        (there.Name, there.IntervalMinutes, there.Language, there.IsOn).ShouldBe(("生产 告警*~", 30, DingTalkLanguage.En, false));
        (there.ConfigList, there.MaskedUrl).ShouldBe((here.ConfigList, here.MaskedUrl));
        GroupIds.Read(there.GroupIdList).ShouldBe(["7", "10417151"], ignoreOrder: true);
        await StandsAsync(app, id, PublishStanding.InSync);
        (await app.Publishing().PlanAsync(KeyOf(id), Admin, Stop)).Plan!.Steps.ShouldBeEmpty();
        (await app.AuditEntriesAsync()).Count(entry => entry.Action == "dingtalk-chatbot.publish").ShouldBe(1);
    }

    [Fact]
    public async Task Publish_ChangedHere_SaysFieldByFieldAndChangesThat()
    {
        await using var vendor = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        await using var app = await StartAsync(vendor);
        var id = await AddLinkedAsync(app, vendor);
        await PublishAsync(app, id);
        await app.EditChatbotAsync(id, change => change with
        {
            Name = "Renamed", IntervalMinutes = 5, IsOn = false, Webhook = app.Sandbox.RobotUrl(RobotSeeds.SignedToken).AbsoluteUri,
        });
        await StandsAsync(app, id, PublishStanding.ChangedHere);

        var plan = (await app.Publishing().PlanAsync(KeyOf(id), Admin, Stop)).Plan!;
        await app.Publishing().ApplyAsync(KeyOf(id), plan.Basis, Admin, Stop);

        plan.Changes.Select(change => change.Field).ShouldBe(["name", "url", "intervalTime", "status"]);
        var there = (await ThereAsync(vendor)).ShouldHaveSingleItem();
        (there.Name, there.IntervalMinutes, there.IsOn).ShouldBe(("Renamed", 5, false));
        there.MaskedUrl.ShouldEndWith(RobotSeeds.SignedToken[^4..]);
        await StandsAsync(app, id, PublishStanding.InSync);
    }

    [Fact]
    public async Task Drift_ChangedThere_IsSeenAndAcceptedOrRestored()
    {
        var time = new SteppedTime();
        await using var vendor = await NotifyAdminApp.StartAsync(new() { WithSandbox = true, Time = time });
        await using var app = await vendor.StartCustomerAsync(settings: new() { Sandbox = vendor.Sandbox, Time = time });
        var id = await AddLinkedAsync(app, vendor);
        await PublishAsync(app, id);
        await vendor.EditChatbotAsync(1, change => change with { Name = "By the console", Rules = ConfigList.Empty });

        time.Advance(PublishWork.DriftEvery);
        await Eventually.HoldsAsync(async () =>
            (await app.Publishing().FindAsync(KeyOf(id), Admin, Stop))!.Standing == PublishStanding.Drifted, TimeSpan.FromMinutes(1));
        (await app.Services.GetRequiredService<PublishedChannels>().ListAsync(Stop)).ShouldHaveSingleItem().Href
            .ShouldBe($"dingtalk/chatbots/{id}?tab=destination");
        (await app.Publishing().AcceptAsync(KeyOf(id), Admin, Stop)).ShouldBeTrue();

        var here = (await app.Chatbots().FindAsync(id, Admin, Stop))!;
        (here.Name, here.ConfigList).ShouldBe(("By the console", "[]"));
        await StandsAsync(app, id, PublishStanding.InSync);

        await vendor.EditChatbotAsync(1, change => change with { Name = "Again by the console" });
        await PublishAsync(app, id);

        (await ThereAsync(vendor)).ShouldHaveSingleItem().Name.ShouldBe("By the console");
        await StandsAsync(app, id, PublishStanding.InSync);
    }

    [Fact]
    public async Task Drift_AcceptedBesideAnEditHere_KeepsTheEditToPublish()
    {
        await using var vendor = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        await using var app = await StartAsync(vendor);
        var id = await AddLinkedAsync(app, vendor);
        await PublishAsync(app, id);
        await app.EditChatbotAsync(id, change => change with { Name = "Renamed here", IntervalMinutes = 15 });
        await vendor.EditChatbotAsync(1, change => change with { Language = DingTalkLanguage.En });
        await app.Publishing().PlanAsync(KeyOf(id), Admin, Stop);
        await StandsAsync(app, id, PublishStanding.Drifted);

        (await app.Publishing().AcceptAsync(KeyOf(id), Admin, Stop)).ShouldBeTrue();

        var here = (await app.Chatbots().FindAsync(id, Admin, Stop))!;
        (here.Name, here.IntervalMinutes, here.Language).ShouldBe(("Renamed here", 15, DingTalkLanguage.En));
        await StandsAsync(app, id, PublishStanding.ChangedHere);
        (await app.Publishing().PlanAsync(KeyOf(id), Admin, Stop)).Plan!.Changes.Select(change => change.Field)
            .ShouldBe(["name", "intervalTime"]);
    }

    [Fact]
    public async Task Drift_AnotherRobotThere_CannotBeAcceptedAndStaysInSight()
    {
        await using var vendor = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        await using var app = await StartAsync(vendor);
        var id = await AddLinkedAsync(app, vendor);
        await PublishAsync(app, id);
        await vendor.EditChatbotAsync(1, change => change with
        {
            Webhook = vendor.Sandbox.RobotUrl(RobotSeeds.SignedToken).AbsoluteUri,
        });
        await app.Publishing().PlanAsync(KeyOf(id), Admin, Stop);

        (await app.Publishing().AcceptAsync(KeyOf(id), Admin, Stop)).ShouldBeFalse();

        await StandsAsync(app, id, PublishStanding.Drifted);
    }

    [Fact]
    public async Task Drift_DeletedThere_IsCreatedAnew()
    {
        await using var vendor = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        await using var app = await StartAsync(vendor);
        var id = await AddLinkedAsync(app, vendor);
        await PublishAsync(app, id);
        await vendor.Chatbots().DeleteAsync([1], Admin, Stop);

        (await app.Publishing().PlanAsync(KeyOf(id), Admin, Stop)).Plan!.Steps.ShouldBe([PublishStep.Create]);
        await StandsAsync(app, id, PublishStanding.GoneThere);
        await PublishAsync(app, id);

        (await ThereAsync(vendor)).ShouldHaveSingleItem();
        await StandsAsync(app, id, PublishStanding.InSync);
    }

    [Fact]
    public async Task Publish_OneOfTheSameNameAndRobotIsThere_IsTakenOver()
    {
        await using var vendor = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        await using var app = await StartAsync(vendor);
        await vendor.AddChatbotAsync(RobotSeeds.KeywordToken, chatbot => chatbot with { Name = "SecOps", IntervalMinutes = 60 });
        await vendor.AddChatbotAsync(RobotSeeds.SignedToken, chatbot => chatbot with { Name = "SecOps" });
        var id = await AddLinkedAsync(app, vendor);

        var plan = (await app.Publishing().PlanAsync(KeyOf(id), Admin, Stop)).Plan!;
        await app.Publishing().ApplyAsync(KeyOf(id), plan.Basis, Admin, Stop);

        (plan.TakesOver, plan.There!.Id).ShouldBe((true, 1));
        plan.Changes.ShouldHaveSingleItem().Field.ShouldBe("intervalTime");
        (await ThereAsync(vendor)).Count.ShouldBe(2);
        await StandsAsync(app, id, PublishStanding.InSync);
    }

    [Fact]
    public async Task Apply_ChangedAfterThePlan_ChangesNothing()
    {
        await using var vendor = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        await using var app = await StartAsync(vendor);
        var id = await AddLinkedAsync(app, vendor);
        var plan = (await app.Publishing().PlanAsync(KeyOf(id), Admin, Stop)).Plan!;
        await app.EditChatbotAsync(id, change => change with { IntervalMinutes = 5 });

        (await app.Publishing().ApplyAsync(KeyOf(id), plan.Basis, Admin, Stop)).ShouldBeFalse();

        (await ThereAsync(vendor)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Plan_KeyIsRefused_SaysTheVendorsCode()
    {
        await using var vendor = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        await using var app = await StartAsync(vendor);
        var id = await AddLinkedAsync(app, vendor, secret: "nas_another-secret-0123456789abcdefgh");

        var (plan, answer) = await app.Publishing().PlanAsync(KeyOf(id), Admin, Stop);

        plan.ShouldBeNull();
        answer.Code.ShouldBe("SignatureDoesNotMatch");
    }

    [Fact]
    public async Task Remove_Published_IsGoneThereAndKeptHere()
    {
        await using var vendor = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        await using var app = await StartAsync(vendor);
        var id = await AddLinkedAsync(app, vendor);
        await PublishAsync(app, id);

        (await app.Publishing().RemoveAsync(KeyOf(id), Admin, Stop)).ShouldBeTrue();

        (await ThereAsync(vendor)).ShouldBeEmpty();
        (await app.Publishing().FindAsync(KeyOf(id), Admin, Stop)).ShouldBeNull();
        (await app.Chatbots().FindAsync(id, Admin, Stop)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Deleted_Here_CanStillBeDeletedThere()
    {
        await using var vendor = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        await using var app = await StartAsync(vendor);
        var id = await AddLinkedAsync(app, vendor);
        await PublishAsync(app, id);
        await app.Chatbots().DeleteAsync([id], Admin, Stop);

        var gone = (await app.Publishing().ListGoneAsync(1, Admin, Stop)).ShouldHaveSingleItem();
        (await app.Publishing().RemoveAsync(gone.Link.Key, Admin, Stop)).ShouldBeTrue();

        (await ThereAsync(vendor)).ShouldBeEmpty();
        (await app.Publishing().ListGoneAsync(1, Admin, Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Deleted_HereAndRefusedThere_SaysWhy()
    {
        await using var vendor = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        await using var app = await StartAsync(vendor);
        var id = await AddLinkedAsync(app, vendor);
        await PublishAsync(app, id);
        await app.Chatbots().DeleteAsync([id], Admin, Stop);
        var accounts = app.Services.GetRequiredService<VendorAccountService>();
        var account = (await accounts.FindAsync(1, Admin, Stop))!;
        var typed = account.Values.Copy();
        typed.AccessKeySecret = "nas_another-secret-0123456789abcdefgh";
        (await accounts.SaveAsync(account, typed, Admin, Stop)).ShouldBeOfType<Saved<VendorAccountView>>();

        (await app.Publishing().RemoveAsync(KeyOf(id), Admin, Stop)).ShouldBeTrue();

        var gone = (await app.Publishing().ListGoneAsync(1, Admin, Stop)).ShouldHaveSingleItem();
        (gone.Last?.Removes, gone.Last?.State, gone.Last?.Code).ShouldBe((true, PublishState.Failed, "SignatureDoesNotMatch"));
        (await ThereAsync(vendor)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Publish_KilledAtEveryCall_EndsWithOneChatbotAsItIsHere()
    {
        var kills = new Kills();
        var time = new SteppedTime();
        await using var vendor = await NotifyAdminApp.StartAsync(new() { WithSandbox = true, Time = time });
        await using var app = await vendor.StartCustomerAsync(settings: new()
        {
            Sandbox = vendor.Sandbox, Time = time,
            Services = services => services.AddHttpClient<VendorClient>().AddHttpMessageHandler(() => new KilledCalls(kills)),
        });
        await app.AddAccountAsync(vendor);
        // Creating one that is off takes two calls that change something, and a reading before and after each.
        for (var at = 1; at <= 6; at++)
        {
            foreach (var after in new[] { false, true })
            {
                var name = $"Killed {at} {after}";
                var id = await app.AddChatbotAsync(RobotSeeds.KeywordToken, chatbot => chatbot with { Name = name, IsOn = false });
                await app.Publishing().LinkAsync(KeyOf(id), 1, Admin, Stop);
                kills.Arm(at, after);
                try
                {
                    await PublishAsync(app, id);
                }
                catch (KilledException)
                {
                    // The process is gone; what it recorded is not.
                }

                kills.Disarm();
                var links = app.Services.GetRequiredService<ChannelLinkStore>();
                // Orders that are left open are looked for every ten seconds.
                time.Advance(TimeSpan.FromSeconds(10));
                await Eventually.HoldsAsync(async () => (await links.ListOpenAsync(Stop)).Count == 0, TimeSpan.FromMinutes(2));
                if ((await app.Publishing().FindAsync(KeyOf(id), Admin, Stop))!.Standing != PublishStanding.InSync)
                {
                    // It was killed before anything was ordered.
                    await PublishAsync(app, id);
                }

                var there = (await ThereAsync(vendor)).Where(chatbot => chatbot.Name == name).ShouldHaveSingleItem($"{name}");
                there.IsOn.ShouldBeFalse(name);
                await StandsAsync(app, id, PublishStanding.InSync);
            }
        }
    }

    private static ChannelKey KeyOf(int id) => new(ChannelKind.DingTalk, id);

    private static Task<NotifyAdminApp> StartAsync(NotifyAdminApp vendor, DatabaseProvider provider = DatabaseProvider.Sqlite) =>
        vendor.StartCustomerAsync(settings: new() { Provider = provider, Sandbox = vendor.Sandbox });

    private static async Task<int> AddLinkedAsync(NotifyAdminApp app, NotifyAdminApp vendor,
        Func<ChatbotChange, ChatbotChange>? shape = null, string secret = NotifyAdminSettings.AccessKeySecret)
    {
        var account = await app.AddAccountAsync(vendor, secret: secret);
        var id = await app.AddChatbotAsync(RobotSeeds.KeywordToken, chatbot =>
            shape is null ? chatbot with { Name = "SecOps" } : shape(chatbot));
        (await app.Publishing().LinkAsync(KeyOf(id), account.Id, Admin, Stop)).ShouldBeTrue();
        return id;
    }

    private static async Task PublishAsync(NotifyAdminApp app, int id)
    {
        var plan = (await app.Publishing().PlanAsync(KeyOf(id), Admin, Stop)).Plan!;
        (await app.Publishing().ApplyAsync(KeyOf(id), plan.Basis, Admin, Stop)).ShouldBeTrue();
    }

    private static async Task StandsAsync(NotifyAdminApp app, int id, PublishStanding standing)
    {
        var view = (await app.Publishing().FindAsync(KeyOf(id), Admin, Stop))!;
        view.Standing.ShouldBe(standing, view.Last?.Code);
    }

    private static async Task<IReadOnlyList<DingTalkChatbot>> ThereAsync(NotifyAdminApp vendor) =>
        (await vendor.Chatbots().FindPageAsync(null, 1, 100, Admin, Stop)).Chatbots;
}

internal static class PublishingExtensions
{
    public static PublishService Publishing(this NotifyAdminApp app) => app.Services.GetRequiredService<PublishService>();
}
