using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Deliveries;

/// <summary>Attempts that died with their process and carry no delivery, which no lane would recover.</summary>
public sealed class LostAttemptTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Long = LostAttemptStore.Longest + TimeSpan.FromMinutes(1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Start_LongAfterADeathInFlight_SaysThatNobodyKnowsWhatCameOfIt(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var contexts = Contexts(app);
        MessagePurpose[] purposes = [MessagePurpose.Test, MessagePurpose.Drill, MessagePurpose.Revision];
        foreach (var purpose in purposes)
        {
            await BeginAsync(contexts, time.GetUtcNow(), purpose);
        }

        time.Shift(Long);
        await app.RestartAsync();

        await Eventually.HoldsAsync(async () => (await AttemptsAsync(Contexts(app))).TrueForAll(
            a => (a.Outcome, a.Code) == (AttemptOutcome.Unknown, OutcomeCodes.ProcessDied)), Soon);
    }

    [Theory, DatabaseData]
    public async Task Settle_LeavesWhatMayStillBeUnderWay_WhatHasEnded_AndWhatTheLaneRecovers(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var contexts = Contexts(app);
        var store = app.Services.GetRequiredService<LostAttemptStore>();
        var seed = new ActivitySeed(contexts) { Now = time.GetUtcNow() };
        var lost = await BeginAsync(contexts, time.GetUtcNow(), MessagePurpose.Drill);
        var recovered = await seed.MessageAsync([await seed.DeliveryAsync(DeliveryState.Sending)], (AttemptOutcome.InFlight, ""));
        var ended = await seed.MessageAsync([await seed.DeliveryAsync(DeliveryState.Sent)], (AttemptOutcome.Accepted, "ok"));
        time.Shift(Long);
        var young = await BeginAsync(contexts, time.GetUtcNow(), MessagePurpose.Test);

        (await store.SettleAsync(Stop)).ShouldBe(1);
        (await OutcomesAsync(contexts, lost, recovered.Id, ended.Id, young)).ShouldBe(
            [AttemptOutcome.Unknown, AttemptOutcome.InFlight, AttemptOutcome.Accepted, AttemptOutcome.InFlight]);
        (await store.SettleAsync(Stop)).ShouldBe(0);

        // From where the last look ended.
        time.Shift(Long);
        (await store.SettleAsync(Stop)).ShouldBe(1);
        (await OutcomesAsync(contexts, recovered.Id, young)).ShouldBe([AttemptOutcome.InFlight, AttemptOutcome.Unknown]);
    }

    [Theory, DatabaseData]
    public async Task Settle_AfterTheClockWasSetBack_FindsWhatWasBegunSince(DatabaseProvider provider)
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(provider, time);
        var store = app.Services.GetRequiredService<LostAttemptStore>();
        time.Shift(TimeSpan.FromDays(1));
        (await store.SettleAsync(Stop)).ShouldBe(0);

        time.Shift(TimeSpan.FromDays(-1));
        await BeginAsync(Contexts(app), time.GetUtcNow(), MessagePurpose.Drill);
        (await store.SettleAsync(Stop)).ShouldBe(0);
        time.Shift(Long);
        (await store.SettleAsync(Stop)).ShouldBe(1);
    }

    [Fact]
    public async Task Settle_ReadsNoTableFromItsBeginning()
    {
        var time = new ShiftedTime();
        await using var app = await StartAsync(DatabaseProvider.Sqlite, time);
        var contexts = Contexts(app);
        await BeginAsync(contexts, time.GetUtcNow(), MessagePurpose.Drill);
        time.Shift(Long);
        var settled = 0;

        (await QueryPlans.ScansAsync(contexts,
            async () => settled = await app.Services.GetRequiredService<LostAttemptStore>().SettleAsync(Stop), Stop)).ShouldBeEmpty();

        settled.ShouldBe(1);
    }

    // Once its own look at the start is over.
    private static async Task<NotifyAdminApp> StartAsync(DatabaseProvider provider, ShiftedTime time)
    {
        var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, Time = time });
        await Eventually.HoldsAsync(async () =>
        {
            await using var context = await Contexts(app).CreateDbContextAsync(Stop);
            return await context.ServerSettings.AnyAsync(s => s.Key == "attempts.settled-up-to", Stop)
                && await context.NamedLeases.AnyAsync(l => l.Name == "lost-attempts" && l.LeaseToken == null, Stop);
        }, Soon);
        return app;
    }

    private static IDbContextFactory<NotifyDbContext> Contexts(NotifyAdminApp app) =>
        app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>();

    // As it is committed before it is sent.
    private static async Task<long> BeginAsync(
        IDbContextFactory<NotifyDbContext> contexts, DateTimeOffset at, MessagePurpose purpose)
    {
        await using var context = await contexts.CreateDbContextAsync(Stop);
        var message = new Message
        {
            ChannelKind = ChannelKind.Slack, ChannelId = purpose == MessagePurpose.Test ? 0 : 1, Purpose = purpose,
            ShortId = ShortIds.New(purpose), Preview = "What was sent", CreatedAt = at,
        };
        context.Messages.Add(message);
        await context.SaveChangesAsync(Stop);
        context.Attempts.Add(new Attempt { MessageId = message.Id, StartedAt = at });
        await context.SaveChangesAsync(Stop);
        return message.Id;
    }

    private static async Task<List<Attempt>> AttemptsAsync(IDbContextFactory<NotifyDbContext> contexts)
    {
        await using var context = await contexts.CreateDbContextAsync(Stop);
        return await context.Attempts.AsNoTracking().ToListAsync(Stop);
    }

    private static async Task<IEnumerable<AttemptOutcome>> OutcomesAsync(
        IDbContextFactory<NotifyDbContext> contexts, params long[] messages)
    {
        var attempts = await AttemptsAsync(contexts);
        return messages.Select(message => attempts.Single(a => a.MessageId == message).Outcome);
    }
}
