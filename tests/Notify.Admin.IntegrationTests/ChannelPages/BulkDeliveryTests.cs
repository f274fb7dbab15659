using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.ChannelPages;

/// <summary>Delivery settings that many channels get at once: each keeps the rest, and what waits for it.</summary>
public sealed class BulkDeliveryTests
{
    private static readonly Actor Admin = new("u1", "admin@example.test", Roles.Admin, "tests");

    private static readonly DeliveryChange Change = new()
    {
        IntervalMinutes = 15,
        QuietHours = new QuietHours { IsOn = true, TimeZone = "Europe/Berlin" },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Set_ForAChannelOfEitherKind_KeepsTheRest_IsInTheTrail_AndCanBeTakenBack(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, WithSandbox = true });
        var counted = DeliveryPolicy.Off with { Deduplication = new Deduplication { IsOn = true, Minutes = 30 } };
        var slack = await app.AddSlackIntegrationAsync("C0ONE", integration => integration.Delivery = counted);
        var robot = await app.AddChatbotAsync("one", change => change with { Delivery = counted, IntervalMinutes = 5, Tags = ["prod"] });
        var integrations = app.Services.GetRequiredService<SlackIntegrationService>();
        var chatbots = app.Services.GetRequiredService<DingTalkChatbotService>();
        var before = (await chatbots.ListDeliveryAsync([robot, 999], Admin, Stop)).ShouldHaveSingleItem().Value;
        var audited = (await app.AuditEntriesAsync()).Count;

        (await integrations.SetDeliveryAsync(slack, Change, Admin, Stop)).Outcome.ShouldBe(DeliveryOutcome.Done);
        var set = await chatbots.SetDeliveryAsync(robot, Change, Admin, Stop);

        set.Outcome.ShouldBe(DeliveryOutcome.Done);
        var expected = new ChannelDelivery(15, counted with { QuietHours = Change.QuietHours! });
        (await integrations.ListDeliveryAsync([slack], Admin, Stop))[slack].ShouldBe(expected);
        (await chatbots.ListDeliveryAsync([robot], Admin, Stop))[robot].ShouldBe(expected);
        ChannelTags.Read((await chatbots.FindAsync(robot, Admin, Stop))!.Tags).ShouldBe(["prod"]);
        var entries = (await app.AuditEntriesAsync()).Skip(audited).ToList();
        entries.Select(entry => entry.Action).ShouldBe(["slack-integration.update", "dingtalk-chatbot.update"], ignoreOrder: true);
        entries.ShouldAllBe(entry => entry.Changes!.Contains("\"quietHours\"", StringComparison.Ordinal)
            && !entry.Changes.Contains("deduplication", StringComparison.Ordinal));

        (await chatbots.SetDeliveryAsync(robot, set.Before!, Admin, Stop)).Outcome.ShouldBe(DeliveryOutcome.Done);
        (await chatbots.ListDeliveryAsync([robot], Admin, Stop))[robot].ShouldBe(before);
    }

    [Theory, DatabaseData]
    public async Task Set_WhatItHasAlready_OrCannotHave_WritesNothing(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, WithSandbox = true });
        var slack = await app.AddSlackIntegrationAsync("C0ONE", integration => integration.IntervalMinutes = 15);
        var robot = await app.AddChatbotAsync("one");
        var integrations = app.Services.GetRequiredService<SlackIntegrationService>();
        var chatbots = app.Services.GetRequiredService<DingTalkChatbotService>();
        var audited = (await app.AuditEntriesAsync()).Count;

        (await integrations.SetDeliveryAsync(slack, new DeliveryChange { IntervalMinutes = 15 }, Admin, Stop)).Outcome
            .ShouldBe(DeliveryOutcome.WasSo);
        var itself = new Fallback { IsOn = true, To = new ChannelKey(ChannelKind.DingTalk, robot) };
        var refused = await chatbots.SetDeliveryAsync(robot, new DeliveryChange { Fallback = itself }, Admin, Stop);
        (refused.Outcome, refused.Refusal!.TextKey).ShouldBe((DeliveryOutcome.Refused, "Fallback.To.Self"));
        (await integrations.SetDeliveryAsync(999, Change, Admin, Stop)).Outcome.ShouldBe(DeliveryOutcome.Gone);
        (await chatbots.SetDeliveryAsync(999, Change, Admin, Stop)).Outcome.ShouldBe(DeliveryOutcome.Gone);

        (await app.AuditEntriesAsync()).Count.ShouldBe(audited);
    }
}
