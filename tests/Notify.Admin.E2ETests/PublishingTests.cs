using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Notify.Admin.Security;
using Notify.Admin.Slack;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>Channels published at the vendors, for which another product stands. Takes pictures of the README.</summary>
public sealed class PublishingTests(Browser browser, PublishingTests.CustomerProduct product)
    : Journey(browser, product), IClassFixture<PublishingTests.CustomerProduct>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chatbot_IsLinkedPlannedAndPublished_AndSoAreManyAtOnce()
    {
        var account = await App.AddAccountAsync(product.Vendor);
        var id = await App.AddChatbotAsync(RobotSeeds.KeywordToken, chatbot => chatbot with { Name = "Duty" });
        await SignInAsync(Roles.Admin);
        await OpenAsync($"dingtalk/chatbots/{id}?tab=destination");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Link", Exact = true }).ClickAsync();
        await Expect(Page.GetByText("Create it at Security Center.")).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();

        await Page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).ClickAsync();

        await Expect(Page.GetByText("Published, the same there")).ToBeVisibleAsync();
        var there = (await product.Vendor.Chatbots().FindPageAsync(null, 1, 10, Actor.System, Stop)).Chatbots;
        there.ShouldHaveSingleItem().Name.ShouldBe("Duty");

        await App.EditChatbotAsync(id, change => change with { IntervalMinutes = 30 });
        await App.AddChatbotAsync(RobotSeeds.SignedToken, chatbot => chatbot with { Name = "Night shift" });
        await OpenAsync($"accounts/{account.Id}");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Publish channels" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Make a plan" }).ClickAsync();
        await Expect(Page.GetByText("Link it. Create it at Security Center.")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Details of Duty" }).ClickAsync();
        await Page.GetByRole(AriaRole.Checkbox, new() { Name = "Choose all shown" }).CheckAsync();
        await Expect(Page.GetByText("1 to create, 1 to change, 0 to switch, 0 to delete; 1 are linked first.").First).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await PictureAsync("publish-channels");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Publish 2 channels" }).ClickAsync();
        await Page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Publish 2 channels" }).ClickAsync();

        await Expect(Page.GetByText("2 of 2 published, 0 failed.")).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        (await product.Vendor.Chatbots().FindPageAsync(null, 1, 10, Actor.System, Stop)).Chatbots
            .Select(chatbot => (chatbot.Name, chatbot.IntervalMinutes)).ShouldBe([("Duty", 30), ("Night shift", 0)], ignoreOrder: true);
    }

    [Fact]
    public async Task Integration_IsPublishedToKayran_WhichTellsNothingBack()
    {
        await SignInAsync(Roles.Admin);
        await OpenAsync("accounts/new");
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Scanner");
        await Page.GetByLabel("Vendor", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = "Kayran (CYTRIX)" });
        await Page.GetByRole(AriaRole.Region, new() { Name = "API key" }).Locator("input[type=password]")
            .FillAsync(NotifyAdminSettings.ApiKey);
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Add account" }).ClickAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Check", Exact = true }).ClickAsync();
        await Expect(Page.GetByText("Kayran answers at this address")).ToBeVisibleAsync();

        var id = await App.AddSlackIntegrationAsync("C0SCANS0001");
        await OpenAsync($"slack/integrations/{id}?tab=destination");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Link", Exact = true }).ClickAsync();
        await Expect(Page.GetByText("Kayran does not tell what it has")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }).ClickAsync();

        await Expect(Page.GetByText("Published as it is here")).ToBeVisibleAsync();
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
        (await product.Vendor.Services.GetRequiredService<SlackIntegrationStore>().ListAsync(Stop)).ShouldHaveSingleItem().ChannelId
            .ShouldBe("C0SCANS0001");
    }

    /// <summary>A product with accounts at another one.</summary>
    public sealed class CustomerProduct : Product
    {
        private NotifyAdminApp? _vendor;

        internal NotifyAdminApp Vendor => _vendor ?? throw new InvalidOperationException("The vendor is not up.");

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            if (_vendor is not null)
            {
                await _vendor.DisposeAsync();
            }
        }

        private protected override async Task<NotifyAdminApp> StartAsync()
        {
            _vendor = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { WithSandbox = true });
            return await _vendor.StartCustomerAsync(settings: new NotifyAdminSettings { Sandbox = _vendor.Sandbox });
        }
    }
}
