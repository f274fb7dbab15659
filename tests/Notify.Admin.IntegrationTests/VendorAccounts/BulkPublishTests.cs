using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.IntegrationTests.Faults;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.Testing;
using Notify.Admin.VendorAccounts;
using Notify.Sandbox.DingTalk;
using VendorClient = Notify.Admin.VendorAccounts.VendorClient;

namespace Notify.Admin.IntegrationTests.VendorAccounts;

/// <summary>Many channels of one product, published with one account.</summary>
public class BulkPublishTests
{
    private static readonly Actor Admin = new(null, "admin@example.test", Roles.Admin, "test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Order_Many_CreatesChangesSwitchesAndDeletesByOnePlan(DatabaseProvider provider)
    {
        await using var vendor = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        await using var app = await vendor.StartCustomerAsync(settings: new() { Provider = provider, Sandbox = vendor.Sandbox });
        await app.AddAccountAsync(vendor);
        var (kept, changed, gone) = (await AddAsync(app, "Kept"), await AddAsync(app, "Changed"), await AddAsync(app, "Gone"));
        await PublishAsync(app, await PlanAsync(app));
        await AddAsync(app, "New", isOn: false);
        await app.EditChatbotAsync(changed, change => change with { IntervalMinutes = 30 });
        await app.Chatbots().DeleteAsync([gone], Admin, Stop);

        var rows = await PlanAsync(app);
        var start = await PublishAsync(app, rows);

        rows.Select(row => (row.Name, row.IsLinked, row.IsSettled, row.Removes, Steps: string.Join(' ', row.Plan?.Steps ?? []))).ShouldBe(
        [
            ("Changed", true, false, false, "Update"), ("Gone", true, false, true, ""), ("Kept", true, true, false, ""),
            ("New", false, false, false, "Create Switch"),
        ]);
        start.LeftOut.ShouldBe(["Kept"]);
        (await ThereAsync(vendor)).Select(there => (there.Name, there.IntervalMinutes, there.IsOn))
            .ShouldBe([("Kept", 0, true), ("Changed", 30, true), ("New", 0, false)], ignoreOrder: true);
        (await Bulk(app).ListLastAsync(1, Admin, Stop)).Select(run => (run.Name, run.State)).ShouldBe(
            [("Changed", PublishState.Done), ("Gone", PublishState.Done), ("New", PublishState.Done)]);
        (await PlanAsync(app)).ShouldAllBe(row => row.IsSettled);
        kept.ShouldBePositive();
    }

    [Fact]
    public async Task Plan_TwoOfOneNameAndRobot_TakeOneOver()
    {
        await using var vendor = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        await using var app = await vendor.StartCustomerAsync(settings: new() { Sandbox = vendor.Sandbox });
        await app.AddAccountAsync(vendor);
        await vendor.AddChatbotAsync(RobotSeeds.KeywordToken, chatbot => chatbot with { Name = "SecOps" });
        await AddAsync(app, "SecOps");
        await AddAsync(app, "SecOps");

        var rows = await PlanAsync(app);
        await PublishAsync(app, rows);

        rows.Select(row => row.Plan!.TakesOver).ShouldBe([true, false]);
        (await ThereAsync(vendor)).Count.ShouldBe(2);
        (await PlanAsync(app)).ShouldAllBe(row => row.IsSettled);
    }

    [Fact]
    public async Task Order_ChangedAfterThePlan_IsLeftOutAlone()
    {
        await using var vendor = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        await using var app = await vendor.StartCustomerAsync(settings: new() { Sandbox = vendor.Sandbox });
        await app.AddAccountAsync(vendor);
        await AddAsync(app, "As planned");
        var id = await AddAsync(app, "Edited");
        var rows = await PlanAsync(app);
        await app.EditChatbotAsync(id, change => change with { IntervalMinutes = 5 });

        var start = await PublishAsync(app, rows);

        start.LeftOut.ShouldBe(["Edited"]);
        (await ThereAsync(vendor)).ShouldHaveSingleItem().Name.ShouldBe("As planned");
    }

    [Fact]
    public async Task Order_VendorCannotBeReadByThen_SaysSoAndOrdersNothing()
    {
        var isAway = false;
        await using var vendor = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        await using var app = await vendor.StartCustomerAsync(settings: new()
        {
            Sandbox = vendor.Sandbox,
            Services = services => services.AddHttpClient<VendorClient>().AddHttpMessageHandler(
                () => new Answering("", _ => isAway ? (HttpStatusCode.Forbidden, """{"Code":"NoPermission","Message":"no"}""") : null)),
        });
        await app.AddAccountAsync(vendor);
        await AddAsync(app, "As planned");
        var rows = await PlanAsync(app);
        isAway = true;

        var start = await PublishAsync(app, rows);

        (start.Answer.Code, start.Runs.Count, start.LeftOut.Count).ShouldBe(("NoPermission", 0, 0));
        isAway = false;
        (await ThereAsync(vendor)).ShouldBeEmpty();
        (await PublishAsync(app, rows)).Answer.IsAccepted.ShouldBeTrue();
        (await ThereAsync(vendor)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Order_FoundByTheWorkBeside_IsTheirsWhoGaveIt()
    {
        await using var vendor = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        await using var app = await vendor.StartCustomerAsync(settings: new()
        {
            Sandbox = vendor.Sandbox,
            Services = services => services.Remove(services.Single(service => service.ImplementationType == typeof(PublishWork))),
        });
        await app.AddAccountAsync(vendor);
        await AddAsync(app, "Found");
        var start = await Bulk(app).OrderAsync(1, await PlanAsync(app), Admin, Stop);

        await app.Services.GetRequiredService<Publisher>().RunAsync(start.Runs.ShouldHaveSingleItem(), Actor.System, Stop);

        var entry = (await app.AuditEntriesAsync()).Single(entry => entry.Action == "dingtalk-chatbot.publish");
        (entry.ActorName, entry.Origin).ShouldBe((Admin.Name, "publishing"));
    }

    [Fact]
    public async Task Order_OneIsRefused_TheOthersGoOn()
    {
        await using var vendor = await NotifyAdminApp.StartAsync();
        await using var app = await vendor.StartCustomerAsync(settings: new()
        {
            Services = services => services.AddHttpClient<VendorClient>().AddHttpMessageHandler(
                () => new Answering("C0SECOND001", _ => (HttpStatusCode.OK, """{"Error":21,"Data":"Not valid slackToken"}"""))),
        });
        await app.AddKayranAccountAsync(vendor);
        foreach (var channel in new[] { "C0FIRST0001", "C0SECOND001", "C0THIRD0001" })
        {
            await app.AddSlackIntegrationAsync(channel);
        }

        await PublishAsync(app, await PlanAsync(app));

        (await Bulk(app).ListLastAsync(1, Admin, Stop)).Select(run => (run.State, run.Code)).ShouldBe(
            [(PublishState.Done, null), (PublishState.Failed, "Kayran.21"), (PublishState.Done, null)]);
        (await vendor.Services.GetRequiredService<SlackIntegrationStore>().ListAsync(Stop)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Order_VendorAsksForFewerCalls_IsWaitedFor()
    {
        var calls = 0;
        await using var vendor = await NotifyAdminApp.StartAsync();
        await using var app = await vendor.StartCustomerAsync(settings: new()
        {
            Services = services => services.AddHttpClient<VendorClient>().AddHttpMessageHandler(() => new Answering("C0FIRST0001",
                _ => ++calls <= 2 ? (HttpStatusCode.TooManyRequests, """{"Error":30,"Data":"Too many requests"}""") : null)),
        });
        await app.AddKayranAccountAsync(vendor);
        await app.AddSlackIntegrationAsync("C0FIRST0001");

        await PublishAsync(app, await PlanAsync(app));

        calls.ShouldBe(3);
        (await Bulk(app).ListLastAsync(1, Admin, Stop)).ShouldHaveSingleItem().State.ShouldBe(PublishState.Done);
    }

    [Theory, DatabaseData]
    public async Task Order_CutOffAtAnyWriteOrCall_IsTakenUpAndDoesNothingTwice(DatabaseProvider provider)
    {
        await using var vendor = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        await using var app = await vendor.StartCustomerAsync(settings: new()
        {
            Provider = provider,
            Sandbox = vendor.Sandbox,
            Services = services =>
            {
                // Nobody else takes an order up: what is cut off is over.
                services.Remove(services.Single(service => service.ImplementationType == typeof(PublishWork)));
                services.AddSingleton(
                    provided => new ProviderContextFactory(provided.GetRequiredService<DatabaseOptions>(), new CutWrites()));
                services.AddHttpClient<VendorClient>().AddHttpMessageHandler(() => new CutCalls());
            },
        });
        await app.AddAccountAsync(vendor);

        var isCut = true;
        var step = 0;
        while (isCut)
        {
            step++;
            var names = new[] { $"Off {step}", $"On {step}" };
            await AddAsync(app, names[0], isOn: false);
            await AddAsync(app, names[1]);
            var rows = (await PlanAsync(app)).Where(row => names.Contains(row.Name)).ToList();
            isCut = await IsCutAsync(() => PublishAsync(app, rows), step);

            // As two minutes later: whoever held the account is gone.
            await ForgetLeasesAsync(app);
            foreach (var run in await app.Services.GetRequiredService<ChannelLinkStore>().ListOpenAsync(Stop))
            {
                await app.Services.GetRequiredService<Publisher>().RunAsync(run, Actor.System, Stop);
            }

            // What was cut off before it was recorded was never ordered.
            await PublishAsync(app, [.. (await PlanAsync(app)).Where(row => !row.IsSettled)]);
            var there = (await ThereAsync(vendor)).Where(chatbot => names.Contains(chatbot.Name)).ToList();
            there.Select(chatbot => (chatbot.Name, chatbot.IsOn))
                .ShouldBe([(names[0], false), (names[1], true)], ignoreOrder: true, $"{step}");
            (await PlanAsync(app)).ShouldAllBe(row => row.IsSettled, $"{step}");
        }

        // Two orders: a reading before and after each of three calls, and what is recorded of each.
        step.ShouldBeGreaterThan(30);
    }

    private static async Task<bool> IsCutAsync(Func<Task> work, int step)
    {
        CutWrites.CutAt(step);
        try
        {
            await work();
            return false;
        }
        catch (Exception e) when (CutWrites.IsCut(e))
        {
            return true;
        }
        finally
        {
            CutWrites.CutAt(null);
        }
    }

    private static async Task ForgetLeasesAsync(NotifyAdminApp app)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        await context.NamedLeases.Where(lease => lease.Name.StartsWith("publish-")).ExecuteDeleteAsync(Stop);
    }

    private static Task<int> AddAsync(NotifyAdminApp app, string name, bool isOn = true) =>
        app.AddChatbotAsync(RobotSeeds.KeywordToken, chatbot => chatbot with { Name = name, IsOn = isOn });

    private static async Task<IReadOnlyList<BulkPublishRow>> PlanAsync(NotifyAdminApp app)
    {
        var (rows, answer) = await Bulk(app).PlanAsync(1, Admin, Stop);
        answer.Code.ShouldBe(VendorCodes.Accepted);
        return rows;
    }

    private static async Task<BulkPublishStart> PublishAsync(NotifyAdminApp app, IReadOnlyList<BulkPublishRow> rows)
    {
        var start = await Bulk(app).OrderAsync(1, rows, Admin, Stop);
        await Bulk(app).CarryOutAsync(start, Admin, Stop);
        return start;
    }

    private static async Task<IReadOnlyList<DingTalkChatbot>> ThereAsync(NotifyAdminApp vendor) =>
        (await vendor.Chatbots().FindPageAsync(null, 1, 1000, Admin, Stop)).Chatbots;

    private static BulkPublishService Bulk(NotifyAdminApp app) => app.Services.GetRequiredService<BulkPublishService>();

    /// <summary>Answers in the vendor's place where a request holds a text and there is something to say.</summary>
    private sealed class Answering(string text, Func<HttpRequestMessage, (HttpStatusCode Status, string Body)?> answer) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            (request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : "")
            .Contains(text, StringComparison.Ordinal) && answer(request) is var (status, body)
                ? new HttpResponseMessage(status)
                {
                    Content = new StringContent(body, Encoding.UTF8, "application/json"),
                    Headers = { { "Retry-After", "1" } },
                }
                : await base.SendAsync(request, cancellationToken);
    }
}
