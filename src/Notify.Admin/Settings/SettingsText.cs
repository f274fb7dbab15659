namespace Notify.Admin.Settings;

/// <summary>Names the resource files of the Settings page.</summary>
public sealed class SettingsText;
