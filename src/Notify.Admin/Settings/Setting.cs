namespace Notify.Admin.Settings;

/// <summary>How a setting is edited.</summary>
public enum SettingKind
{
    Switch = 1,
    Number = 2,

    /// <summary>Shown only.</summary>
    Text = 3,
}

/// <summary>A setting that the Settings page shows.</summary>
/// <param name="Key">The configuration key: <c>Api:Enabled</c>. Its words are in <c>SettingsText</c> under this key.</param>
/// <param name="Default">What holds where neither configuration nor the store says anything.</param>
/// <param name="IsEditable">False: configuration only.</param>
public sealed record Setting(string Key, SettingKind Kind, string Default, bool IsEditable, int Least = 0, int Most = 0)
{
    /// <summary>Whether <paramref name="value"/> may be stored.</summary>
    public bool Accepts(string value) => Kind switch
    {
        SettingKind.Switch => value is "true" or "false",
        SettingKind.Number =>
            int.TryParse(value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            && number >= Least && number <= Most,
        SettingKind.Text => false,
    };
}

/// <summary>Every setting of the Settings page. Defaults repeat those of the features' options; a test compares them.</summary>
public static class SettingCatalogue
{
    public const string RetentionDays = "Retention:Days";

    public static readonly IReadOnlyList<Setting> All =
    [
        new("Api:Enabled", SettingKind.Switch, "true", IsEditable: true),
        new("Api:RequestsPerSecondPerAddress", SettingKind.Number, "20000", IsEditable: true, 1, 100_000),
        new("Api:RequestsPerSecondPerKey", SettingKind.Number, "20000", IsEditable: true, 1, 100_000),
        new("Api:FailuresPerMinutePerAddress", SettingKind.Number, "20", IsEditable: true, 1, 10_000),
        new("Accounts:RequireTwoFactorForAdmins", SettingKind.Switch, "false", IsEditable: true),
        new("Accounts:SessionIdleHours", SettingKind.Number, "12", IsEditable: true, 1, 720),
        new("Accounts:SessionDays", SettingKind.Number, "30", IsEditable: true, 1, 365),
        new("Delivery:SlackPerSecond", SettingKind.Number, "1", IsEditable: true, 0, 100),
        new("Delivery:DingTalkPerMinute", SettingKind.Number, "18", IsEditable: true, 0, 10_000),
        new("Delivery:DingTalkPerMonth", SettingKind.Number, "0", IsEditable: true, 0, 100_000_000),
        new(RetentionDays, SettingKind.Number, "90", IsEditable: true, 1, 3650),
        new("FunctionAccess:DriftMinutes", SettingKind.Number, "60", IsEditable: true, 5, 10_080),
        new("Slack:ApiUrl", SettingKind.Text, "https://slack.com/api/", IsEditable: false),
        new("DingTalk:AllowedWebhooks", SettingKind.Text, "https://oapi.dingtalk.com/robot/send", IsEditable: false),
    ];

    public static Setting? Find(string key) => All.FirstOrDefault(setting => setting.Key == key);
}
