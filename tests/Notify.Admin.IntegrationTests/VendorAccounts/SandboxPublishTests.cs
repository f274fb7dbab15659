using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Notify.Admin.Channels;
using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Admin.VendorAccounts;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Faults;
using Notify.Sandbox.SecurityCenter;

namespace Notify.Admin.IntegrationTests.VendorAccounts;

/// <summary>The sandbox as Security Center: published, changed there, accepted, deleted there, and imported.</summary>
public class SandboxPublishTests
{
    private static readonly Actor Admin = new(null, "admin@example.test", Roles.Admin, "test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Chatbot_GoesTheWholeCircle(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider, WithSandbox = true });
        var vendor = app.Sandbox.SecurityCenter;
        var account = await app.AddAccountAsync(app.Sandbox);
        var id = await app.AddChatbotAsync(RobotSeeds.SignedToken, chatbot => chatbot with
        {
            Name = "生产 告警*~", IntervalMinutes = 30, Language = DingTalkLanguage.En, GroupIds = ["10417152"], IsOn = false,
        });
        (await app.Publishing().LinkAsync(KeyOf(id), account.Id, Admin, Stop)).ShouldBeTrue();

        (await PublishAsync(app, id)).ShouldBe([PublishStep.Create, PublishStep.Switch]);

        var there = vendor.Chatbots.All.Single(chatbot => chatbot.Name == "生产 告警*~");
        (there.IsOn, there.IntervalTime, there.Language, there.GroupIdList).ShouldBe((false, 30, "en", """["10417152"]"""));
        there.SendUrl.ShouldBe(app.Sandbox.RobotUrl(RobotSeeds.SignedToken).AbsoluteUri);
        await StandsAsync(app, id, PublishStanding.InSync);

        await app.EditChatbotAsync(id, change => change with { IsOn = true, IntervalMinutes = 5 });
        (await PublishAsync(app, id)).ShouldBe([PublishStep.Update, PublishStep.Switch]);
        vendor.Put(vendor.Chatbots.All.Single(chatbot => chatbot.Id == there.Id) with { Name = "By the console", ConfigList = "[]" });
        (await app.Publishing().PlanAsync(KeyOf(id), Admin, Stop)).Plan!.Changes.Select(change => change.Field)
            .ShouldBe(["name", "configList"]);
        await StandsAsync(app, id, PublishStanding.Drifted);
        (await app.Publishing().AcceptAsync(KeyOf(id), Admin, Stop)).ShouldBeTrue();
        var here = (await app.Chatbots().FindAsync(id, Admin, Stop))!;
        (here.Name, here.ConfigList, here.IntervalMinutes, here.IsOn).ShouldBe(("By the console", "[]", 5, true));

        (await app.Publishing().RemoveAsync(KeyOf(id), Admin, Stop)).ShouldBeTrue();
        vendor.Chatbots.All.ShouldNotContain(chatbot => chatbot.Id == there.Id);
    }

    [Fact]
    public async Task Chatbot_OfTheSandbox_IsImported_AndInSync()
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        var account = await app.AddAccountAsync(app.Sandbox);
        var robot = app.Sandbox.RobotUrl(RobotSeeds.KeywordToken).AbsoluteUri;
        // The robot's address is that of a sandbox on its own port.
        app.Sandbox.SecurityCenter.Put(app.Sandbox.SecurityCenter.Chatbots.All.Single() with { SendUrl = robot });
        using var client = app.CreateApiClient();

        using var imported = await client.PostAsJsonAsync($"api/accounts/{account.Id}/chatbots", new { id = 1, url = robot }, Stop);

        imported.StatusCode.ShouldBe(HttpStatusCode.Created, await imported.Content.ReadAsStringAsync(Stop));
        var id = (await imported.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("chatbot").GetInt32();
        var here = (await app.Chatbots().FindAsync(id, Admin, Stop))!;
        (here.Name, here.IntervalMinutes).ShouldBe((SecurityCenterSeeds.Chatbot.Name, 10));
        GroupIds.Read(here.GroupIdList).ShouldBe(["10417151"]);
        await StandsAsync(app, id, PublishStanding.InSync);
        (await app.Publishing().PlanAsync(KeyOf(id), Admin, Stop)).Plan!.Steps.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(FaultKind.AcceptThenReset)]
    [InlineData(FaultKind.Reset)]
    public async Task Answer_ThatIsLost_LeavesOneChatbotThere(FaultKind lost)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        var account = await app.AddAccountAsync(app.Sandbox);
        var id = await app.AddChatbotAsync(RobotSeeds.KeywordToken, chatbot => chatbot with { Name = "SecOps" });
        await app.Publishing().LinkAsync(KeyOf(id), account.Id, Admin, Stop);
        app.Sandbox.Faults.Add(new SandboxFault
        {
            Target = FaultTarget.SecurityCenter, Method = "CreateOrUpdateDingTalk", Kind = lost,
        });

        await PublishAsync(app, id);

        app.Sandbox.SecurityCenter.Chatbots.All.Count(chatbot => chatbot.Name == "SecOps").ShouldBe(1);
        await StandsAsync(app, id, PublishStanding.InSync);
    }

    [Theory, DatabaseData]
    public async Task Many_ArePlannedStartedAndWatchedByScripts(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { Provider = provider, WithSandbox = true });
        var account = await app.AddAccountAsync(app.Sandbox);
        await app.AddChatbotAsync(RobotSeeds.KeywordToken, chatbot => chatbot with { Name = "First" });
        var second = await app.AddChatbotAsync(RobotSeeds.SignedToken, chatbot => chatbot with { Name = "Second", IsOn = false });
        using var client = app.CreateApiClient();
        var address = $"api/accounts/{account.Id}/publish";

        var plan = await SendAsync(client, HttpMethod.Post, $"{address}/plan", null);
        await app.EditChatbotAsync(second, change => change with { IntervalMinutes = 5 });
        var begun = await SendAsync(client, HttpMethod.Post, address, plan.Body.ToJsonString());

        plan.Body["items"]!.AsArray().Select(item => (item!["name"]!.ToString(), item["is_linked"]!.GetValue<bool>(),
            string.Join(' ', item["steps"]!.AsArray()))).ShouldBe([("First", false, "create"), ("Second", false, "create switch")]);
        begun.Status.ShouldBe(HttpStatusCode.Accepted);
        begun.Body.ToJsonString().ShouldBe($$"""{"begun":1,"left_out":[{{second}}]}""");
        await Eventually.HoldsAsync(async () => (await SendAsync(client, HttpMethod.Get, address, null)).Body["open"]!.GetValue<int>() == 0,
            TimeSpan.FromMinutes(1));
        var run = (await SendAsync(client, HttpMethod.Get, address, null)).Body["items"]!.AsArray().ShouldHaveSingleItem()!;
        (run["name"]!.ToString(), run["state"]!.ToString()).ShouldBe(("First", "done"));
        app.Sandbox.SecurityCenter.Chatbots.All.Select(chatbot => chatbot.Name).ShouldBe([SecurityCenterSeeds.Chatbot.Name, "First"]);
        // The person's, not the program's.
        (await app.AuditEntriesAsync()).Single(entry => entry.Action == "dingtalk-chatbot.publish").ActorName
            .ShouldNotBe(Actor.System.Name);
    }

    [Theory]
    [InlineData(1, "{}", HttpStatusCode.BadRequest)]
    [InlineData(1, """{"items":[]}""", HttpStatusCode.BadRequest)]
    [InlineData(1, """{"items":[{"channel":"1","basis":"x"}]}""", HttpStatusCode.BadRequest)]
    [InlineData(1, """{"items":[{"channel":1,"basis":"x"},{"channel":1,"basis":"y"}]}""", HttpStatusCode.BadRequest)]
    [InlineData(9, """{"items":[{"channel":1,"basis":"x"}]}""", HttpStatusCode.NotFound)]
    public async Task Start_OfWhatIsNoPlan_IsRefused(int account, string body, HttpStatusCode status)
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        await app.AddAccountAsync(app.Sandbox);

        (await SendAsync(app.CreateApiClient(), HttpMethod.Post, $"api/accounts/{account}/publish", body)).Status.ShouldBe(status);

        (await SendAsync(app.CreateApiClient(), HttpMethod.Get, "api/accounts/1/publish", null)).Body["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_ShorterThanAskedFor_AreAllRead()
    {
        await using var app = await NotifyAdminApp.StartAsync(new() { WithSandbox = true });
        app.Sandbox.Settings = app.Sandbox.Settings with { SecurityCenterPageSize = 2 };
        app.Sandbox.SecurityCenter.Put([.. Enumerable.Range(1, 4).Select(number => new SandboxChatbot
        {
            Name = $"Chatbot {number}", SendUrl = app.Sandbox.RobotUrl(RobotSeeds.KeywordToken).AbsoluteUri,
        })]);
        var account = await app.AddAccountAsync(app.Sandbox);
        using var client = app.CreateApiClient();

        var read = await client.GetFromJsonAsync<JsonElement>($"api/accounts/{account.Id}/chatbots", Stop);

        read.GetProperty("items").GetArrayLength().ShouldBe(5);
    }

    private static async Task<(HttpStatusCode Status, JsonObject Body)> SendAsync(
        HttpClient client, HttpMethod method, string address, string? body)
    {
        using var request = new HttpRequestMessage(method, address)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
        using var answer = await client.SendAsync(request, Stop);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonObject>(Stop))!);
    }

    private static ChannelKey KeyOf(int id) => new(ChannelKind.DingTalk, id);

    private static async Task<IReadOnlyList<PublishStep>> PublishAsync(NotifyAdminApp app, int id)
    {
        var plan = (await app.Publishing().PlanAsync(KeyOf(id), Admin, Stop)).Plan!;
        (await app.Publishing().ApplyAsync(KeyOf(id), plan.Basis, Admin, Stop)).ShouldBeTrue();
        return plan.Steps;
    }

    private static async Task StandsAsync(NotifyAdminApp app, int id, PublishStanding standing)
    {
        var view = (await app.Publishing().FindAsync(KeyOf(id), Admin, Stop))!;
        view.Standing.ShouldBe(standing, view.Last?.Code);
    }
}
