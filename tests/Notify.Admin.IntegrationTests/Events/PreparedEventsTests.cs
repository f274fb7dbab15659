using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Events;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Events;

/// <summary>Events are prepared before their transaction begins, and much may happen until it does.</summary>
public sealed class PreparedEventsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Write_RulesChangedSinceItWasPrepared_GoesByThoseOfItsTransaction(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        var leaves = await app.AddSlackIntegrationAsync("C0LEAVES");
        var comes = await app.AddSlackIntegrationAsync("C0COMES", slack => slack.SlackStop = slack.SlackNotify = false);
        // With the first event the rules are read, and what follows is matched against them as it is prepared.
        await app.PostEventAsync("scan.stopped", new { }, "before");
        var writer = app.Services.GetRequiredService<EventWriter>();
        var prepared = writer.Prepare([Stopped("prepared")], null);
        prepared.Events[0].Matches.Select(match => match.Channel.Id).ShouldBe([leaves]);

        await app.EditSlackIntegrationAsync(leaves, slack => slack.SlackStop = slack.SlackNotify = false);
        await app.EditSlackIntegrationAsync(comes, slack => slack.SlackStop = true);
        (await writer.WriteAsync([prepared], Stop)).ShouldBe([new IntakeResult(1, 0, false)]);

        await using var context = app.Services.GetRequiredService<ProviderContextFactory>().CreateDbContext();
        var stored = await context.Events.SingleAsync(e => e.EventId == "prepared", Stop);
        (await context.Deliveries.Where(d => d.EventRowId == stored.Id).Select(d => d.ChannelId).ToListAsync(Stop)).ShouldBe([comes]);
        stored.MatchCount.ShouldBe(1);
    }

    [Theory, DatabaseData]
    public async Task Write_OnceMoreAfterItFailed_StoresWhatItWouldHave(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        var channel = await app.AddSlackIntegrationAsync("C0ALWAYS");
        await app.PostEventAsync("scan.stopped", new { }, "before");
        var writer = app.Services.GetRequiredService<EventWriter>();
        var also = new ChannelMatch(new ChannelKey(ChannelKind.DingTalk, 5), "asked for");
        var prepared = writer.Prepare([Stopped("one") with { AlsoTo = [also] }, Stopped("two"), Stopped("two")], null);
        await app.Database.ExecuteAsync(provider.RenameTable("Deliveries", "Away"));
        await Should.ThrowAsync<System.Data.Common.DbException>(writer.WriteAsync([prepared], Stop));
        await app.Database.ExecuteAsync(provider.RenameTable("Away", "Deliveries"));

        (await writer.WriteAsync([prepared], Stop)).ShouldBe([new IntakeResult(2, 1, false)]);

        await using var context = app.Services.GetRequiredService<ProviderContextFactory>().CreateDbContext();
        var stored = await context.Events.Where(e => e.EventId != "before").OrderBy(e => e.Id).ToListAsync(Stop);
        stored.Select(e => (e.EventId, e.MatchCount)).ShouldBe([("one", 2), ("two", 1)]);
        var channels = await context.Deliveries.Where(d => d.EventRowId == stored[0].Id).OrderBy(d => d.Id).Select(d => d.ChannelId)
            .ToListAsync(Stop);
        channels.ShouldBe([channel, 5]);
    }

    [Fact]
    public async Task Stop_WhatWaitsAndWhatIsBeingWritten_IsAnsweredBusy_AndNotStored()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var intake = app.Services.GetRequiredService<EventIntake>();
        await using var context = app.Services.GetRequiredService<ProviderContextFactory>().CreateDbContext();
        await using (await context.Database.BeginTransactionAsync(Stop))
        {
            // The turn to write is taken: whichever group they are in waits for it.
            var first = intake.AcceptAsync([Stopped("first")]);
            var second = intake.AcceptAsync([Stopped("second")]);

            await intake.StopAsync(Stop);

            (await first, await second).ShouldBe((IntakeResult.Busy, IntakeResult.Busy));
        }

        (await intake.AcceptAsync([Stopped("third")])).ShouldBe(IntakeResult.Busy);
        (await context.Events.CountAsync(Stop)).ShouldBe(0);
    }

    private static ParsedEvent Stopped(string id) =>
        new(id, "tests", "scan.stopped", null, new EventFields { Title = "Stopped" }, $$"""{"id":"{{id}}"}""");
}
