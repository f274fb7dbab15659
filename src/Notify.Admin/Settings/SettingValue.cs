namespace Notify.Admin.Settings;

/// <summary>Where a value comes from.</summary>
public enum SettingOrigin
{
    Default = 1,

    /// <summary>Set on the Settings page.</summary>
    Stored = 2,

    /// <summary>Set by configuration, which wins: read-only here.</summary>
    Configuration = 3,
}

/// <summary>A setting with what holds at present.</summary>
/// <param name="Values">One; several for a list.</param>
public sealed record SettingValue(Setting Setting, IReadOnlyList<string> Values, SettingOrigin Origin)
{
    public string Value => Values.Count == 1 ? Values[0] : string.Join(", ", Values);

    public bool CanEdit => Setting.IsEditable && Origin != SettingOrigin.Configuration;
}
