using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Notify.Admin.Api;
using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.Security;
using Notify.Admin.Settings;
using Notify.Admin.Testing;
using Notify.Sandbox.DingTalk;

namespace Notify.Admin.IntegrationTests.Settings;

public class SettingsTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private const string Enabled = "Api:Enabled";
    private const string PerKey = "Api:RequestsPerSecondPerKey";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, DatabaseData]
    public async Task Save_Value_HoldsAtOnceAndAfterARestart(DatabaseProvider provider)
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { Provider = provider });
        var admin = await app.AdminActorAsync();

        (await Settings(app).SaveAsync(new Dictionary<string, string> { [Enabled] = "false", [PerKey] = "7" }, admin, Stop))
            .ShouldBeEmpty();
        var before = Options(app);
        await app.RestartAsync();

        (before.Enabled, before.RequestsPerSecondPerKey).ShouldBe((false, 7));
        (Options(app).Enabled, Options(app).RequestsPerSecondPerKey).ShouldBe((false, 7));
        Of(app, admin, PerKey).Origin.ShouldBe(SettingOrigin.Stored);
        var entry = (await app.AuditEntriesAsync()).Single(entry => entry.Action == "setting.change");
        entry.Changes.ShouldBe("""[{"field":"Api:Enabled","before":"true","after":"false"},{"field":"Api:RequestsPerSecondPerKey","before":"20000","after":"7"}]""");
    }

    [Fact]
    public async Task Save_Pacing_HoldsForTheNextMessage()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { WithSandbox = true });
        var chatbot = await app.AddChatbotAsync(RobotSeeds.KeywordToken);
        var channel = app.Services.GetRequiredService<DingTalkChannel>();
        var before = (await channel.FindAsync(chatbot, Stop))!.Pacing;

        await Settings(app).SaveAsync(new Dictionary<string,
            string> { ["Delivery:DingTalkPerMinute"] = "5", ["Delivery:SlackPerSecond"] = "0" }, await app.AdminActorAsync(), Stop);

        before.Sends.ShouldBe(18);
        (await channel.FindAsync(chatbot, Stop))!.Pacing.Sends.ShouldBe(5);
    }

    [Fact]
    public async Task Start_WithTheProductsOwnNotesInTheStore_WarnsOfNothing()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings { WithSandbox = true });
        await app.AddChatbotAsync(RobotSeeds.KeywordToken);

        await app.RestartAsync();

        app.Logs.Lines.ShouldNotContain(line => line.Contains("Ignored stored settings", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Save_DefaultValue_IsNotStored()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var admin = await app.AdminActorAsync();
        await Settings(app).SaveAsync(new Dictionary<string, string> { [PerKey] = "7" }, admin, Stop);

        await Settings(app).SaveAsync(new Dictionary<string, string> { [PerKey] = "20000" }, admin, Stop);

        Of(app, admin, PerKey).Origin.ShouldBe(SettingOrigin.Default);
        Options(app).RequestsPerSecondPerKey.ShouldBe(20_000);
    }

    [Fact]
    public async Task Save_WhatConfigurationSets_IsReadOnlyAndConfigurationWins()
    {
        await using var app = await NotifyAdminApp.StartAsync(new NotifyAdminSettings
        {
            Configuration = new Dictionary<string,
                string> { [Enabled] = "False", ["DingTalk:AllowedWebhooks:0"] = "https://robot.example/send" },
        });
        var admin = await app.AdminActorAsync();

        var refusals = await Settings(app).SaveAsync(new Dictionary<string, string> { [Enabled] = "true", [PerKey] = "7" }, admin, Stop);

        refusals.ShouldBe(new Dictionary<string, SettingRefusal> { [Enabled] = SettingRefusal.ReadOnly });
        (Options(app).Enabled, Options(app).RequestsPerSecondPerKey).ShouldBe((false, 20_000));
        Of(app, admin, Enabled).CanEdit.ShouldBeFalse();
        Of(app, admin, "DingTalk:AllowedWebhooks").Values.ShouldBe(["https://robot.example/send"]);
        Of(app, admin, "DingTalk:AllowedWebhooks").Origin.ShouldBe(SettingOrigin.Configuration);
    }

    [Theory]
    [InlineData(PerKey, "0", SettingRefusal.Invalid)]
    [InlineData(PerKey, "many", SettingRefusal.Invalid)]
    [InlineData("DingTalk:AllowedWebhooks:0", "https://evil.example/", SettingRefusal.ReadOnly)]
    [InlineData("Setup:ApiKey", "x", SettingRefusal.ReadOnly)]
    public async Task Save_BadValueOrKey_IsRefused(string key, string value, SettingRefusal expected)
    {
        var app = shared.App;

        (await Settings(app).SaveAsync(new Dictionary<string, string> { [key] = value }, await app.AdminActorAsync(), Stop))
            .ShouldBe(new Dictionary<string, SettingRefusal> { [key] = expected });
    }

    [Fact]
    public async Task Stored_RowThatThePageMayNotSet_IsIgnored()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        await app.Database.ExecuteAsync("INSERT INTO \"ServerSettings\" (\"Key\", \"Value\") VALUES ('Slack:ApiUrl', 'https://evil.example/')");

        await app.RestartAsync();

        Of(app, await app.AdminActorAsync(), "Slack:ApiUrl").Origin.ShouldBe(SettingOrigin.Default);
    }

    [Fact]
    public async Task Settings_ByOperator_AreRefused()
    {
        await using var app = await NotifyAdminApp.StartAsync();
        var actor = (await app.AdminActorAsync()) with { Role = Roles.Operator };

        Should.Throw<NotPermittedException>(() => Settings(app).List(actor));
        await Should.ThrowAsync<NotPermittedException>(() => Settings(app)
            .SaveAsync(new Dictionary<string, string> { [PerKey] = "7" }, actor, Stop));
    }

    private static SettingsService Settings(NotifyAdminApp app) => app.Services.GetRequiredService<SettingsService>();

    private static ApiOptions Options(NotifyAdminApp app) => app.Services.GetRequiredService<IOptionsMonitor<ApiOptions>>().CurrentValue;

    private static SettingValue Of(NotifyAdminApp app, Actor actor, string key) =>
        Settings(app).List(actor).Single(setting => setting.Setting.Key == key);
}
