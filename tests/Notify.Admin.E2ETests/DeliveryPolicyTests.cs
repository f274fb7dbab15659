using Microsoft.Playwright;
using Notify.Admin.Channels;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>Quiet hours, repeats, fallback and drills: the same section in the form of every kind of channel.</summary>
public sealed class DeliveryPolicyTests(Browser browser, Product product) : Journey(browser, product), IClassFixture<Product>
{
    private static readonly DeliveryPolicy Everything = new()
    {
        QuietHours = new QuietHours { IsOn = true, TimeZone = "Europe/Berlin" },
        Deduplication = new Deduplication { IsOn = true, Minutes = 10 },
        Fallback = new Fallback { IsOn = true, To = new ChannelKey(ChannelKind.Slack, int.MaxValue) },
        Drills = new DrillSchedule { IsOn = true, TimeZone = "Asia/Shanghai" },
    };

    private ILocator Section => Page.GetByRole(AriaRole.Region, new() { Name = "Quiet hours, deduplication, fallback, scheduled tests" });

    private ILocator Sentences => Section.Locator(".form-note");

    private ILocator SaveBar => Page.Locator(".save-bar-shown");

    [Theory]
    [InlineData(ChannelKind.Slack)]
    [InlineData(ChannelKind.DingTalk)]
    public async Task QuietHoursAndFallback_Saved_AreThereAfterAReload(ChannelKind kind)
    {
        var night = $"Night shift of {kind}";
        await App.AddSlackIntegrationAsync($"C0NIGHT00{(int)kind}", slack => slack.Name = night);
        await OpenFormAsync(kind, "saved");

        await SwitchOnAsync("Quiet hours");
        await Expect(Sentences)
            .ToContainTextAsync("Holds messages Mon–Fri 22:00–07:00 UTC and sends one summary afterwards; Critical goes through, and what does not state its severity.");
        await FillAsync("From", "20:30");
        await Expect(Sentences).ToContainTextAsync("Mon–Fri 20:30–07:00 UTC");
        await Section.GetByRole(AriaRole.Checkbox, new() { Name = "Sat", Exact = true }).CheckAsync();
        await Expect(Sentences).ToContainTextAsync("Mon–Sat 20:30–07:00 UTC");
        await Section.GetByLabel("Time zone").SelectOptionAsync("Asia/Shanghai");
        await Expect(Sentences).ToContainTextAsync("Mon–Sat 20:30–07:00 Asia/Shanghai");
        await SwitchOnAsync("Fallback channel");
        await Section.GetByLabel("Channel to tell").SelectOptionAsync(night);
        await Expect(Sentences)
            .ToContainTextAsync($"Tells “{night}” when this channel has been failing for 15 min, and when it is well again.");
        await FillAsync("After how many minutes", "45");
        await Expect(Sentences).ToContainTextAsync("failing for 45 min");
        await SaveAsync();
        await Expect(SaveBar).ToHaveCountAsync(0);

        await Page.ReloadAsync();
        await Expect(Sentences).ToContainTextAsync("Mon–Sat 20:30–07:00 Asia/Shanghai");
        await Expect(Sentences).ToContainTextAsync($"Tells “{night}” when this channel has been failing for 45 min");
        await Expect(Section.GetByLabel("From", new() { Exact = true })).ToHaveValueAsync("20:30");
        await Expect(Section.GetByLabel("To", new() { Exact = true })).ToHaveValueAsync("07:00");
        await Expect(Section.GetByRole(AriaRole.Checkbox, new() { Name = "Sat", Exact = true })).ToBeCheckedAsync();
        await Expect(Section.GetByRole(AriaRole.Checkbox, new() { Name = "Sun", Exact = true })).Not.ToBeCheckedAsync();
        await Expect(Section.GetByLabel("After how many minutes")).ToHaveValueAsync("45");
        await Expect(SaveBar).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(ChannelKind.Slack)]
    [InlineData(ChannelKind.DingTalk)]
    public async Task Save_WithPartsThatAreNotRight_SaysAtEachWhatIsMissing(ChannelKind kind)
    {
        await OpenFormAsync(kind, "refused", Everything with { Fallback = new Fallback() });
        // What is not right yet says nothing.
        await FillAsync("To", "");
        await Expect(Sentences).Not.ToContainTextAsync("Holds messages");
        await FillAsync("For how many minutes", "0");
        await Expect(Sentences).Not.ToContainTextAsync("Counts events");
        await SwitchOnAsync("Fallback channel");
        await Section.GetByRole(AriaRole.Radio, new() { Name = "Every so many days" }).CheckAsync();
        await FillAsync("Days between tests", "400");
        await Expect(Sentences).Not.ToContainTextAsync("Sends a scheduled test");

        await SaveAsync();

        await Expect(Part("Quiet hours")).ToContainTextAsync("Enter a time.");
        await Expect(Part("Deduplicate")).ToContainTextAsync("Enter 1 to 10080 minutes.");
        await Expect(Part("Fallback channel")).ToContainTextAsync("Choose the channel to tell.");
        await Expect(Part("Scheduled tests")).ToContainTextAsync("Enter 1 to 365 days.");
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();

        await FillAsync("For how many minutes", "5");
        await Expect(Part("Deduplicate")).Not.ToContainTextAsync("Enter 1 to 10080 minutes.");
        await Expect(Part("Scheduled tests")).ToContainTextAsync("Enter 1 to 365 days.");
    }

    [Theory]
    [InlineData(ChannelKind.Slack, "light", "en")]
    [InlineData(ChannelKind.Slack, "dark", "zh-CN")]
    [InlineData(ChannelKind.DingTalk, "dark", "en")]
    [InlineData(ChannelKind.DingTalk, "light", "zh-CN")]
    public async Task Section_WithEverythingOn_IsAccessibleAndFitsAPhone(ChannelKind kind, string theme, string language)
    {
        await SetThemeAsync(theme);
        await SetLanguageAsync(language);
        await SetWidthAsync(390, 844);
        await OpenFormAsync(kind, $"{theme} {language}", Everything);
        await Expect(Page.Locator(".policy-part input[type=time]")).ToHaveCountAsync(3);
        (await OverflowAsync()).ShouldBe(0);
        (await AccessibilityProblemsAsync()).ShouldBeEmpty();
    }

    private ILocator Part(string name) =>
        Section.Locator(".policy-part").Filter(new() { Has = Page.GetByRole(AriaRole.Switch, new() { Name = name }) });

    private Task SaveAsync() => Page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();

    private async Task SwitchOnAsync(string name)
    {
        await Section.GetByRole(AriaRole.Switch, new() { Name = name }).CheckAsync();
        await Expect(Part(name).Locator(".field").First).ToBeVisibleAsync();
    }

    // What is typed counts when the field is left.
    private async Task FillAsync(string label, string text)
    {
        var field = Section.GetByLabel(label, new() { Exact = true });
        await field.FillAsync(text);
        await field.BlurAsync();
    }

    private async Task OpenFormAsync(ChannelKind kind, string name, DeliveryPolicy? policy = null)
    {
        await SignInAsync(Roles.Admin);
        var channel = $"{name} of {kind}";
        var id = kind == ChannelKind.Slack
            ? await App.AddSlackIntegrationAsync($"C{Guid.NewGuid():N}",
                slack => (slack.Name, slack.Delivery) = (channel, policy ?? DeliveryPolicy.Off))
            : await App.AddChatbotAsync($"robot{Guid.NewGuid():N}", change => change with { Name = channel, Delivery = policy });
        await OpenAsync($"{ChannelLinks.ToForm(new ChannelKey(kind, id))}?tab=delivery");
    }
}
