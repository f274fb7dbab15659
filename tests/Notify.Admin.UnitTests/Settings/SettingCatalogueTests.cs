using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Notify.Admin.Accounts;
using Notify.Admin.Api;
using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.DingTalk;
using Notify.Admin.FunctionAccess;
using Notify.Admin.Settings;
using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Settings;

public class SettingCatalogueTests
{
    [Fact]
    public void Defaults_AllSettings_AreThoseOfTheOptions() =>
        SettingCatalogue.All.ToDictionary(setting => setting.Key, setting => setting.Default).ShouldBe(
        new Dictionary<string, string>
        {
            ["Api:Enabled"] = new ApiOptions().Enabled ? "true" : "false",
            ["Api:RequestsPerSecondPerAddress"] = $"{new ApiOptions().RequestsPerSecondPerAddress}",
            ["Api:RequestsPerSecondPerKey"] = $"{new ApiOptions().RequestsPerSecondPerKey}",
            ["Api:FailuresPerMinutePerAddress"] = $"{new ApiOptions().FailuresPerMinutePerAddress}",
            ["Accounts:RequireTwoFactorForAdmins"] = new AccountsOptions().RequireTwoFactorForAdmins ? "true" : "false",
            ["Accounts:SessionIdleHours"] = $"{new AccountsOptions().SessionIdleHours}",
            ["Accounts:SessionDays"] = $"{new AccountsOptions().SessionDays}",
            ["Retention:Days"] = $"{new RetentionOptions().Days}",
            ["FunctionAccess:DriftMinutes"] = $"{new FunctionAccessOptions().DriftMinutes}",
            ["Slack:ApiUrl"] = new SlackOptions().ApiUrl,
            ["DingTalk:AllowedWebhooks"] = DingTalkOptions.DefaultWebhook,
            ["Delivery:SlackPerSecond"] = $"{new PacingOptions().SlackPerSecond}",
            ["Delivery:DingTalkPerMinute"] = $"{new PacingOptions().DingTalkPerMinute}",
            ["Delivery:DingTalkPerMonth"] = $"{new PacingOptions().DingTalkPerMonth}",
        }, ignoreOrder: true);

    [Theory]
    [InlineData("Api:Enabled", "true", true)]
    [InlineData("Api:Enabled", "True", false)]
    [InlineData("Api:RequestsPerSecondPerKey", "1", true)]
    [InlineData("Api:RequestsPerSecondPerKey", "100000", true)]
    [InlineData("Api:RequestsPerSecondPerKey", "0", false)]
    [InlineData("Api:RequestsPerSecondPerKey", "100001", false)]
    [InlineData("Api:RequestsPerSecondPerKey", " 1", false)]
    [InlineData("Api:RequestsPerSecondPerKey", "+1", false)]
    [InlineData("Api:RequestsPerSecondPerKey", "", false)]
    [InlineData("DingTalk:AllowedWebhooks", "https://evil.example/", false)]
    public void Accepts_Value_IsByKindAndRange(string key, string value, bool expected) =>
        SettingCatalogue.Find(key)!.Accepts(value).ShouldBe(expected);

    [Fact]
    public void Words_EverySetting_HasLabelAndHint()
    {
        var words = new StringLocalizer<SettingsText>(new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()),
            NullLoggerFactory.Instance));

        SettingCatalogue.All.SelectMany(setting =>
            new[] { setting.Key, $"{setting.Key}.Hint", setting.Key.Split(':')[0] }.Take(setting.IsEditable ? 3 : 2)).ShouldAllBe(key =>
                !words[key].ResourceNotFound);
    }
}
