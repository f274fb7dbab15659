using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Coverage;
using Notify.Admin.Data;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.Sources;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Coverage;

/// <summary>The map of which events are heard, on each store.</summary>
public sealed class EventCoverageTests
{
    private static readonly Actor Viewer = new("u1", "viewer@example.test", Roles.Viewer, "tests");
    private static readonly CoverageRow Vulnerabilities = Row("vul");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Get_CountsWhoHearsACell_AndWhatCame(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider, WithSandbox = true });
        var urgent = ConfigList.Create(new AlertClass(Vulnerabilities.AlertType!, EventSeverity.High).ToRule()).List!;
        await app.AddChatbotAsync("all", c => c with { Name = "All", Rules = TestChatbots.Everything });
        var grouped = await app.AddChatbotAsync("grouped", c => c with { Name = "Grouped", Rules = urgent, GroupIds = ["7"] });
        await app.AddChatbotAsync("off", c => c with { Name = "Off", Rules = TestChatbots.Everything, IsOn = false });
        await PostAsync(app, "sas-event-vul", new { type = "cms", necessity = "asap", groupId = 7 });
        await PostAsync(app, "sas-event-vul", new { type = "sys", necessity = "asap" });
        await PostAsync(app, "sas_analysis_pre-sas-operation-log-sas-event-suspicious",
            new { item_level = "serious", event_type = "网站后门" });
        await PostAsync(app, "sas-event-suspicious", new { item_level = "serious", event_type = "Something new" });
        await PostAsync(app, "tool.alarm", new { severity = "high" });
        var coverage = app.Services.GetRequiredService<CoverageService>();

        var map = await coverage.GetAsync(null, Viewer, Stop);

        Cell(map, Vulnerabilities, Severity.High).ShouldBe(new CoverageCell(Severity.High, true, 1, 1, 2, 0));
        Cell(map, Row("vul", "cms"), Severity.High).ShouldBe(new CoverageCell(Severity.High, true, 1, 1, 1, 0));
        Cell(map, Vulnerabilities, Severity.Low).ShouldBe(new CoverageCell(Severity.Low, true, 1, 0, 0, 0));
        Cell(map, Row("suspicious", "Webshell"), Severity.Critical).Events.ShouldBe(1);
        Cell(map, Row("suspicious", ""), Severity.Critical).Events.ShouldBe(1);
        Cell(map, Row("suspicious"), Severity.Critical).Events.ShouldBe(2);
        Cell(map, Row("ak-leakage"), Severity.Low).State.ShouldBe(CellState.Impossible);
        Cell(map, new CoverageRow("scan.stopped"), Severity.NotStated).State.ShouldBe(CellState.Quiet);
        Cell(map, new CoverageRow("tool.alarm"), Severity.High).ShouldSatisfyAllConditions(
            cell => cell.State.ShouldBe(CellState.Unheard), cell => (cell.Events, cell.Unmatched).ShouldBe((1, 1)));
        map.Unheard.ShouldBe(1);

        var ofGroup = await coverage.GetAsync("7", Viewer, Stop);
        Cell(ofGroup, Vulnerabilities, Severity.High).ShouldBe(new CoverageCell(Severity.High, true, 2, 0, 1, 0));
        var other = await coverage.GetAsync("8", Viewer, Stop);
        Cell(other, Vulnerabilities, Severity.High).ShouldBe(new CoverageCell(Severity.High, true, 1, 0, 0, 0));

        var open = await coverage.OpenAsync(Vulnerabilities, Severity.High, null, Viewer, Stop);
        open.Channels.Select(channel => (channel.Name, channel.IsWhole)).ShouldBe([("All", true), ("Grouped", false)]);
        open.Channels[1].Channel.ShouldBe(new ChannelKey(ChannelKind.DingTalk, grouped));
        open.Newest.Count.ShouldBe(2);
        (await coverage.OpenAsync(Row("vul", "sys"), Severity.High, null, Viewer, Stop)).Newest.ShouldHaveSingleItem();
        (await coverage.OpenAsync(Row("suspicious", "Webshell"), Severity.Critical, null, Viewer, Stop)).Newest.ShouldHaveSingleItem();
        (await coverage.OpenAsync(Row("suspicious", ""), Severity.Critical, null, Viewer, Stop)).Newest.ShouldHaveSingleItem();
    }

    [Fact]
    public void Unheard_CountsASubTypeWhereOthersOfItsTypeAreHeard_AndNoneTwice()
    {
        static CoverageLine Line(CoverageRow row, int heard, int came) =>
            new(row, [new CoverageCell(Severity.High, true, 0, heard, came, came)]);

        var other = Line(Row("suspicious", ""), 0, 1);
        new CoverageMap(null, [Line(Row("suspicious"), 1, 2), Line(Row("suspicious", "Webshell"), 1, 1), other], 0).Unheard.ShouldBe(1);
        new CoverageMap(null, [Line(Row("suspicious"), 0, 2), Line(Row("suspicious", "Webshell"), 0, 1), other], 0).Unheard.ShouldBe(1);
    }

    [Fact]
    public async Task Get_OfVeryManyForeignTypes_ShowsTheRareOneThatNobodyHeard()
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        var seed = new ActivitySeed(app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>())
        {
            Now = DateTimeOffset.UtcNow.AddHours(-1),
        };
        foreach (var number in Enumerable.Range(0, 90))
        {
            await seed.EventAsync(type: $"tool.kind-{number % 45}", severity: Severity.High, matches: 1);
        }

        await seed.EventAsync(type: "tool.rare", severity: Severity.High, matches: 0);

        var map = await app.Services.GetRequiredService<CoverageService>().GetAsync(null, Viewer, Stop);

        map.FurtherTypes.ShouldBe(6);
        Cell(map, new CoverageRow("tool.rare"), Severity.High).State.ShouldBe(CellState.Unheard);
    }

    [Theory, DatabaseData]
    public async Task Get_ChannelsBoundToASource_HearWhatCameInByIt(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider, WithSandbox = true });
        var bound = new ChannelKey(ChannelKind.DingTalk, await app.AddChatbotAsync("bound", c => c with
        {
            Name = "Bound", Rules = ConfigList.Empty,
        }));
        var made = await app.Services.GetRequiredService<SourceService>().CreateAsync(
            new SourceDraft { Name = "alerts", Kind = "alertmanager", Channels = [bound] }, Actor.System, Stop);
        var source = made.Source!.Id;
        var contexts = app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>();
        await using (var context = await contexts.CreateDbContextAsync(Stop))
        {
            context.Events.Add(Event("a", "alertmanager.alert", source));
            context.Events.Add(Event("b", "alertmanager.alert", source));
            await context.SaveChangesAsync(Stop);
        }

        var coverage = app.Services.GetRequiredService<CoverageService>();
        var row = new CoverageRow("alertmanager.alert");
        Cell(await coverage.GetAsync(null, Viewer, Stop), row, Severity.Medium)
            .ShouldBe(new CoverageCell(Severity.Medium, true, 1, 0, 2, 2));
        (await coverage.OpenAsync(row, Severity.Medium, null, Viewer, Stop)).Channels.ShouldHaveSingleItem()
            .ShouldBe(new CoveringChannel(bound, "Bound", true, true));
    }

    [Theory, DatabaseData]
    public async Task Get_OfManyEvents_ReadsNoTableFromItsBeginning(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider });
        var now = TimeProvider.System.GetUtcNow();
        await app.Database.ExecuteAsync(PastEventSql.Insert(provider, 20_000, groups: 20, now.AddDays(-40)));
        var seed = new ActivitySeed(app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>()) { Now = now };
        await seed.EventAsync(type: "sas-event-hc", alertType: "hc", severity: Severity.Low);
        var coverage = app.Services.GetRequiredService<CoverageService>();

        var map = await coverage.GetAsync(null, Viewer, Stop);

        map.Lines.Sum(line => line.Cells.Sum(cell => cell.Events)).ShouldBe(1);
        if (provider == DatabaseProvider.Sqlite)
        {
            var contexts = app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>();
            var store = app.Services.GetRequiredService<CoverageStore>();
            var from = now.AddDays(-30);
            (await QueryPlans.ScansAsync(contexts, () => store.CountAsync(from, null, Stop), Stop)).ShouldBeEmpty();
            (await QueryPlans.ScansAsync(contexts, () => store.CountAsync(from, "7", Stop), Stop)).ShouldBeEmpty();
            (await QueryPlans.ScansAsync(contexts, () => store.NewestAsync(
                Row("suspicious", "Webshell").ToClass(Severity.Low, null), from, 5, Stop), Stop)).ShouldBeEmpty();
        }
    }

    private static CoverageRow Row(string suffix, string? subType = null) => CoverageRow.Parse($"alert:{suffix}", subType)!;

    private static CoverageCell Cell(CoverageMap map, CoverageRow row, Severity severity) =>
        map.Lines.Single(line => line.Row == row).Cells.Single(cell => cell.Severity == severity);

    private static IncomingEvent Event(string id, string type, int source) => new()
    {
        Key = id, EventId = id, Source = "/sources/x", Type = type, SourceId = source, Severity = Severity.Medium, Json = "{}",
        Time = TimeProvider.System.GetUtcNow(), ReceivedAt = TimeProvider.System.GetUtcNow(),
    };

    private static async Task PostAsync(NotifyAdminApp app, string type, object data) =>
        (await app.PostEventAsync(type, data)).EnsureSuccessStatusCode();
}
