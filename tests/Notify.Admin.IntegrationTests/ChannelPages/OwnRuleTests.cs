using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.DingTalk;
using Notify.Admin.LiveForms;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;

namespace Notify.Admin.IntegrationTests.ChannelPages;

/// <summary>Channels that hear by own rules what their vendor's dialect cannot ask for, through the real program to the sandbox.</summary>
public sealed class OwnRuleTests
{
    private const string Suspicious = "sas_analysis_online-sas-operation-log-sas-event-suspicious";

    private const string Webshells =
        """[{"conditions":[{"on":"kind","oneOf":["sas-event-suspicious"]},{"on":"group","oneOf":["7"]},{"on":"severity","from":"high"}]}]""";

    private const string Scans = """[{"conditions":[{"on":"kind","oneOf":["scan.aborted"]},{"on":"asset","like":"*.example"}]}]""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Event_ThatTheDialectCannotAskFor_IsSentByAnOwnRule(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        await app.AddSlackIntegrationAsync("C0ALERTS01", slack => (slack.SlackNotify, slack.OwnRules) = (false, Webshells));
        await app.AddChatbotAsync(RobotSeeds.KeywordToken,
            change => change with { Rules = ConfigList.Empty, OwnRules = Scans, Language = DingTalkLanguage.En });

        await app.PostEventAsync(Suspicious, new { item_level = "serious", event_type = "Webshell", groupId = "8", title = "of 8" });
        await app.PostEventAsync("scan.aborted", new { target = "shop.other", avgThreat = "High" });
        await app.PostEventAsync(Suspicious, new { item_level = "serious", event_type = "Webshell", groupId = 7, title = "of 7" }, "w-7");
        await app.PostEventAsync("scan.aborted", new { target = "Shop.Example", avgThreat = "High" }, "s-1");
        var deliveries = await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }, { State: DeliveryState.Sent }]);

        deliveries.ShouldAllBe(delivery => delivery.MatchReason == "own rule 1");
        var texts = app.Sandbox.Messages.All.Select(message => message.Text).ToList();
        texts.Count.ShouldBe(2);
        texts.ShouldContain(text => text.Contains("w-7") && text.Contains("of 7"));
        texts.ShouldContain(text => text.Contains("s-1") && text.Contains(RobotSeeds.Keyword) && text.Contains("Scan aborted"));
    }

    [Theory, DatabaseData]
    public async Task Rules_OfADeletedChannel_AreGoneWithIt_AndASaveCountsAtOnce(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var id = await app.AddChatbotAsync(RobotSeeds.KeywordToken, change => change with { Rules = ConfigList.Empty });
        await app.PostEventAsync("scan.aborted", new { target = "a.example" }, "before");

        await app.EditChatbotAsync(id, change => change with { OwnRules = Scans });
        await app.PostEventAsync("scan.aborted", new { target = "a.example" }, "after");
        await app.WaitForDeliveriesAsync(all => all is [{ State: DeliveryState.Sent }]);
        await app.Chatbots().DeleteAsync([id], Actor.System, Token);
        await app.PostEventAsync("scan.aborted", new { target = "a.example" }, "gone");

        (await app.DeliveriesAsync()).Count.ShouldBe(1);
        app.Sandbox.Messages.All.ShouldHaveSingleItem().Text.ShouldContain("after");
    }

    [Fact]
    public async Task Save_RulesThatAreWrong_IsRefusedWithTheRuleAndCondition()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var id = await app.AddChatbotAsync(RobotSeeds.KeywordToken);

        var result = await app.Chatbots().SaveAsync(
            new ChatbotChange { Id = id, Name = "Wrong", OwnRules = """[{"conditions":[{"on":"kind","oneOf":[]}]}]""" }, Actor.System, Token);

        var refusal = result.ShouldBeOfType<Invalid<DingTalkChatbot>>().Refusals.ShouldHaveSingleItem();
        refusal.Field.ShouldBe("OwnRules");
        refusal.Argument.ShouldBe("Own rule 1, condition 1: no value is given");
        (await app.Services.GetRequiredService<SlackIntegrationService>().SaveAsync(null, new SlackIntegrationFormModel
        {
            Name = "Wrong", ChannelId = "C0ALERTS01", Token = TestChannels.SandboxToken, OwnRules = "[{}]",
        }, Actor.System, Token)).ShouldBeOfType<Invalid<SlackIntegrationView>>().Refusals.ShouldHaveSingleItem().Field.ShouldBe("OwnRules");
    }

    [Theory]
    [InlineData("slack")]
    [InlineData("dingtalk")]
    public async Task Api_SetsWhatItThenReads_AndSaysWhatIsWrongByPlace(string kind)
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var id = kind == "slack" ? await app.AddSlackIntegrationAsync("C0ALERTS01") : await app.AddChatbotAsync(RobotSeeds.KeywordToken);
        using var client = app.CreateApiClient();
        var address = $"api/channels/{kind}/{id}/rules";

        (await client.GetStringAsync(address, Token)).ShouldBe("""{"rules":[],"rule_sets":[]}""");
        using var saved = await PutAsync($$"""{"rules":{{Webshells}}}""");
        using var wrong = await PutAsync("""{"rules":[{"conditions":[{"on":"kind","oneOf":["a"]}]},{"conditions":[{"on":"kind","oneof":["a"]}]}]}""");
        using var other = await PutAsync("""{"rules":[],"version":3}""");
        using var missing = await PutAsync("{}");
        using var nobody = await client.PutAsync($"api/channels/{kind}/999/rules", Json("""{"rules":[]}"""), Token);
        using var noKind = await client.GetAsync($"api/channels/mail/{id}/rules", Token);

        saved.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetStringAsync(address, Token)).ShouldBe($$"""{"rules":{{Webshells}},"rule_sets":[]}""");
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = (await wrong.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("errors")[0];
        error.GetProperty("index").GetInt32().ShouldBe(1);
        error.GetProperty("field").GetString().ShouldBe("rules[1].conditions[0].oneof");
        error.GetProperty("reason").GetString()!.ShouldStartWith("Own rule 2, condition 1: “oneof” is not known here");
        other.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        missing.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        nobody.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        noKind.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        Task<HttpResponseMessage> PutAsync(string body) => client.PutAsync(address, Json(body), Token);

        static StringContent Json(string body) => new(body, null, "application/json");
    }

    [Fact]
    public async Task VendorsAnswers_BeforeAndAfterOwnRules_AreTheSame_AndItsSavesKeepThem()
    {
        await using var app = await StartAsync(DatabaseProvider.Sqlite);
        var chatbot = await app.AddChatbotAsync(RobotSeeds.KeywordToken);
        var slack = await app.AddSlackIntegrationAsync("C0ALERTS01", integration => integration.SlackStop = true);
        var before = await AnswersAsync();

        foreach (var rules in (string[])[Webshells, Scans, "[]", Webshells])
        {
            await app.EditChatbotAsync(chatbot, change => change with { OwnRules = rules });
            await app.EditSlackIntegrationAsync(slack, integration => integration.OwnRules = rules);

            (await AnswersAsync()).ShouldBe(before);
        }

        var store = app.Services.GetRequiredService<SlackIntegrationStore>();
        await app.CreateClient().PostAsync("/api/UpdateSlack", new StringContent(JsonSerializer.Serialize(new
        {
            apiKey = NotifyAdminSettings.ApiKey, channelId = "C0ALERTS01", slackToken = TestChannels.SandboxToken, slackPause = true,
        }), null, "application/json"), Token);
        (await store.FindAsync(slack, Token))!.ShouldSatisfyAllConditions(
            stored => stored.SlackPause.ShouldBeTrue(), stored => stored.OwnRules.ShouldBe(Webshells));
        (await app.Chatbots().FindAsync(chatbot, Actor.System, Token))!.OwnRules.ShouldBe(Webshells);

        async Task<string> AnswersAsync() => string.Join('\n', (await app.CallAsync("openapi",
            ("DescribeDingTalk", new() { ["CurrentPage"] = 1, ["PageSize"] = 20 }),
            ("CreateOrUpdateDingTalk", new()
            {
                ["Id"] = chatbot, ["RuleActionName"] = "Same", ["SendUrl"] = app.Sandbox.RobotUrl(RobotSeeds.KeywordToken).AbsoluteUri,
            }),
            ("DescribeDingTalk", new() { ["RuleActionName"] = "Same" }),
            ("DescribeDataSource", []))).Skip(1).Select(Steady));
    }

    // What differs from call to call in any case.
    private static string Steady(JsonElement answer) =>
        System.Text.RegularExpressions.Regex.Replace(answer.GetRawText(), "\"(RequestId|GmtModified)\":[^,}]*", "");

    private static Task<NotifyAdminApp> StartAsync(DatabaseProvider provider) => NotifyAdminApp.StartAsync(new()
    {
        Provider = provider,
        WithSandbox = true,
        Configuration = new Dictionary<string, string> { ["Delivery:DingTalkPerMinute"] = "0" },
    });
}
