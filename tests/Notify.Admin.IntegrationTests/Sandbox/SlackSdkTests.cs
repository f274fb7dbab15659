using System.Diagnostics;
using System.Text.Json;
using Notify.Admin.Testing;
using Notify.Sandbox;
using Notify.Sandbox.Slack;

namespace Notify.Admin.IntegrationTests.Sandbox;

/// <summary>Slack's own SDK against the sandbox: what the product is tested against speaks as Slack does.</summary>
public sealed class SlackSdkTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SlacksOwnSdk_PostsRepliesConnectsIsToldOfAPressAndUpdates()
    {
        await using var sandbox = await SandboxServer.StartAsync(cancellationToken: Stop);
        using var app = Process.Start(new ProcessStartInfo("node",
        [
            Repository.At("tests", "npm", "slack-app.js"), sandbox.SlackApiUrl.AbsoluteUri, SlackSeeds.BotToken, SlackSeeds.AppToken,
            SlackSeeds.Joined,
        ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;

        var posted = await NextAsync(app, "posted");
        var ts = Text(posted, "ts");
        (Text(posted, "channel"), Text(posted, "text")).ShouldBe((SlackSeeds.Joined, "Disk is full"));
        Text(await NextAsync(app, "replied"), "thread").ShouldBe(ts);
        Text(await NextAsync(app, "ephemeral"), "error").ShouldBeNull();
        Text(await NextAsync(app, "not yours"), "error").ShouldBe("message_not_found");
        Text(await NextAsync(app, "wrong kind of token"), "error").ShouldBe("not_allowed_token_type");
        Text(await NextAsync(app, "refused token"), "error").ShouldBe("invalid_auth");

        await NextAsync(app, "connected");
        sandbox.Slack.Sockets.Open.ShouldHaveSingleItem().AppId.ShouldBe(SlackSeeds.AppId);
        (await sandbox.PressAsync(ts!, "take", SlackSeeds.PersonId(1))).ShouldBe(1, "the SDK acknowledges");
        var pressed = await NextAsync(app, "pressed");
        (Text(pressed, "type"), Text(pressed, "action"), Text(pressed, "block"), Text(pressed, "value"))
            .ShouldBe(("block_actions", "take", "what", "D-1"));
        (Text(pressed, "ts"), Text(pressed, "channel"), Text(pressed, "user"), Text(pressed, "text"))
            .ShouldBe((ts, SlackSeeds.Joined, SlackSeeds.PersonId(1), "Disk is full"));
        var updated = await NextAsync(app, "updated");
        (Text(updated, "ts"), Text(updated, "text")).ShouldBe((ts, "Taken by alice.nguyen"));
        sandbox.Messages.All.Single(m => m.IsUpdate).Id.ShouldBe(ts);

        await sandbox.Slack.Sockets.DisconnectAsync("refresh_requested");
        await NextAsync(app, "connected");
        sandbox.Slack.Sockets.Opened.ShouldBe(2);
        app.StandardInput.Close();
        await app.WaitForExitAsync(Stop).WaitAsync(Soon, Stop);
        app.ExitCode.ShouldBe(0);
    }

    private static string? Text(JsonElement step, string name) => step.GetProperty(name).GetString();

    private static async Task<JsonElement> NextAsync(Process app, string step)
    {
        var line = await app.StandardOutput.ReadLineAsync(Stop).AsTask().WaitAsync(Soon, Stop);
        var told = JsonSerializer.Deserialize<JsonElement>(line ?? """{"step":"nothing: tests/run installs the SDK"}""");
        Text(told, "step").ShouldBe(step, line);
        return told;
    }
}
