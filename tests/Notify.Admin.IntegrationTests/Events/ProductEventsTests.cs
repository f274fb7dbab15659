using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Testing;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Events;

public sealed class ProductEventsTests
{
    private static readonly ProductEvent Raised = new(
        "notify.test.happened", "happened/1", new EventWords("It happened", "Somewhere"), new EventWords("已发生", "某处"));

    [Theory, DatabaseData]
    public async Task Raise_WithAChannelThatDoesNotHearIt_DeliversThereToo(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var id = await app.AddSlackIntegrationAsync(SlackSeeds.Joined, s => s.SlackNotify = false);
        var events = app.Services.GetRequiredService<IProductEvents>();

        (await events.RaiseAsync(Raised with { AlsoTo = [new ChannelMatch(new ChannelKey(ChannelKind.Slack, id), "told")] }))
            .ShouldBeTrue();

        (await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]))[0].MatchReason.ShouldBe("told");
        var text = (await app.Sandbox.WaitForMessagesAsync(1, TimeSpan.FromSeconds(60),
            cancellationToken: TestContext.Current.CancellationToken))[0].Text;
        text.ShouldContain("It happened");
        text.ShouldContain("happened/1");
    }

    [Theory, DatabaseData]
    public async Task Raise_Twice_IsStoredOnceAndDeliveredOnceWhereItIsHeardAnyway(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var id = await app.AddSlackIntegrationAsync(SlackSeeds.Joined);
        var events = app.Services.GetRequiredService<IProductEvents>();
        var also = Raised with { AlsoTo = [new ChannelMatch(new ChannelKey(ChannelKind.Slack, id), "told")] };

        (await events.RaiseAsync(also)).ShouldBeTrue();
        (await events.RaiseAsync(also)).ShouldBeTrue();

        (await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]))[0].MatchReason.ShouldBe("slackNotify");
        await using var context = app.Services.GetRequiredService<IDbContextFactory<NotifyDbContext>>().CreateDbContext();
        (await context.Events.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    [Fact]
    public async Task Raise_OfATypeThatIsNotTheProducts_IsRefused()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);

        await Should.ThrowAsync<ArgumentException>(
            app.Services.GetRequiredService<IProductEvents>().RaiseAsync(Raised with { Type = "scan.started" }));
    }

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider) =>
        NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, WithSandbox = true });
}
