using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Audit;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.LiveForms;
using Notify.Admin.Overview;
using Notify.Admin.Security;
using Notify.Admin.Shared;
using Notify.Admin.Slack;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Slack;

/// <summary>Saving and reading integrations, through the service and the store that the program uses.</summary>
public class SlackIntegrationStoreTests
{
    private const string Secret = "xoxb-canary-stored-token-wxyz";
    private static readonly Actor Admin = new(null, "admin@example.test", Roles.Admin, "test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Save_New_ReadsBackAsItWasWithTheTokenEncrypted(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var model = Model("C0ALERTS01");
        (model.SlackNotify, model.SlackAvgThreat, model.SlackUnpause, model.IsOn) = (true, SlackAvgThreat.High, true, false);

        var saved = await AddAsync(app, model);

        var read = (await Service(app).FindAsync(saved.Id, Admin, Stop))!;
        SlackFields.Table.Fields.ShouldAllBe(field => !field.Differs(read.Values, model));
        (read.Version, read.TokenLastFour, read.ChangedBy).ShouldBe((1, "wxyz", Admin.Name));
        var column = await ScalarAsync(app, $"SELECT \"Token\" FROM \"SlackIntegrations\" WHERE \"Id\" = {saved.Id}");
        column.ShouldNotContain("canary");
        app.Services.GetRequiredService<SecretProtector>().Unprotect(ProtectedString.FromColumn(column)).ShouldBe(Secret);
    }

    [Theory, DatabaseData]
    public async Task Save_ChannelOfAnother_IsRefusedOnAddAndOnChange(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        await AddAsync(app, Model("C0ALERTS01", "first"));
        var second = await AddAsync(app, Model("C0SECOPS01", "second"));
        var moved = second.Values.Copy();
        moved.ChannelId = "C0ALERTS01";

        var added = await Service(app).SaveAsync(null, Model("C0ALERTS01"), Admin, Stop);
        var changed = await Service(app).SaveAsync(second, moved, Admin, Stop);

        var refusal = new FieldRefusal("ChannelId", "Form.ChannelId.Taken", "first");
        added.ShouldBeOfType<Invalid<SlackIntegrationView>>().Refusals.ShouldBe([refusal]);
        changed.ShouldBeOfType<Invalid<SlackIntegrationView>>().Refusals.ShouldBe([refusal]);
        (await Service(app).ListAsync(new ChannelListQuery(), Admin, Stop)).Total.ShouldBe(2);
    }

    [Theory, DatabaseData]
    public async Task Save_ChannelIdsThatDifferInCase_AreTwoChannels(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);

        await AddAsync(app, Model("C0abc"));
        await AddAsync(app, Model("C0ABC"));

        (await Service(app).ListAsync(new ChannelListQuery(), Admin, Stop)).Items.Select(item => item.Integration.Values.ChannelId)
            .ShouldBe(["C0abc", "C0ABC"], ignoreOrder: true);
    }

    [Theory, DatabaseData]
    public async Task Save_StaleForm_IsAConflictAndChangesNothing(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var opened = await AddAsync(app, Model("C0ALERTS01", "alerts"));
        var theirs = opened.Values.Copy();
        theirs.Name = "theirs";
        await Service(app).SaveAsync(opened, theirs, Admin, Stop);
        var mine = opened.Values.Copy();
        mine.Name = "mine";

        var result = await Service(app).SaveAsync(opened, mine, Admin, Stop);

        result.ShouldBeOfType<Conflict<SlackIntegrationView>>().Theirs.Values.Name.ShouldBe("theirs");
        var stored = (await Service(app).FindAsync(opened.Id, Admin, Stop))!;
        (stored.Values.Name, stored.Version).ShouldBe(("theirs", 2));
    }

    [Theory, DatabaseData]
    public async Task Save_StaleFormSavesWhatIsStored_IsNoConflictAndNoChange(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var opened = await AddAsync(app, Model("C0ALERTS01", "alerts"));
        var same = opened.Values.Copy();
        same.Name = "same";
        await Service(app).SaveAsync(opened, same, Admin, Stop);

        var result = await Service(app).SaveAsync(opened, same, Admin, Stop);

        result.ShouldBeOfType<Saved<SlackIntegrationView>>().Stored.Version.ShouldBe(2);
    }

    [Theory, DatabaseData]
    public async Task Save_ManyAtOnceForOneChannel_AddsOne(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);

        var results = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(i => Service(app).SaveAsync(null, Model("C0ALERTS01", $"racer {i}"), Admin, Stop)));

        results.OfType<Saved<SlackIntegrationView>>().ShouldHaveSingleItem();
        results.OfType<Invalid<SlackIntegrationView>>().Count().ShouldBe(7);
    }

    [Theory, DatabaseData]
    public async Task Save_SameTokenTypedAgain_IsNoChange(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var stored = await AddAsync(app, Model("C0ALERTS01"));
        var again = stored.Values.Copy();
        again.Token = Secret;

        var result = await Service(app).SaveAsync(stored, again, Admin, Stop);

        result.ShouldBeOfType<Saved<SlackIntegrationView>>().Stored.ShouldBe(stored with { Values =
            result.ShouldBeOfType<Saved<SlackIntegrationView>>().Stored.Values });
    }

    [Theory, DatabaseData]
    public async Task Save_GoneMeanwhile_SaysSo(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var stored = await AddAsync(app, Model("C0ALERTS01"));
        await Service(app).DeleteAsync(stored.Id, Admin, Stop);
        await Service(app).DeleteAsync(stored.Id, Admin, Stop);

        (await Service(app).SaveAsync(stored, stored.Values, Admin, Stop)).ShouldBeOfType<Gone<SlackIntegrationView>>();
        (await Service(app).SwitchAsync(stored.Id, true, Admin, Stop)).ShouldBe(SwitchOutcome.Gone);
    }

    [Theory, DatabaseData]
    public async Task Save_ChangeAndDelete_AreAuditedWithTheTokensLastFour(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var stored = await AddAsync(app, Model("C0ALERTS01", "alerts"));
        var changed = stored.Values.Copy();
        (changed.SlackStop, changed.Token) = (true, "xoxb-canary-second-token-5555");
        await Service(app).SaveAsync(stored, changed, Admin, Stop);
        (await Service(app).SwitchAsync(stored.Id, false, Admin, Stop)).ShouldBe(SwitchOutcome.Done);
        (await Service(app).SwitchAsync(stored.Id, false, Admin, Stop)).ShouldBe(SwitchOutcome.WasSo);
        await Service(app).DeleteAsync(stored.Id, Admin, Stop);

        var entries = await EntriesAsync(app);

        entries.Select(entry => entry.Action)
            .ShouldBe(["slack-integration.create", "slack-integration.update", "slack-integration.update", "slack-integration.delete"]);
        entries.ShouldAllBe(entry => entry.SubjectId == $"{stored.Id}" && entry.SubjectName == "alerts" && entry.ActorName == Admin.Name
            && !entry.Changes!.Contains("canary"));
        entries[1].Changes.ShouldBe("""[{"field":"slackStop","before":"false","after":"true"},{"field":"slackToken","before":"…wxyz","after":"…5555"}]""");
        entries[2].Changes.ShouldBe("""[{"field":"isOn","before":"true","after":"false"}]""");
    }

    [Theory, DatabaseData]
    public async Task List_AfterSending_ShowsTheHoursOfItsChannel(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Provider = provider, WithSandbox = true, Configuration = new Dictionary<string, string> { ["Delivery:SlackPerSecond"] = "0" },
        });
        var sent = await app.AddSlackIntegrationAsync("C0ALERTS01");
        var quiet = await app.AddSlackIntegrationAsync("C0SECOPS01", s => s.SlackNotify = false);
        for (var i = 0; i < 3; i++)
        {
            (await app.PostEventAsync("scan.stopped", new { scanId = $"{i}" })).EnsureSuccessStatusCode();
        }

        await app.WaitForDeliveriesAsync(all => all.Count == 3 && all.All(d => d.State == DeliveryState.Sent));

        var items = (await Service(app).ListAsync(new ChannelListQuery(), Admin, Stop)).Items;
        var history = items.Single(item => item.Integration.Id == sent).History;
        history.Count.ShouldBe(HourOfSending.Hours);
        (history.Sum(hour => hour.Sent), history.Sum(hour => hour.Failed)).ShouldBe((3, 0));
        items.Single(item => item.Integration.Id == quiet).History.ShouldAllBe(hour => hour.Sent == 0 && hour.Failed == 0
            && hour.Open == 0);
        var picture = await app.Services.GetRequiredService<OverviewService>().GetAsync(ChartRange.Day, Admin, Stop);
        picture.Busiest.Single(channel => channel.Key.Id == sent).Hours.Sum(hour => hour.Sent).ShouldBe(3);
    }

    private static SlackIntegrationService Service(NotifyAdminApp app) => app.Services.GetRequiredService<SlackIntegrationService>();

    private static SlackIntegrationFormModel Model(string channelId, string name = "alerts") =>
        new() { Name = name, ChannelId = channelId, Token = Secret };

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });

    private static async Task<SlackIntegrationView> AddAsync(NotifyAdminApp app, SlackIntegrationFormModel model) =>
        (await Service(app).SaveAsync(null, model, Admin, Stop)).ShouldBeOfType<Saved<SlackIntegrationView>>().Stored;

    private static async Task<string> ScalarAsync(NotifyAdminApp app, string sql)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        await context.Database.OpenConnectionAsync(Stop);
        await using var command = context.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        return (string)(await command.ExecuteScalarAsync(Stop))!;
    }

    private static async Task<List<AuditEntry>> EntriesAsync(NotifyAdminApp app)
    {
        await using var context = await app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContextAsync(Stop);
        return await context.AuditEntries.AsNoTracking().Where(entry => entry.SubjectKind == "slack-integration").OrderBy(entry => entry.Id)
            .ToListAsync(Stop);
    }
}
