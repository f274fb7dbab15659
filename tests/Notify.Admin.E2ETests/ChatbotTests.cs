using Microsoft.Playwright;
using Notify.Admin.Rules;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

public sealed class ChatbotTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    private static readonly ConfigList Leaks = ConfigList.Create(AlertRule.ForAll(Vocabulary.Find("ak-leakage")!)).List!;

    [Fact]
    public async Task Draft_OfANewChatbot_SurvivesAReload_WithoutItsSecret()
    {
        await SignInAsync(Roles.Admin);
        await OpenAsync("dingtalk/chatbots/new");
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Half finished");
        await Page.GetByLabel("Webhook", new() { Exact = true }).FillAsync(Sandbox.RobotUrl(RobotSeeds.SignedToken).AbsoluteUri);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Intrusions" }).ClickAsync();
        await Expect(Card("Application protection")).ToBeVisibleAsync();
        await Card("Application protection").GetByRole(AriaRole.Button, new() { Name = "Remove the rule for" }).ClickAsync();
        await Expect(Card("Application protection")).ToHaveCountAsync(0);
        // Typing is kept a moment after it pauses, and the page that comes reads it once.
        await Eventually.HoldsAsync(
            async () => (await DraftsAsync())
            .Any(draft => draft.Contains("Half finished") && draft.Contains("sas-event-honeypot") && !draft.Contains("sas-event-rasp")),
            TimeSpan.FromSeconds(30));

        await Page.ReloadAsync();

        await Expect(Page.GetByText("Your unsaved changes are back")).ToBeVisibleAsync();
        await Expect(Page.GetByText("Tokens and secrets that you had typed are never kept")).ToBeVisibleAsync();
        await Expect(Page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Half finished");
        await Expect(Page.GetByLabel("Webhook", new() { Exact = true })).ToHaveValueAsync("");
        await Expect(Card("Cloud honeypot")).ToBeVisibleAsync();
        await Expect(Card("Application protection")).ToHaveCountAsync(0);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await Expect(Page.GetByText("This chatbot sends nothing: it has no rules.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Duplicate_TakesEverythingButTheRobot()
    {
        var id = await App.AddChatbotAsync(RobotSeeds.KeywordToken,
            change => change with { Name = "The first", Rules = Leaks, IntervalMinutes = 15 });
        await SignInAsync(Roles.Admin);
        await OpenAsync($"dingtalk/chatbots/{id}");

        await Page.GetByRole(AriaRole.Link, new() { Name = "Duplicate" }).ClickAsync();

        await Expect(Page.GetByText("A duplicate of “The first”")).ToBeVisibleAsync();
        await Expect(Page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("The first (copy)");
        await Expect(Page.GetByLabel("Interval", new() { Exact = true })).ToHaveValueAsync("15");
        await Expect(Page.GetByLabel("Webhook", new() { Exact = true })).ToHaveValueAsync("");
        await Expect(Card("AccessKey pair leaks")).ToBeVisibleAsync();
        await Page.GetByLabel("Webhook", new() { Exact = true }).FillAsync(RobotSeeds.KeywordToken);
        await Expect(Page.GetByText("“The first” posts to the same robot")).ToHaveCountAsync(2);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
    }

    [Fact]
    public async Task CopyRules_FromAnother_ReplacesThem_AndUndoBringsThemBack()
    {
        await App.AddChatbotAsync("copyfrom", change => change with { Name = "Hears leaks", Rules = Leaks });
        var id = await App.AddChatbotAsync("copyto");
        await SignInAsync(Roles.Admin);
        await OpenAsync($"dingtalk/chatbots/{id}");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Copy rules" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Hears leaks" }).ClickAsync();
        await Expect(Card("Cloud honeypot")).ToHaveCountAsync(0);
        await Expect(Card("AccessKey pair leaks")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Undo the last change of the rules" }).ClickAsync();
        await Expect(Card("Cloud honeypot")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Redo the change of the rules" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();

        await Expect(Page.GetByText("Saved. It sends:")).ToBeVisibleAsync();
        (await App.Chatbots().FindAsync(id, Actor.System, TestContext.Current.CancellationToken))!.ConfigList.ShouldBe(Leaks.Json);
    }

    [Fact]
    public async Task Delete_AfterTheQuestion_TakesItFromTheList()
    {
        var id = await App.AddChatbotAsync("todelete", change => change with { Name = "Not for long" });
        await SignInAsync(Roles.Admin);
        await OpenAsync($"dingtalk/chatbots/{id}");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Delete chatbot" }).ClickAsync();
        var question = Page.GetByRole(AriaRole.Alertdialog);
        await Expect(question).ToContainTextAsync("Delete “Not for long”?");
        await question.GetByRole(AriaRole.Button, new() { Name = "Delete chatbot" }).ClickAsync();

        await Expect(Page.Locator("h1")).ToContainTextAsync("DingTalk chatbots");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Not for long" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Save_WhileTheStoreFails_SaysSo_AndKeepsWhatIsTyped()
    {
        var id = await App.AddChatbotAsync("storefails");
        await SignInAsync(Roles.Admin);
        await OpenAsync($"dingtalk/chatbots/{id}?tab=destination");
        var name = Page.GetByLabel("Name", new() { Exact = true });
        var save = Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" });
        await name.FillAsync("Typed before");

        await App.Database.ExecuteAsync("""ALTER TABLE "DingTalkChatbots" RENAME TO "Elsewhere";""");
        try
        {
            await save.ClickAsync();
            await Expect(Page.GetByText("Nothing was saved")).ToBeVisibleAsync();
        }
        finally
        {
            await App.Database.ExecuteAsync("""ALTER TABLE "Elsewhere" RENAME TO "DingTalkChatbots";""");
        }

        await Expect(name).ToHaveValueAsync("Typed before");
        await save.ClickAsync();
        await Expect(Page.Locator("h1")).ToContainTextAsync("Typed before");
    }

    [Fact]
    public async Task ReplacedWebhook_AsksForTheSigningSecretAgain()
    {
        var id = await App.AddChatbotAsync(RobotSeeds.SignedToken,
            change => change with { Name = "Signed", Security = new(DingTalk.RobotSecurityMode.Signature, RobotSeeds.SignedSecret, null) });
        await SignInAsync(Roles.Admin);
        await OpenAsync($"dingtalk/chatbots/{id}?tab=destination");
        await Expect(Page.GetByText("Configured")).ToHaveCountAsync(2);

        await Page.GetByRole(AriaRole.Button, new() { Name = "Replace" }).First.ClickAsync();
        var webhook = Page.GetByRole(AriaRole.Textbox, new() { Name = "Webhook", Exact = true });
        await webhook.FillAsync(Sandbox.RobotUrl("another").AbsoluteUri);

        await Expect(Page.GetByText("The webhook changes, so enter the secret again")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Expect(Page.GetByText("The webhook has changed, so enter the signing secret again")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Textbox, new() { Name = "Signing secret" })).ToBeFocusedAsync();

        await webhook.FillAsync("https://elsewhere.example.com/robot/send?access_token=another");
        await Expect(Page.Locator(".read-refused").First).ToContainTextAsync("This server may not call that host. Allowed: http://");
    }

    [Theory]
    [InlineData("en", false, "The message contains none of the robot's keywords.", "310000/keyword", "keywords not in content")]
    [InlineData("zh-CN", false, "消息中不含机器人的任何关键词。", "310000/keyword", "keywords not in content")]
    [InlineData("en", true, "The signature does not match.", "310000/sign", "sign not match")]
    [InlineData("zh-CN", true, "签名不匹配。", "310000/sign", "sign not match")]
    public async Task Test_RefusedByTheRobot_SaysWhyAndWhatToDo(string language, bool signs, string meaning, string code, string answer)
    {
        Sandbox.Robots.Put(new SandboxRobot { Token = "wantsword", Name = "Wants a word", Keywords = ["only-this-word"] });
        var id = signs
            ? await App.AddChatbotAsync(RobotSeeds.SignedToken,
                change => change with { Security = new(DingTalk.RobotSecurityMode.Signature, "SECnotthisone", null) })
            : await App.AddChatbotAsync("wantsword");
        await SignInAsync(Roles.Operator);
        await SetLanguageAsync(language);
        await OpenAsync($"dingtalk/chatbots/{id}?tab=destination");

        await Page.GetByRole(AriaRole.Button, new() { Name = language == "en" ? "Send test" : "发送测试消息" }).ClickAsync();

        var verdict = Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = meaning }).First;
        await Expect(verdict).ToBeVisibleAsync();
        await Expect(verdict).ToContainTextAsync(code);
        await Expect(verdict).ToContainTextAsync(language == "en" ? "What to do:" : "处理方法：");
        await Expect(verdict).ToContainTextAsync(answer);
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
    }

    private ILocator Card(string name) => Page.GetByRole(AriaRole.Article, new() { Name = name, Exact = true });
}
