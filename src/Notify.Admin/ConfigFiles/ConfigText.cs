namespace Notify.Admin.ConfigFiles;

/// <summary>Names the text resources of this feature.</summary>
public sealed class ConfigText;
