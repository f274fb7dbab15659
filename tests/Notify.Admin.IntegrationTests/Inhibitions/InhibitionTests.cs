using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Events;
using Notify.Admin.Inhibitions;
using Notify.Admin.IntegrationTests.Sources;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.Testing;
using Notify.Admin.WhereTo;
using Notify.Sandbox.DingTalk;
using static Notify.Admin.IntegrationTests.Inhibitions.HostStage;

namespace Notify.Admin.IntegrationTests.Inhibitions;

/// <summary>Events that are counted and not sent while a problem is open, through the real program to the sandbox.</summary>
public sealed class InhibitionTests
{
    private static readonly Actor Viewer = new("u1", "viewer@example.test", Roles.Viewer, "tests");

    [Theory, DatabaseData]
    public async Task Dependants_WhileTheProblemIsOpen_AreSkipped_AndSentAfterIt(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        await AddAsync(app);
        await app.AddSlackIntegrationAsync("C0ALERTS01");

        await PostAsync(app, Service("before", "web-01"));
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);
        await PostAsync(app, Host("down", "web-01", "open"));
        await PostAsync(app, Service("held", "WEB-01"), Service("other", "web-02"), Service("none", null));
        await PostAsync(app, Host("up", "web-01", "resolved"));
        await PostAsync(app, Service("after", "web-01"));

        var deliveries = await app.WaitForDeliveriesAsync(all => all.Count == 7 && all.All(delivery => delivery.State.IsFinal()));
        deliveries.Select(delivery => (delivery.State, delivery.Code)).Where(delivery => delivery.State != DeliveryState.Sent)
            .ShouldHaveSingleItem().ShouldBe((DeliveryState.Skipped, OutcomeCodes.Inhibited));
        var texts = app.Sandbox.Messages.All.Select(message => message.Text).ToList();
        texts.ShouldNotContain(text => text.Contains("service held", StringComparison.Ordinal));
        texts.Single(text => text.Contains("Host down on web-01", StringComparison.Ordinal))
            .ShouldContain("While this is open, “Hosts” holds back what depends on it.");
        texts.Single(text => text.Contains("Host up", StringComparison.Ordinal)).ShouldNotContain("holds back");
        // The figures know it from the beginning.
        var totals = await app.Services.GetRequiredService<DeliveryTotalsStore>().ReadAsync(Stop);
        (totals.Counts[DeliveryState.Skipped], totals.Counts[DeliveryState.Sent]).ShouldBe((1, 6));
        await using var context = await ContextAsync(app);
        (await context.OpenProblems.CountAsync(Stop)).ShouldBe(0);
    }

    [Theory, DatabaseData]
    public async Task OneBatch_IsDecidedInItsOrder_AndAProblemDoesNotHoldItselfBack(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        await AddAsync(app, model => model.Dependants = """[{"conditions":[{"on":"severity","from":"high"}]}]""");
        await app.AddSlackIntegrationAsync("C0ALERTS01");

        await PostAsync(app, Service("1", "web-01"), Host("2", "web-01", "open"), Host("3", "web-01", "open"), Service("4", "web-01"),
            Host("5", "web-01", "resolved"), Service("6", "web-01"));

        (await InhibitedAsync(app)).ShouldBe([("4", "3")]);
    }

    [Theory, DatabaseData]
    public async Task Problem_WhoseEndIsNeverTold_IsOpenForItsHours_AndALabelMayStandForTheAsset(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        await AddAsync(app, model => (model.Label, model.Hours) = ("cluster", "2"));
        await app.AddSlackIntegrationAsync("C0ALERTS01");

        await PostAsync(app, Host("down", "web-01", "open", "blue"), Service("same", "web-77", "blue"), Service("other", "web-01", "red"));
        time.Shift(TimeSpan.FromMinutes(119));
        await PostAsync(app, Service("still", "web-78", "blue"));
        time.Shift(TimeSpan.FromMinutes(2));
        await PostAsync(app, Service("late", "web-78", "blue"));

        (await InhibitedAsync(app)).ShouldBe([("same", "down"), ("still", "down")]);
    }

    [Theory, DatabaseData]
    public async Task Explanations_NameTheProblem_AndTheSimulationDoesNotSend(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        await AddAsync(app);
        var id = await app.AddSlackIntegrationAsync("C0ALERTS01");
        await PostAsync(app, Host("down", "web-01", "open"), Service("held", "web-01"));

        var events = app.Services.GetRequiredService<EventService>();
        var rows = (await events.ListAsync(new EventFilter(), PageCursor.Newest, 50, Viewer, Stop)).Rows;
        rows.Select(row => row.IsInhibited).ShouldBe([true, false]);
        (await events.FindAsync(rows[0].Event.RowId, Viewer, Stop))!.Inhibited.ShouldBe(new Inhibited("Hosts", "down"));
        (await events.FindAsync(rows[1].Event.RowId, Viewer, Stop))!.Inhibited.ShouldBe(new Inhibited("Hosts", null));

        var where = app.Services.GetRequiredService<WhereToService>();
        var asked = (await where.ReadAsync(Service("typed", "web-01"), null, Viewer, Stop)).Asked!;
        var sent = (await where.AskAsync(asked, WhereToQuery.Parse(null, null, null), Viewer, Stop)).Sent.Items.ShouldHaveSingleItem();
        (sent.When.Time, sent.When.Inhibited).ShouldBe((SendingTime.Inhibited, new Inhibited("Hosts", "down")));
        asked = (await where.ReadAsync(Service("typed", "web-02"), null, Viewer, Stop)).Asked!;
        (await where.AskAsync(asked, WhereToQuery.Parse(null, null, null), Viewer, Stop)).Sent.Items.ShouldHaveSingleItem().When.Time
            .ShouldBe(SendingTime.Now);

        SlackIntegrationFormModel typed = new() { IsOn = true, SlackNotify = true };
        var counted = (await app.Services.GetRequiredService<SimulationService>().CompareAsync(
            ChannelSimulation.Of(new ChannelKey(ChannelKind.Slack, id), typed, typed, _ => _ => true, [], []), 7, TimeZoneInfo.Utc, Viewer,
            Stop))!;
        (counted.Days.Sum(day => day.MatchedNow), counted.Days.Sum(day => day.MessagesNow)).ShouldBe((2, 1));
    }

    [Theory, DatabaseData]
    public async Task Inhibition_SwitchedOffOrChanged_ForgetsWhatIsOpen_AndTheTrailSaysSo(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var stored = await AddAsync(app);
        await app.AddChatbotAsync(RobotSeeds.KeywordToken, change => change with { Rules = ConfigList.Empty, OwnRules = Services });
        var inhibitions = app.Services.GetRequiredService<InhibitionService>();
        await PostAsync(app, Host("down", "web-01", "open"), Service("1", "web-01"));

        var off = stored.Values.Copy();
        off.IsOn = false;
        stored = ((Saved<InhibitionView>)await inhibitions.SaveAsync(stored, off, Actor.System, Stop)).Stored;
        await PostAsync(app, Service("2", "web-01"));
        var on = stored.Values.Copy();
        on.IsOn = true;
        stored = ((Saved<InhibitionView>)await inhibitions.SaveAsync(stored, on, Actor.System, Stop)).Stored;
        await PostAsync(app, Service("3", "web-01"));
        await app.WaitForDeliveriesAsync(all => all.Count == 3 && all.All(delivery => delivery.State.IsFinal()));
        await PostAsync(app, Host("again", "web-01", "open"), Service("4", "web-01"));
        await inhibitions.DeleteAsync(stored.Id, Actor.System, Stop);
        await PostAsync(app, Service("5", "web-01"));

        (await InhibitedAsync(app)).ShouldBe([("1", "down"), ("4", "again")]);
        (await app.AuditEntriesAsync()).Select(entry => entry.Action)
            .Where(action => action.StartsWith("inhibition.", StringComparison.Ordinal))
            .ShouldBe(["inhibition.create", "inhibition.update", "inhibition.update", "inhibition.delete"]);
    }

    [Theory, DatabaseData]
    public async Task Hours_MadeFewer_ReleaseWhatAnOpenProblemHoldsBack(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var stored = await AddAsync(app, model => model.Hours = "24");
        await app.AddSlackIntegrationAsync("C0ALERTS01");
        await PostAsync(app, Host("down", "web-01", "open"));

        var shorter = stored.Values.Copy();
        shorter.Hours = "1";
        (await app.Services.GetRequiredService<InhibitionService>().SaveAsync(stored, shorter, Actor.System, Stop))
            .ShouldBeOfType<Saved<InhibitionView>>();
        time.Shift(TimeSpan.FromMinutes(59));
        await PostAsync(app, Service("still", "web-01"));
        time.Shift(TimeSpan.FromMinutes(2));
        await PostAsync(app, Service("late", "web-01"));

        (await InhibitedAsync(app)).ShouldBe([("still", "down")]);
    }

    [Theory, DatabaseData]
    public async Task Problem_OfASource_IsEndedByThatSourceAlone_AlsoUnderAnotherName(DatabaseProvider provider)
    {
        const string Mapping =
            """{"fields":{"id":"/host","title":"host down: {/host}","asset":"/host","state":"/state","kind":"tool.host"}}""";
        await using var app = await StartAsync(provider);
        await AddAsync(app);
        await app.AddSlackIntegrationAsync("C0ALERTS01");
        var one = await app.CreateSourceAsync(new { name = "ops", kind = "generic", mapping = Mapping });
        var other = await app.CreateSourceAsync(new { name = "ops", kind = "generic", mapping = Mapping });

        await SourceTesting.PostAsync(one.Address, """{"host":"web-01","state":"open"}""");
        await SourceTesting.PostAsync(other.Address, """{"host":"web-01","state":"resolved"}""");
        await PostAsync(app, Service("held", "web-01"));
        using var renamed = await app.CreateApiClient().PatchAsJsonAsync($"api/sources/{one.Id}", new { name = "renamed" }, Stop);
        renamed.EnsureSuccessStatusCode();
        await SourceTesting.PostAsync(one.Address, """{"host":"web-01","state":"resolved"}""");
        await PostAsync(app, Service("after", "web-01"));

        (await InhibitedAsync(app)).ShouldBe([("held", "web-01#open")]);
    }

    [Fact]
    public async Task Save_WhatIsWrong_NamesEachField()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        await AddAsync(app);

        var inhibitions = app.Services.GetRequiredService<InhibitionService>();
        var wrong = new InhibitionFormModel { Hours = "0", Problems = """[{"conditions":[]}]""", Label = "a\nb" };
        (await inhibitions.SaveAsync(null, wrong, Actor.System, Stop)).ShouldBeOfType<Invalid<InhibitionView>>().Refusals
            .Select(refusal => (refusal.Field, refusal.TextKey)).ShouldBe(
            [
                ("Name", "Refused.Name"), ("Problems", "Refused.Rules"), ("Dependants", "Refused.NoRules"), ("Label", "Refused.Label"),
                ("Hours", "Refused.Hours"),
            ]);
        (await inhibitions.SaveAsync(null, Model(), Actor.System, Stop)).ShouldBeOfType<Invalid<InhibitionView>>().Refusals
            .ShouldHaveSingleItem().TextKey.ShouldBe("Refused.NameTaken");
    }
}
