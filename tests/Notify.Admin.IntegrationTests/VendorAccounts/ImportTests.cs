using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Admin.VendorAccounts;
using Notify.Sandbox.DingTalk;

namespace Notify.Admin.IntegrationTests.VendorAccounts;

/// <summary>Chatbots of an account at Security Center, for which another product stands, created here.</summary>
public class ImportTests
{
    private static readonly Actor Admin = new(null, "admin@example.test", Roles.Admin, "test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Chatbot_OfTheAccount_IsHereAsItIsThere_AndInSync(DatabaseProvider provider)
    {
        await using var vendor = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        await using var app = await vendor.StartCustomerAsync(settings: new() { Provider = provider, Sandbox = vendor.Sandbox });
        var there = await vendor.AddChatbotAsync(RobotSeeds.KeywordToken, chatbot => chatbot with
        {
            Name = "生产 告警*~", IntervalMinutes = 30, Language = DingTalkLanguage.En, GroupIds = ["7", "10417151"], IsOn = false,
        });
        await vendor.AddChatbotAsync(RobotSeeds.SignedToken, chatbot => chatbot with { Name = "Taken" });
        var here = await app.AddChatbotAsync(RobotSeeds.KeywordToken, chatbot => chatbot with { Name = "Taken" });
        var account = await app.AddAccountAsync(vendor);
        using var client = app.CreateApiClient();
        var address = $"api/accounts/{account.Id}/chatbots";
        (await StatesAsync(client, address)).ShouldBe([("Taken", "name_taken", here), ("生产 告警*~", "new", null)]);

        using var imported = await client.PostAsJsonAsync(address,
            new { id = there, url = vendor.Sandbox.RobotUrl(RobotSeeds.KeywordToken).AbsoluteUri }, Stop);

        imported.StatusCode.ShouldBe(HttpStatusCode.Created, await imported.Content.ReadAsStringAsync(Stop));
        var id = (await imported.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("chatbot").GetInt32();
        var chatbot = (await app.Chatbots().FindAsync(id, Admin, Stop))!;
        var original = (await vendor.Chatbots().FindAsync(there, Admin, Stop))!;
        (chatbot.Name, chatbot.IntervalMinutes, chatbot.Language, chatbot.IsOn, chatbot.ConfigList, chatbot.MaskedUrl).ShouldBe(
            (original.Name, 30, DingTalkLanguage.En, false, original.ConfigList, original.MaskedUrl));
        GroupIds.Read(chatbot.GroupIdList).ShouldBe(["7", "10417151"], ignoreOrder: true);
        (await StatesAsync(client, address)).ShouldBe([("Taken", "name_taken", here), ("生产 告警*~", "linked", id)]);
        var view = (await app.Publishing().FindAsync(new ChannelKey(ChannelKind.DingTalk, id), Admin, Stop))!;
        (view.Standing, view.Link.VendorId).ShouldBe((PublishStanding.InSync, there));
        (await app.Publishing().PlanAsync(new ChannelKey(ChannelKind.DingTalk, id), Admin, Stop)).Plan!.Steps.ShouldBeEmpty();
        (await app.AuditActionsAsync()).ShouldContain("dingtalk-chatbot.link");

        using var again = await client.PostAsJsonAsync(address,
            new { id = there, url = vendor.Sandbox.RobotUrl(RobotSeeds.KeywordToken).AbsoluteUri }, Stop);
        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Chatbot_WithAnotherWebhook_IsRefused_AndNothingIsCreated()
    {
        await using var vendor = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        await using var app = await vendor.StartCustomerAsync(settings: new() { Sandbox = vendor.Sandbox });
        var there = await vendor.AddChatbotAsync(RobotSeeds.KeywordToken, chatbot => chatbot with { Name = "SecOps" });
        var account = await app.AddAccountAsync(vendor);
        using var client = app.CreateApiClient();
        var address = $"api/accounts/{account.Id}/chatbots";
        var other = vendor.Sandbox.RobotUrl(RobotSeeds.SignedToken).AbsoluteUri;

        (await AskAsync(new { id = there, url = other })).ShouldBe((HttpStatusCode.BadRequest, "invalid_body"));
        (await AskAsync(new { id = there, url = "https://elsewhere.example/robot/send?access_token=abc" }))
            .ShouldBe((HttpStatusCode.BadRequest, "invalid_body"));
        (await AskAsync(new { id = there })).ShouldBe((HttpStatusCode.BadRequest, "invalid_body"));
        (await AskAsync(new { id = 999, url = other })).ShouldBe((HttpStatusCode.NotFound, "not_found"));

        (await app.Chatbots().FindPageAsync(null, 1, 10, Admin, Stop)).Chatbots.ShouldBeEmpty();
        (await app.Services.GetRequiredService<ChannelLinkStore>().ListAsync(null, Stop)).ShouldBeEmpty();

        async Task<(HttpStatusCode Status, string? Code)> AskAsync(object body)
        {
            using var answer = await client.PostAsJsonAsync(address, body, Stop);
            return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("code").GetString());
        }
    }

    private static async Task<IReadOnlyList<(string? Name, string? State, int? Chatbot)>> StatesAsync(HttpClient client, string address) =>
        [.. (await client.GetFromJsonAsync<JsonElement>(address, Stop)).GetProperty("items").EnumerateArray().Select(item => (
            item.GetProperty("name").GetString(), item.GetProperty("state").GetString(),
            item.GetProperty("chatbot").ValueKind == JsonValueKind.Null ? (int?)null : item.GetProperty("chatbot").GetInt32()))];
}
