using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Events;
using Notify.Admin.FunctionAccess;
using Notify.Admin.Security;
using Notify.Admin.SlackWorkspaces;
using Notify.Admin.Sources;
using Notify.Admin.Testing;
using Notify.Admin.VendorAccounts;

namespace Notify.Admin.IntegrationTests.Demo;

/// <summary>What a stranger finds in the environment <c>Demo</c>.</summary>
public sealed class DemoTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly Actor Admin = new("u1", "admin@example.test", Roles.Admin, "tests");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Demo_BesideTheSandbox_HasAccessListsAsSlackHasThem()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Environment = "Demo", WithSandbox = true });
        var functions = app.Services.GetRequiredService<FunctionAccessService>();

        await Eventually.HoldsAsync(
            async () => await functions.ListAsync(Admin, Stop) is { Count: 3 } all
                && all.All(row => row.ReadAt > TimeProvider.System.GetUtcNow().AddMinutes(-10)),
            Patience);

        var rows = await functions.ListAsync(Admin, Stop);
        rows.Where(row => row.ErrorCode is not null).ShouldBeEmpty();
        rows.Where(row => row.DriftedAt is not null).Select(row => row.Name).ShouldBe(["Notify on-call"]);
        (await functions.HistoryAsync(rows.Single(row => row.Name == "Create report").Id, null, 10, Admin, Stop)).Count.ShouldBe(2);
        var workspace = (await app.Services.GetRequiredService<SlackWorkspaceService>().ListAsync(Admin, Stop)).ShouldHaveSingleItem();
        await app.WaitForPeopleAsync(workspace.Workspace.Id);
    }

    [Fact]
    public async Task Demo_HasSourcesWithWhatTheirToolsPosted()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Environment = "Demo", WithSandbox = true });
        var sources = app.Services.GetRequiredService<SourceService>();

        await Eventually.HoldsAsync(async () => await sources.ListAsync(Admin, Stop) is var found && found.Count == PostedTo(sources).Count
            && found.Count(source => source.LastReceivedAt is not null) == 7, Patience);

        var all = await sources.ListAsync(Admin, Stop);
        all.Select(source => source.Kind).ShouldBe(PostedTo(sources), ignoreOrder: true);
        all.Where(source => source.Unmapped > 0).ShouldBeEmpty();
        var events = app.Services.GetRequiredService<EventService>();
        var titles = new List<string?>();
        foreach (var source in all)
        {
            var list = await events.ListAsync(new EventFilter { SourceId = source.Id }, PageCursor.Newest, 50, Admin, Stop);
            titles.AddRange(list.Rows.Select(row => row.Event.Title));
        }

        titles.Order(StringComparer.Ordinal).ShouldBe(
        [
            "4 % of checkouts fail", "Backup of billing: failed", "Backup of reports: late", "Disk of db-01 is nearly full",
            "Quality gate of shop-web failed", "Slow answers of shop.example.com", "Write below etc",
            "semver: A range can take exponential time", "shop-web build 418 failed",
        ]);
    }

    [Fact]
    public async Task Sandbox_PostsAsEachTool_AndTheDemosSourcesTakeIt()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Environment = "Demo", WithSandbox = true });
        var sources = app.Services.GetRequiredService<SourceService>();
        await Eventually.HoldsAsync(async () => (await sources.ListAsync(Admin, Stop)).Count == PostedTo(sources).Count, Patience);
        using var sandbox = new HttpClient { BaseAddress = app.Sandbox.BaseAddress };
        var kinds = await sandbox.GetFromJsonAsync<JsonElement>("_sandbox/sources", Stop);
        kinds.EnumerateArray().Select(kind => kind.GetProperty("kind").GetString()).ShouldBe(PostedTo(sources), ignoreOrder: true);

        foreach (var kind in kinds.EnumerateArray())
        {
            for (var time = 0; time < 2; time++)
            {
                using var response = await sandbox.PostAsJsonAsync("_sandbox/sources", new
                {
                    kind = kind.GetProperty("kind").GetString(),
                    address = new Uri(app.BaseAddress, kind.GetProperty("demoPath").GetString()),
                    secret = kind.GetProperty("demoSecret").GetString(),
                }, Stop);
                var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
                var body = answer.GetProperty("body").GetString()!;
                answer.GetProperty("status").GetInt32().ShouldBeInRange(200, 202, body);
                // News each time, and wholly mapped.
                (body is "ok" or """{"errcode":0,"errmsg":"ok"}"""
                    or ("""{"accepted":1,"duplicates":0,"unmapped":0}""" or """{"accepted":2,"duplicates":0,"unmapped":0}"""))
                    .ShouldBeTrue($"{kind}: {body}");
            }
        }
    }

    [Fact]
    public async Task Demo_HasAPersonOfEachRole()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Environment = "Demo", WithSandbox = true });
        var people = app.Services.GetRequiredService<PeopleService>();

        await Eventually.HoldsAsync(async () =>
            (await people.ListAsync(new(), Admin, Stop)).Items.Count(person => person.Role is not null) == 4, Patience);

        (await people.ListAsync(new(), Admin, Stop)).Items.Select(person => person.Role).Order()
            .ShouldBe([Roles.Admin, Roles.Operator, Roles.Operator, Roles.Viewer]);
        (await people.ListAsync(new(), Admin, Stop)).Items
            .Single(person => person.Role == Roles.Viewer).Email.ShouldBe("viewer@example.com");
    }

    [Fact]
    public async Task Demo_HasTags_OneSnoozedChannel_AndMaintenanceToCome()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Environment = "Demo", WithSandbox = true });
        var maintenance = app.Services.GetRequiredService<MaintenanceService>();
        await Eventually.HoldsAsync(async () => (await maintenance.ListAsync(Admin, Stop)).Count > 0, Patience);

        var channels = await app.Services.GetRequiredService<IDeliveryDesk>().ListChannelsAsync(Admin, Stop);
        channels.ShouldAllBe(channel => channel.Tags.Count > 0);
        var silenced = (await app.Services.GetRequiredService<PauseService>()
            .ListAsync(channels.Select(channel => channel.Key), Admin, Stop)).ShouldHaveSingleItem();
        channels.Single(channel => channel.Key == silenced.Key).Name.ShouldBe("Finished scans");
        var planned = (await maintenance.ListAsync(Admin, Stop)).ShouldHaveSingleItem();
        (planned.Running, planned.Window.Tag, planned.Channels).ShouldBe((null, "prod", 3));
        planned.Next.ShouldNotBeNull();
    }

    [Fact]
    public async Task Demo_HasAnAccount_ALinkedChatbotToPublish_AndOneToImport()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Environment = "Demo", WithSandbox = true });
        var accounts = app.Services.GetRequiredService<VendorAccountService>();
        await Eventually.HoldsAsync(async () => (await accounts.ListAsync(Admin, Stop)).Count > 0, Patience);
        var account = (await accounts.ListAsync(Admin, Stop)).ShouldHaveSingleItem().Account;
        (await accounts.CheckAsync(account.Id, Admin, Stop))!.CheckCode.ShouldBe("ok");
        var link = (await app.Services.GetRequiredService<ChannelLinkStore>().ListAsync(account.Id, Stop)).ShouldHaveSingleItem();
        var publishing = app.Services.GetRequiredService<PublishService>();

        var plan = (await publishing.PlanAsync(link.Key, Admin, Stop)).Plan!;
        (await publishing.ApplyAsync(link.Key, plan.Basis, Admin, Stop)).ShouldBeTrue();

        (await publishing.FindAsync(link.Key, Admin, Stop))!.Standing.ShouldBe(PublishStanding.InSync);
        app.Sandbox.SecurityCenter.Chatbots.All.Select(chatbot => chatbot.Name).ShouldContain(link.Name);
        var import = app.Services.GetRequiredService<ImportService>();
        var rows = (await import.PlanAsync(account.Id, Admin, Stop)).Rows;
        var found = rows.Single(row => row.Standing == ImportStanding.New);
        (await import.ImportAsync(account.Id, found.There.Id, app.Sandbox.RobotUrl("sandboxkeyword").AbsoluteUri, Admin, Stop)).Result
            .ShouldBe(ImportResult.Imported);
    }

    [Fact]
    public async Task Demo_WithoutTheSandbox_SaysThatSlackCannotBeReached()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Environment = "Demo", Configuration = new Dictionary<string, string> { ["Slack:ApiUrl"] = "http://127.0.0.1:9/api/" },
        });
        var functions = app.Services.GetRequiredService<FunctionAccessService>();

        await Eventually.HoldsAsync(
            async () => await functions.ListAsync(Admin, Stop) is { Count: 3 } all && all.All(row => row.ErrorCode is not null), Patience);

        var onCall = (await functions.ListAsync(Admin, Stop)).Single(row => row.Name == "Notify on-call");
        onCall.DriftedAt.ShouldNotBeNull();
        (await functions.FindAsync(onCall.Id, Admin, Stop))!.Now.ShouldNotBeNull();
    }

    // What reads an account has nobody to post to it.
    private static List<string> PostedTo(SourceService sources) => [.. sources.Kinds.Where(kind => !SourceKinds.IsPolled(kind))];
}
