using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.ChannelPages;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.LiveForms;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.Testing;

namespace Notify.Admin.IntegrationTests.ChannelPages;

/// <summary>Tags of channels: given, found by, filtered by, and left alone by the vendors' APIs.</summary>
public sealed class ChannelTagTests
{
    private static readonly Actor Admin = new("u1", "admin@example.test", Roles.Admin, "tests");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task List_IsFilteredByATag_AndSearchedByIt(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, WithSandbox = true });
        await app.AddSlackIntegrationAsync("C0ONE", slack => slack.Tags = ChannelTags.Write(["eu", "prod"]));
        await app.AddSlackIntegrationAsync("C0TWO", slack => slack.Tags = ChannelTags.Write(["production"]));
        await app.AddSlackIntegrationAsync("C0SIX");
        var integrations = app.Services.GetRequiredService<SlackIntegrationService>();

        async Task<IEnumerable<string>> Find(ChannelListQuery query) =>
            (await integrations.ListAsync(query, Admin, Stop)).Items.Select(item => item.Integration.Values.ChannelId);

        (await Find(new ChannelListQuery(Tag: "prod"))).ShouldBe(["C0ONE"]);
        (await Find(new ChannelListQuery("PROD"))).ShouldBe(["C0ONE", "C0TWO"]);
        (await integrations.ListNamesAsync(new ChannelListQuery(Tag: "eu"), Admin, Stop)).Count.ShouldBe(1);
        (await app.Services.GetRequiredService<IDeliveryDesk>().ListTagsAsync(Admin, Stop)).ShouldBe(["eu", "prod", "production"]);
    }

    [Theory, DatabaseData]
    public async Task Tag_OfAChannelOfEitherKind_IsAddedAndTakenAway_AndInTheTrail(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, WithSandbox = true });
        var slack = await app.AddSlackIntegrationAsync("C0ONE");
        var robot = await app.AddChatbotAsync("one");
        var integrations = app.Services.GetRequiredService<SlackIntegrationService>();
        var chatbots = app.Services.GetRequiredService<DingTalkChatbotService>();
        var (add, remove) = (new TagChange("prod", true), new TagChange("prod", false));

        (await integrations.TagAsync(slack, add, Admin, Stop)).ShouldBe(TagOutcome.Done);
        (await chatbots.TagAsync(robot, add, Admin, Stop)).ShouldBe(TagOutcome.Done);
        (await chatbots.TagAsync(robot, add, Admin, Stop)).ShouldBe(TagOutcome.WasSo);
        (await integrations.FindAsync(slack, Admin, Stop))!.Values.Tags.ShouldBe(["prod"]);
        ChannelTags.Read((await chatbots.FindAsync(robot, Admin, Stop))!.Tags).ShouldBe(["prod"]);
        (await chatbots.TagAsync(robot, remove, Admin, Stop)).ShouldBe(TagOutcome.Done);
        (await chatbots.FindAsync(robot, Admin, Stop))!.Tags.ShouldBe("");
        (await integrations.TagAsync(999, add, Admin, Stop)).ShouldBe(TagOutcome.Gone);

        (await app.AuditEntriesAsync()).Count(entry => entry.Changes?.Contains("\"tags\"", StringComparison.Ordinal) == true).ShouldBe(3);
    }

    [Fact]
    public async Task Form_RefusesWhatIsNoTag_AndTooMany()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { WithSandbox = true });
        var id = await app.AddSlackIntegrationAsync("C0ONE");
        var integrations = app.Services.GetRequiredService<SlackIntegrationService>();
        var stored = (await integrations.FindAsync(id, Admin, Stop))!;

        async Task<string> Refusal(params string[] tags)
        {
            var model = stored.Values.Copy();
            model.Tags = tags;
            return (await integrations.SaveAsync(stored, model, Admin, Stop)).ShouldBeOfType<Invalid<SlackIntegrationView>>()
                .Refusals.Single(refusal => refusal.Field == "Tags").TextKey;
        }

        (await Refusal("Not Clean")).ShouldBe("Tags.Bad");
        (await Refusal([.. Enumerable.Range(0, 21).Select(number => $"{number}")])).ShouldBe("Tags.TooMany");
    }

    [Fact]
    public async Task VendorsApis_LeaveTagsAlone()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { WithSandbox = true });
        var slack = await app.AddSlackIntegrationAsync("C0123456789", integration => integration.Tags = ChannelTags.Write(["prod"]));
        var robot = await app.AddChatbotAsync("one", change => change with { Tags = ["prod"] });

        using var answer = await app.CreateClient().PostAsJsonAsync(
            "api/UpdateSlack",
            new { apiKey = NotifyAdminSettings.ApiKey, channelId = "C0123456789", slackToken = TestChannels.SandboxToken, slackStop = true },
            Stop);
        answer.EnsureSuccessStatusCode();
        await app.EditChatbotAsync(robot, change => change with { Tags = null, IntervalMinutes = 3 });

        (await app.Services.GetRequiredService<SlackIntegrationService>().FindAsync(slack, Admin, Stop))!.Values.Tags.ShouldBe(["prod"]);
        ChannelTags.Read((await app.Services.GetRequiredService<DingTalkChatbotService>().FindAsync(robot, Admin, Stop))!.Tags)
            .ShouldBe(["prod"]);
    }
}
