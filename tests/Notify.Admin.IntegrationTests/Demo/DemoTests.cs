using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Accounts;
using Notify.Admin.Data;
using Notify.Admin.Events;
using Notify.Admin.FunctionAccess;
using Notify.Admin.Security;
using Notify.Admin.SlackWorkspaces;
using Notify.Admin.Sources;
using Notify.Admin.Testing;

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

        await Eventually.HoldsAsync(async () => await sources.ListAsync(Admin, Stop) is { Count: 3 } all
            && all.All(source => source.LastReceivedAt is not null), Patience);

        var all = await sources.ListAsync(Admin, Stop);
        all.Select(source => (source.Name, source.Unmapped)).ShouldBe(
            [("GitHub acme", 0), ("Nightly backups", 0), ("Prometheus alerts", 0)]);
        var events = app.Services.GetRequiredService<EventService>();
        var titles = new List<string?>();
        foreach (var source in all)
        {
            var list = await events.ListAsync(new EventFilter { SourceId = source.Id }, PageCursor.Newest, 50, Admin, Stop);
            titles.AddRange(list.Rows.Select(row => row.Event.Title));
        }

        titles.Order(StringComparer.Ordinal).ShouldBe(
        [
            "Backup of billing: failed", "Backup of reports: late", "Disk of db-01 is nearly full",
            "Slow answers of shop.example.com", "semver: A range can take exponential time",
        ]);
    }

    [Fact]
    public async Task Demo_HasAPersonOfEachRole()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Environment = "Demo", WithSandbox = true });
        var people = app.Services.GetRequiredService<PeopleService>();

        await Eventually.HoldsAsync(async () => (await people.ListAsync(Admin, Stop)).Count == 3, Patience);

        (await people.ListAsync(Admin, Stop)).Select(person => person.Role).Order()
            .ShouldBe([Roles.Admin, Roles.Operator, Roles.Viewer]);
        (await people.ListAsync(Admin, Stop)).Single(person => person.Role == Roles.Viewer).Email.ShouldBe("viewer@example.com");
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
}
