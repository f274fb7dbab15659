using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Data;
using Notify.Admin.Deliveries;
using Notify.Admin.DingTalk;
using Notify.Admin.IntegrationTests.Sources;
using Notify.Admin.LiveForms;
using Notify.Admin.Overview;
using Notify.Admin.Security;
using Notify.Admin.Shared;
using Notify.Admin.Slack;
using Notify.Admin.StoredSecrets;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;

namespace Notify.Admin.IntegrationTests.StoredSecrets;

/// <summary>The store without the key ring that encrypted its secrets: everything loads, what is lost is named, and can be entered
/// again.</summary>
public sealed class LostKeyRingTests
{
    private static readonly string[] Pages =
    [
        "", "slack/integrations", "slack/integrations/1", "slack/workspaces", "slack/workspaces/1", "accounts", "dingtalk/chatbots",
            "dingtalk/chatbots/1", "slack/functions", "events", "deliveries",
        "people", "audit", "settings", "settings/secrets", "profile", "Account/TwoFactor", "Account/Password",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Start_WithoutTheKeyRing_NamesWhatIsLostAndCrashesNowhere(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, WithSandbox = true });
        await app.AddSlackIntegrationAsync("C0ALERTS01");
        await app.AddChatbotAsync(RobotSeeds.SignedToken,
            change => change with { Security = new SecurityChange(RobotSecurityMode.Signature, RobotSeeds.SignedSecret, null) });
        await app.AddWorkspaceAsync();
        var source = await app.CreateSourceAsync(new { name = "robot", kind = "dingtalk-robot", secret = "SEC0123456789abcdef" });
        await LoseKeysAsync(app);

        var admin = await app.AdminActorAsync();
        var lost = await app.Services.GetRequiredService<LostSecretService>().ListAsync(admin, Stop);
        lost.Select(secret => secret.Kind).ShouldBe(
        [
            "AccessKeyPair.Secret", "DingTalkChatbot.AccessToken", "DingTalkChatbot.Secret", "SlackIntegration.Token",
            "SlackWorkspace.BotToken", "SlackWorkspace.ConfigToken", "SlackWorkspace.RefreshToken", "Source.Secret",
        ]);
        lost.Single(secret => secret.Kind == "Source.Secret").ShouldBe(new LostSecret("Source.Secret", "robot", $"sources/{source.Id}"));
        (await app.Services.GetRequiredService<OverviewService>()
            .GetAsync(ChartRange.Day, admin, Stop)).Others.ShouldContain(other => other.Href == "settings/secrets");

        using (var login = await NotifyAdminApp.SubmitLoginAsync(app.CreateClient(), NotifyAdminSettings.AdminEmail,
            NotifyAdminSettings.AdminPassword))
        {
            login.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }

        using var person = await app.SignInAsAsync(Roles.Admin);
        foreach (var page in Pages)
        {
            (await person.GetAsync(page, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK, page);
        }

        var call = SignedCalls.RpcQuery("POST", "DescribeDingTalk", NotifyAdminSettings.AccessKeyId, NotifyAdminSettings.AccessKeySecret,
            TimeProvider.System.GetUtcNow());
        (await app.CreateClient().PostAsync(call, null, Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await app.PostEventAsync("scan.completed", new { avgThreat = "High" })).EnsureSuccessStatusCode();
        await app.WaitForDeliveriesAsync(deliveries => deliveries is [{ State: DeliveryState.Held, Code: "token_unreadable" }]);
    }

    [Fact]
    public async Task Enter_TheSecretAgain_SendsAndIsNoLongerLost()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { WithSandbox = true });
        await app.AddSlackIntegrationAsync("C0ALERTS01");
        await LoseKeysAsync(app);
        var admin = await app.AdminActorAsync();
        var integrations = app.Services.GetRequiredService<SlackIntegrationService>();
        var stored = (await integrations.FindAsync(1, admin, Stop))!;
        var model = stored.Values.Copy();
        model.Token = TestChannels.SandboxToken;

        (await integrations.SaveAsync(stored, model, admin, Stop)).ShouldBeOfType<Saved<SlackIntegrationView>>();

        (await app.Services.GetRequiredService<LostSecretService>().ListAsync(admin, Stop)).Select(secret => secret.Kind)
            .ShouldBe(["AccessKeyPair.Secret"]);
        (await app.PostEventAsync("scan.completed", new { avgThreat = "High" })).EnsureSuccessStatusCode();
        await app.WaitForDeliveriesAsync(deliveries => deliveries is [{ State: DeliveryState.Sent }]);
    }

    [Fact]
    public async Task Fingerprints_OfAStartWithoutTheKeyRing_GiveWayToTheOldOnes_OnceItIsBack()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var keys = Path.Combine(app.Database.DataDirectory, "keys");
        var before = await FingerprintAsync();

        await app.StopAsync();
        Directory.Move(keys, keys + ".away");
        await app.RestartAsync();
        var without = await FingerprintAsync();
        await app.RestartAsync();
        var again = await FingerprintAsync();
        await app.StopAsync();
        foreach (var key in Directory.GetFiles(keys + ".away"))
        {
            File.Move(key, Path.Combine(keys, Path.GetFileName(key)));
        }

        await app.RestartAsync();

        without.ShouldNotBe(before);
        again.ShouldBe(without);
        (await FingerprintAsync()).ShouldBe(before);
        await app.Services.GetRequiredService<SecretRenewal>().RenewAsync(Stop);
        await app.RestartAsync();
        (await FingerprintAsync()).ShouldBe(before);

        async Task<string> FingerprintAsync() => await app.Services.GetRequiredService<Fingerprints>().OfAsync("a robot", Stop);
    }

    private static async Task LoseKeysAsync(NotifyAdminApp app)
    {
        await app.StopAsync();
        if (app.Database.Provider == DatabaseProvider.Sqlite)
        {
            Directory.Delete(Path.Combine(app.Database.DataDirectory, "keys"), recursive: true);
        }
        else
        {
            await app.Database.ExecuteAsync("DELETE FROM \"DataProtectionKeys\"");
        }

        await app.RestartAsync();
    }
}
