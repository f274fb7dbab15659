namespace Notify.Admin.Layout;

/// <summary>Names the resource files of the frame's words.</summary>
public sealed class LayoutText;
