using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

public sealed class RuleBuilderTests(Browser browser, RuleBuilderTests.ProductWithEvents product)
    : Journey(browser, product), IClassFixture<RuleBuilderTests.ProductWithEvents>
{
    private const string Unknown = "Quantum intrusion 量子入侵";

    // Not as the builder would write it: another prefix, another order, a value nobody has heard of.
    private const string WrittenByApi =
        $$"""[{"type":"sas_analysis_pre-sas-operation-log-sas-event-suspicious","configItemList":[{"key":"event_type","valueList":["{{Unknown}}","Webshell"]},{"key":"item_level","valueList":["remind","serious"]}]},{"type":"sas_analysis_pre-sas-operation-log-sas-event-hc","configItemList":[{"key":"item_level","valueList":["high"]}]}]""";

    [Fact]
    public async Task Json_Written_ChangesTheCards_AndAMistakeIsNamed()
    {
        await SignInAsync(Roles.Admin);
        await OpenAsync("dingtalk/chatbots/new");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Exposures" }).ClickAsync();
        await Expect(Card("Vulnerabilities")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Tab, new() { Name = "JSON" }).ClickAsync();

        await Json.FillAsync(Honeypot("high", "low"));
        await Expect(Card("Cloud honeypot")).ToContainTextAsync("Cloud honeypot alerts rated High or Low");
        await Expect(Card("Vulnerabilities")).ToHaveCountAsync(0);
        await Json.BlurAsync();
        await Expect(Json).Not.ToHaveValueAsync(Honeypot("high", "low")); // laid out by the product

        await Json.FillAsync(Honeypot("high", "urgent"));
        var mistake = Page.Locator(".json-error");
        await Expect(mistake).ToContainTextAsync("Line 5, column");
        await Expect(mistake).ToContainTextAsync("[0].configItemList[0].valueList[1]");
        await Expect(mistake).ToContainTextAsync("“urgent” is not a value of “item_level”");
        await Expect(Json).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(Card("Cloud honeypot")).ToContainTextAsync("Cloud honeypot alerts rated High or Low");
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();

        await Page.GetByRole(AriaRole.Button, new() { Name = "Undo the last change of the rules" }).ClickAsync();
        await Expect(mistake).ToHaveCountAsync(0);
        await Expect(Json).ToHaveValueAsync(new Regex("\"low\""));
        await Page.GetByRole(AriaRole.Button, new() { Name = "Undo the last change of the rules" }).ClickAsync();
        await Expect(Card("Vulnerabilities")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Redo the change of the rules" }).ClickAsync();
        await Expect(Card("Cloud honeypot")).ToContainTextAsync("Cloud honeypot alerts rated High or Low");

        await Card("Cloud honeypot").GetByRole(AriaRole.Checkbox, new() { Name = "Low" }).ClickAsync();
        await Expect(Json).Not.ToHaveValueAsync(new Regex("\"low\""));
    }

    [Fact]
    public async Task UnknownValue_WrittenByApi_IsMarkedAndReadBackUnchanged()
    {
        var created = await App.CallAsync("openapi", ("CreateOrUpdateDingTalk", new()
        {
            ["RuleActionName"] = "By the API", ["SendUrl"] = Sandbox.RobotUrl(RobotSeeds.KeywordToken).AbsoluteUri,
                ["ConfigList"] = WrittenByApi,
        }));
        created[0].GetProperty("ok").GetBoolean().ShouldBeTrue();
        await SignInAsync(Roles.Admin);
        await OpenAsync("dingtalk/chatbots");
        await Page.GetByRole(AriaRole.Link, new() { Name = "By the API" }).ClickAsync();

        var unknown = Card("Alerts").Locator(".chip-unknown");
        await Expect(unknown).ToContainTextAsync(Unknown);
        await Expect(unknown.GetByRole(AriaRole.Checkbox)).ToBeCheckedAsync();
        await Expect(Card("Alerts")).ToContainTextAsync("not in the vendor's list");

        // There and back: what says the same again is what was written.
        await Card("Alerts").GetByRole(AriaRole.Checkbox, new() { Name = "Unusual logon" }).ClickAsync();
        await Expect(Card("Alerts")).ToContainTextAsync("or Unusual logon");
        await Card("Alerts").GetByRole(AriaRole.Checkbox, new() { Name = "Unusual logon" }).ClickAsync();
        await OpenTabAsync("Destination");
        await Page.GetByLabel("Keyword", new() { Exact = true }).FillAsync(RobotSeeds.Keyword);
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync("By the API, named here");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Expect(Page.GetByText("Saved. It sends:")).ToBeVisibleAsync();

        var described = await App.CallAsync("openapi", ("DescribeDingTalk", new() { ["RuleActionName"] = "By the API" }));
        var stored = described[0].GetProperty("body").GetProperty("ActionList")[0];
        stored.GetProperty("ActionName").GetString().ShouldBe("By the API, named here");
        stored.GetProperty("ConfigList").GetString().ShouldBe(WrittenByApi);
    }

    [Theory]
    [InlineData("light", "en", 1360, "rule-builder")]
    [InlineData("dark", "en", 1360, "rule-builder-dark")]
    [InlineData("light", "zh-CN", 1360, "rule-builder-chinese")]
    [InlineData("light", "en", 390, "rule-builder-phone")]
    public async Task Builder_AnyThemeLanguageAndWidth_IsAccessibleAndFits(string theme, string language, int width, string picture)
    {
        await SignInAsync(Roles.Admin);
        await SetThemeAsync(theme);
        await SetLanguageAsync(language);
        await SetWidthAsync(width, 940);
        await OpenAsync($"dingtalk/chatbots/{product.Chatbot}");
        await Expect(Page.Locator(".matches-total")).ToBeVisibleAsync();
        await Page.Locator(".builder")
            .EvaluateAsync("section => window.scrollTo(0, section.getBoundingClientRect().top + window.scrollY - 64)");

        (await OverflowAsync()).ShouldBeLessThanOrEqualTo(0);
        await PictureAsync(picture);
        foreach (var tab in await Page.Locator(".builder").GetByRole(AriaRole.Tab).AllAsync())
        {
            await tab.ClickAsync();
            (await AccessibilityProblemsAsync()).ShouldBeEmpty();
            (await OverflowAsync()).ShouldBeLessThanOrEqualTo(0);
        }
    }

    private ILocator Json => Page.Locator(".json-text");

    private ILocator Card(string name) => Page.GetByRole(AriaRole.Article, new() { Name = name, Exact = true });

    private static string Honeypot(params string[] levels) =>
        $$"""
        [
          { "type": "sas_analysis_online-sas-operation-log-sas-event-honeypot",
            "configItemList": [
              { "key": "item_level",
                "valueList": [{{string.Join(", ", levels.Select(level => $"\"{level}\""))}}] } ] } ]
        """;

    /// <summary>A chatbot with rules that hear some of a week's alerts.</summary>
    public sealed class ProductWithEvents : Product
    {
        public int Chatbot { get; private set; }

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            foreach (var (suffix, data) in Alerts)
            {
                (await App.PostEventAsync($"sas-event-{suffix}", data)).EnsureSuccessStatusCode();
            }

            var rules = ConfigList.Create(
                AlertRule.ForAll(Vocabulary.Find("suspicious")!).With(Vocabulary.ItemLevel, "serious", "suspicious")
                .With(Vocabulary.EventType, "Webshell", "Unusual logon", "Brand new kind"),
                AlertRule.ForAll(Vocabulary.Find("ak-leakage")!)).List!;
            Chatbot = await App.AddChatbotAsync(RobotSeeds.IpToken,
                change => change with { Name = "SecOps on call", Rules = rules, GroupIds = ["7"] });
        }

        private static IEnumerable<(string Suffix, object Data)> Alerts =>
        [
            ("suspicious", new { item_level = "serious", event_type = "Webshell", groupId = "7", title = "Webshell in /upload.php",
                asset = "web-01" }),
            ("suspicious", new { item_level = "suspicious", event_type = "Unusual logon", groupId = "7", title = "Log-in from a new place",
            asset = "web-02" }),
            ("suspicious", new { item_level = "serious", event_type = "Webshell", groupId = "8", title = "Webshell in /old.php",
            asset = "lab-01" }),
            ("suspicious", new { item_level = "remind", event_type = "Webshell", groupId = "7", title = "Old webshell found again",
            asset = "web-03" }),
            ("ak-leakage", new { type = "all", groupId = "7", title = "AccessKey pair in a public repository", asset = "billing" }),
            ("vul", new { type = "oval", necessity = "asap", groupId = "7", title = "OpenSSL needs its update", asset = "db-01" }),
        ];
    }
}
