namespace Notify.Admin.Bell;

/// <summary>Names the resource files of the bell's words.</summary>
public sealed class BellText;
