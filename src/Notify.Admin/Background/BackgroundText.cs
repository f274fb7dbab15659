namespace Notify.Admin.Background;

/// <summary>Marks the texts of this feature.</summary>
public sealed class BackgroundText;
