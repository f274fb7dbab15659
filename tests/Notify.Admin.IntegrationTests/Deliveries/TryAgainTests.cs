using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Deliveries;

/// <summary>Trying a channel again says what came of it.</summary>
public sealed class TryAgainTests
{
    private static readonly Actor Admin = new("u1", "admin@example.test", Roles.Admin, "tests");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task TryAgain_UntilTheCauseIsMended_IsRefusedWithItsCode(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var (desk, channel) = await HoldAsync(app);

        var refused = await desk.AwaitTryAsync(await desk.TryAgainAsync(channel, Admin, Stop), Stop);
        await app.WaitForDeliveriesAsync(IsHeld);
        var view = (await app.Services.GetRequiredService<SlackIntegrationService>().FindAsync(channel.Id, Admin, Stop))!;
        await app.Services.GetRequiredService<SlackTestService>().JoinAsync(view, view.Values, Admin, Stop);
        var accepted = await desk.AwaitTryAsync(await desk.TryAgainAsync(channel, Admin, Stop), Stop);
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);
        var nothing = await desk.AwaitTryAsync(await desk.TryAgainAsync(channel, Admin, Stop), Stop);

        (refused.Verdict, refused.Code).ShouldBe((ChannelTryVerdict.Refused, "not_in_channel"));
        refused.Explanation.ShouldNotBeNull().Mend.ShouldNotBeEmpty();
        (accepted.Verdict, accepted.Code).ShouldBe((ChannelTryVerdict.Accepted, null));
        nothing.Verdict.ShouldBe(ChannelTryVerdict.NothingWaiting);
    }

    [Theory, DatabaseData]
    public async Task TryChannelsAgain_OfAFilter_TriesThoseThatHoldForAttention(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var (_, channel) = await HoldAsync(app);
        var service = app.Services.GetRequiredService<DeliveryService>();

        var held = await service.TryChannelsAgainAsync(
            new SendAgainTarget { Filter = new DeliveryFilter { States = [DeliveryState.Held] } }, Admin, Stop);
        var none = await service.TryChannelsAgainAsync(
            new SendAgainTarget { Filter = new DeliveryFilter { States = [DeliveryState.Sent] } }, Admin, Stop);

        held.Select(tried => tried.Channel).ShouldBe([channel]);
        none.ShouldBeEmpty();
        await Should.ThrowAsync<NotPermittedException>(() => service.TryChannelsAgainAsync(
            new SendAgainTarget { Ids = [1] }, Admin with { Role = Roles.Viewer }, Stop));
    }

    [Theory, DatabaseData]
    public async Task AwaitTries_OfSeveralChannels_SaysWhatCameOfEach(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var (desk, held) = await HoldAsync(app);
        var idle = new ChannelKey(ChannelKind.DingTalk, await app.AddChatbotAsync(RobotSeeds.KeywordToken));
        List<ChannelTry> tries = [await desk.TryAgainAsync(idle, Admin, Stop), await desk.TryAgainAsync(held, Admin, Stop)];

        var outcomes = await desk.AwaitTriesAsync(tries, Stop);

        outcomes.Select(outcome => (outcome.Verdict, outcome.Code)).ShouldBe(
            [(ChannelTryVerdict.NothingWaiting, null), (ChannelTryVerdict.Refused, "not_in_channel")]);
    }

    private static bool IsHeld(IReadOnlyList<Delivery> all) =>
        all is [{ State: DeliveryState.Held, HoldReason: HoldReason.NeedsAttention }];

    private static async Task<(IDeliveryDesk Desk, ChannelKey Channel)> HoldAsync(NotifyAdminApp app)
    {
        var id = await app.AddSlackIntegrationAsync(SlackSeeds.NotJoined);
        (await app.PostEventAsync("scan.stopped", new { target = "shop.example.com" })).EnsureSuccessStatusCode();
        await app.WaitForDeliveriesAsync(IsHeld);
        return (app.Services.GetRequiredService<IDeliveryDesk>(), new ChannelKey(ChannelKind.Slack, id));
    }

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider) => NotifyAdminApp.StartAsync(new NotifyAdminSettings
    {
        Provider = provider, WithSandbox = true, Configuration = new Dictionary<string, string> { ["Delivery:SlackPerSecond"] = "0" },
    });
}
