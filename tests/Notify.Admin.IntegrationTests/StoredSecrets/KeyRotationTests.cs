using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.LiveForms;
using Notify.Admin.Slack;
using Notify.Admin.StoredSecrets;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;

namespace Notify.Admin.IntegrationTests.StoredSecrets;

/// <summary>A new key in the key ring: what the old one encrypted is encrypted anew.</summary>
public sealed class KeyRotationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Renew_AfterANewKey_LeavesNothingToTheOldOne(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var before = await SecretsAsync(app);
        await AddKeyAsync(app);

        (await Service<SecretRenewal>(app).RenewAsync(Stop)).ShouldBe(before.Count);

        var after = await SecretsAsync(app);
        var (protector, current) = (Service<SecretProtector>(app), Service<SecretProtector>(app).CurrentKey());
        after.Select(secret => (secret.Owner, secret.Property)).Distinct().Count()
            .ShouldBe(4, "an integration's token, a chatbot's two and the pair of the first Admin");
        after.ShouldAllBe(secret => SecretProtector.KeyOf(secret.Value) == current);
        before.ShouldAllBe(secret => SecretProtector.KeyOf(secret.Value) != current);
        after.Select(secret => (secret.Id, secret.Property, protector.Unprotect(secret.Value), secret.Value.LastFour))
            .ShouldBe(before.Select(secret => (secret.Id, secret.Property, protector.Unprotect(secret.Value), secret.Value.LastFour)),
                ignoreOrder: true);
        (await Service<SecretRenewal>(app).RenewAsync(Stop)).ShouldBe(0);
    }

    [Theory, DatabaseData]
    public async Task Renew_WhileAFormIsOpen_NeitherOverwritesNorRefusesIt(DatabaseProvider provider)
    {
        await using var app = await StartAsync(provider);
        var admin = await app.AdminActorAsync();
        var integrations = Service<SlackIntegrationService>(app);
        var open = (await integrations.FindAsync(1, admin, Stop))!;
        var seen = (await SecretsAsync(app)).Single(secret => secret.Owner == nameof(SlackIntegration));
        await AddKeyAsync(app);
        await Service<SecretRenewal>(app).RenewAsync(Stop);

        // The form that was opened before is saved with another token, and a renewal that read the old one comes too late.
        var model = open.Values.Copy();
        model.Token = "xoxb-entered-meanwhile-000001";
        (await integrations.SaveAsync(open, model, admin, Stop)).ShouldBeOfType<Saved<SlackIntegrationView>>();
        (await Service<StoredSecretStore>(app).TryReplaceAsync(seen, Service<SecretProtector>(app).Protect("xoxb-old"), Stop))
            .ShouldBeFalse();

        var stored = (await SecretsAsync(app)).Single(secret => secret.Owner == nameof(SlackIntegration));
        Service<SecretProtector>(app).Unprotect(stored.Value).ShouldBe("xoxb-entered-meanwhile-000001");
    }

    private static async Task<NotifyAdminApp> StartAsync(DatabaseProvider provider)
    {
        var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider, WithSandbox = true });
        await app.AddSlackIntegrationAsync("C0ALERTS01");
        await app.AddChatbotAsync(RobotSeeds.SignedToken,
            change => change with { Security = new SecurityChange(RobotSecurityMode.Signature, RobotSeeds.SignedSecret, null) });
        return app;
    }

    private static Task<IReadOnlyList<StoredSecret>> SecretsAsync(NotifyAdminApp app) => Service<StoredSecretStore>(app).ListAsync(Stop);

    private static async Task AddKeyAsync(NotifyAdminApp app)
    {
        var before = Service<SecretProtector>(app).CurrentKey();
        // The key with the latest activation that is over is the current one.
        var now = TimeProvider.System.GetUtcNow();
        Service<IKeyManager>(app).CreateNewKey(now, now.AddDays(90));
        await Eventually.HoldsAsync(() => Task.FromResult(Service<SecretProtector>(app).CurrentKey() != before), TimeSpan.FromSeconds(60));
    }

    private static T Service<T>(NotifyAdminApp app)
        where T : notnull => app.Services.GetRequiredService<T>();
}
