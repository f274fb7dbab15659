using System.Collections.Concurrent;
using System.Text;
using Microsoft.Playwright;
using Notify.Admin.Security;
using Notify.Admin.Testing;
using static Microsoft.Playwright.Assertions;

namespace Notify.Admin.E2ETests;

/// <summary>Secrets that are typed into a form and not saved: the form's draft is kept, they are not.</summary>
public sealed class UnsavedSecretTests(Browser browser, UnsavedSecretTests.TalkativeProduct product)
    : Journey(browser, product), IClassFixture<UnsavedSecretTests.TalkativeProduct>
{
    private const string SlackToken = "xoxb-canary-typed-slack-token-31";
    private const string BotToken = "xoxb-canary-typed-bot-token-32";
    private const string ConfigToken = "xoxe.xoxp-canary-typed-config-token-33";
    private const string RefreshToken = "xoxe-canary-typed-refresh-token-34";
    private const string RobotToken = "canarytypedrobottoken35";
    private const string SigningSecret = "SECcanarytypedsigningsecret36";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Secret_TypedAndNotSaved_IsKeptNowhere()
    {
        var frames = new ConcurrentQueue<string>();
        Page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) =>
            frames.Enqueue(frame.Binary is { } bytes ? Encoding.Latin1.GetString(bytes) : frame.Text ?? "");
        await SignInAsync(Roles.Admin);

        await OpenAsync("slack/integrations/new");
        await FillAsync("Slack token", SlackToken);
        await NameAsync("Typed integration");

        await OpenAsync("slack/workspaces/new");
        await FillAsync("Bot token", BotToken);
        await FillAsync("App configuration token", ConfigToken);
        await FillAsync("Refresh token", RefreshToken);
        await NameAsync("Typed workspace");

        await OpenAsync("dingtalk/chatbots/new");
        await FillAsync("Webhook", Sandbox.RobotUrl(RobotToken).AbsoluteUri);
        await Expect(Page.GetByText("Understood: robot")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Radio, new() { Name = "Signature" }).CheckAsync();
        await Expect(Page.GetByLabel("Signing secret", new() { Exact = true })).ToBeVisibleAsync();
        await FillAsync("Signing secret", SigningSecret);
        await NameAsync("Typed chatbot");
        await OpenAsync("events");

        var drafts = string.Join('\n', await DraftsAsync());
        var files = await App.Database.ReadFilesAsync(Stop);
        files.ShouldContain("Typed chatbot");
        frames.ShouldNotBeEmpty();
        App.Logs.Lines.Count.ShouldBeGreaterThan(500);
        foreach (var secret in new[] { SlackToken, BotToken, ConfigToken, RefreshToken, RobotToken, SigningSecret })
        {
            drafts.ShouldNotContain(secret);
            files.ShouldNotContain(secret);
            App.Logs.Lines.Where(line => line.Contains(secret, StringComparison.Ordinal)).ShouldBeEmpty();
            frames.Where(frame => frame.Contains(secret, StringComparison.Ordinal)).ShouldBeEmpty();
        }
    }

    private Task FillAsync(string label, string text) => Page.GetByLabel(label, new() { Exact = true }).FillAsync(text);

    // Comes last: with the name in it, the draft knows of the secrets too.
    private async Task NameAsync(string name)
    {
        await FillAsync("Name", name);
        await Eventually.HoldsAsync(
            async () => (await DraftsAsync())
            .Any(draft => draft.Contains(name, StringComparison.Ordinal)
            && (draft.Contains("\"hadToken\":true") || draft.Contains("\"hadSecret\":true"))),
            TimeSpan.FromSeconds(30));
    }

    /// <summary>Logs whatever it and the framework have to say.</summary>
    public sealed class TalkativeProduct : Product
    {
        protected override IReadOnlyDictionary<string, string> Configuration => LogCapture.Everything;
    }
}
