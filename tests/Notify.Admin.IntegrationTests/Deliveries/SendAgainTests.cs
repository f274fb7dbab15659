using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.Deliveries;

public class SendAgainTests
{
    private static readonly Actor Operator = new("u1", "op@example.test", Roles.Operator, "tests");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task SendAgain_FailedDelivery_WaitsWithoutMessageAndWakesItsLane(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var (service, seed, contexts) = Parts(app);
        var failed = await seed.DeliveryAsync(DeliveryState.Failed, with: d =>
        {
            d.Code = "msg_too_long";
            d.FirstAttemptAt = seed.Now;
        });
        await seed.MessageAsync([failed], (AttemptOutcome.Failed, "msg_too_long"));

        var result = await service.SendAgainAsync(new SendAgainTarget { Ids = [failed.Id] }, false, Operator, Stop);

        result.ShouldBe(new SendAgainResult(1, false));
        await using var context = await contexts.CreateDbContextAsync(Stop);
        var row = await context.Deliveries.SingleAsync(Stop);
        row.State.ShouldBe(DeliveryState.Waiting);
        row.MessageId.ShouldBeNull();
        row.FirstAttemptAt.ShouldBeNull();
        row.Code.ShouldBeNull();
        row.RequestedBy.ShouldBe("op@example.test");
        (await context.ChannelLanes.SingleAsync(Stop)).DueAt.ShouldNotBeNull();
        var entry = await context.AuditEntries.SingleAsync(e => e.Action == "delivery.send-again", Stop);
        entry.SubjectId.ShouldBe(ShortIds.OfDelivery(failed.Id));
        entry.ActorName.ShouldBe("op@example.test");
    }

    [Theory, DatabaseData]
    public async Task SendAgain_Selection_TakesSentOnlyWhenAskedAndOpenNever(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var (service, seed, contexts) = Parts(app);
        List<long> ids = [];
        foreach (var state in DeliveryStates.All)
        {
            ids.Add((await seed.DeliveryAsync(state)).Id);
        }

        var target = new SendAgainTarget { Ids = ids };
        var preview = await service.PreviewAsync(target, Operator, Stop);
        (preview.Undelivered.Count, preview.Sent.Count, preview.Open).ShouldBe((3, 1, 4));
        preview.Chosen(alsoSent: true).ShouldSatisfyAllConditions(
            chosen => chosen.Count.ShouldBe(4), chosen => chosen.HasMore.ShouldBeFalse());
        (await service.SendAgainAsync(target, false, Operator, Stop)).Queued.ShouldBe(3);
        (await service.SendAgainAsync(target, true, Operator, Stop)).Queued.ShouldBe(1);

        await using var context = await contexts.CreateDbContextAsync(Stop);
        (await context.Deliveries.CountAsync(d => d.State == DeliveryState.Waiting, Stop)).ShouldBe(5);
        (await context.Deliveries.CountAsync(d => d.State == DeliveryState.Held, Stop)).ShouldBe(1);
    }

    [Theory, DatabaseData]
    public async Task SendAgain_Filter_TakesWhatItShows(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var (service, seed, contexts) = Parts(app);
        await seed.DeliveryAsync(DeliveryState.Failed);
        await seed.DeliveryAsync(DeliveryState.GivenUp);
        await seed.DeliveryAsync(DeliveryState.GivenUp, ActivitySeed.DingTalk);
        await seed.DeliveryAsync(DeliveryState.Sent);

        var givenUp = new SendAgainTarget { Filter = new DeliveryFilter { States = [DeliveryState.GivenUp, DeliveryState.Held] } };
        (await service.SendAgainAsync(givenUp, false, Operator, Stop)).Queued.ShouldBe(2);
        var sent = new SendAgainTarget { Filter = new DeliveryFilter { States = [DeliveryState.Sent] } };
        (await service.SendAgainAsync(sent, false, Operator, Stop)).Queued.ShouldBe(0);

        await using var context = await contexts.CreateDbContextAsync(Stop);
        (await context.Deliveries.SingleAsync(d => d.State == DeliveryState.Failed, Stop)).RequestedBy.ShouldBeNull();
        (await context.ChannelLanes.CountAsync(Stop)).ShouldBe(2);
    }

    [Fact]
    public async Task Preview_OfMoreThanOneActionSends_FindsTheOldOnesThatDidNotArrive()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var (service, seed, contexts) = Parts(app);
        List<long> failed = [];
        for (var i = 0; i < 3; i++)
        {
            failed.Add((await seed.DeliveryAsync(DeliveryState.Failed)).Id);
        }

        await seed.SentAsync(SendAgain.Most + 1);
        var target = new SendAgainTarget { Filter = new DeliveryFilter { Channel = ActivitySeed.Slack } };

        var preview = await service.PreviewAsync(target, Operator, Stop);

        preview.Undelivered.Ids.ShouldBe(failed, ignoreOrder: true);
        (preview.Undelivered.HasMore, preview.Sent.Count, preview.Sent.HasMore).ShouldBe((false, SendAgain.Most, true));
        var chosen = preview.Chosen(alsoSent: false);
        // What ends while somebody reads the question is not among what it asked about.
        await seed.DeliveryAsync(DeliveryState.Failed);
        (await service.SendAgainAsync(target with { Ids = chosen.Ids }, false, Operator, Stop)).Queued.ShouldBe(3);
        preview.Chosen(alsoSent: true).ShouldSatisfyAllConditions(
            all => all.Count.ShouldBe(SendAgain.Most), all => all.HasMore.ShouldBeTrue(), all => all.Ids.Take(3).ShouldBe(chosen.Ids));

        await using var context = await contexts.CreateDbContextAsync(Stop);
        (await context.Deliveries.CountAsync(d => d.State == DeliveryState.Failed, Stop)).ShouldBe(1);
        (await context.AuditEntries.SingleAsync(e => e.Action == "delivery.send-again", Stop)).Changes!.ShouldContain("Slack 1");
    }

    [Fact]
    public async Task SendAgain_Viewer_IsRefusedAndChangesNothing()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var (service, seed, contexts) = Parts(app);
        var failed = await seed.DeliveryAsync(DeliveryState.Failed);
        var viewer = Operator with { Role = Roles.Viewer };

        await Should.ThrowAsync<NotPermittedException>(() =>
            service.SendAgainAsync(new SendAgainTarget { Ids = [failed.Id] }, true, viewer, Stop));
        await Should.ThrowAsync<NotPermittedException>(() => service.TryChannelAgainAsync(ActivitySeed.Slack, viewer, Stop));

        await using var context = await contexts.CreateDbContextAsync(Stop);
        (await context.Deliveries.SingleAsync(Stop)).State.ShouldBe(DeliveryState.Failed);
    }

    [Theory, DatabaseData]
    public async Task SendAgain_WorkerRuns_IsSentInANewMessageThatNamesWhoAsked(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider, working: true);
        var (service, seed, contexts) = Parts(app);
        var failed = await seed.DeliveryAsync(DeliveryState.GivenUp);
        await seed.MessageAsync([failed], (AttemptOutcome.Failed, "timeout"));

        await service.SendAgainAsync(new SendAgainTarget { Ids = [failed.Id] }, false, Operator, Stop);

        await using var context = await contexts.CreateDbContextAsync(Stop);
        await Eventually.HoldsAsync(() => context.Deliveries.AllAsync(d => d.State == DeliveryState.Sent, Stop), TimeSpan.FromSeconds(30));

        var messages = await context.Messages.OrderBy(m => m.Id).ToListAsync(Stop);
        messages.Select(m => m.RequestedBy).ShouldBe([null, "op@example.test"]);
    }

    // Without the worker, what an action leaves behind can be looked at.
    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider, bool working = false) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings
    {
        Provider = provider,
        Services = services =>
        {
            if (!working)
            {
                services.Remove(services.Single(s => s.ServiceType == typeof(IHostedService)
                    && s.ImplementationType == typeof(DeliveryWorker)));
            }

            services.RemoveAll<IChannel>();
            services.AddSingleton<IChannel>(new PretendChannel(ChannelKind.Slack) { Channels = { new ChannelName(ActivitySeed.Slack,
                "sec-alerts", true) } });
            services.AddSingleton<IChannel>(new PretendChannel(ChannelKind.DingTalk) { Channels = { new ChannelName(ActivitySeed.DingTalk,
                "ops robot", true) } });
        },
    });

    private static (DeliveryService Service, ActivitySeed Seed, IDbContextFactory<NotifyDbContext> Contexts) Parts(NotifyAdminApp app)
    {
        var contexts = app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>();
        return (app.Services.GetRequiredService<DeliveryService>(), new ActivitySeed(contexts), contexts);
    }
}
