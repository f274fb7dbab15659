namespace Notify.Admin.Inhibitions;

/// <summary>Texts about inhibitions.</summary>
public sealed class InhibitionText;
