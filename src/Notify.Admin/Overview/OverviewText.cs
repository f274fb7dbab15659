namespace Notify.Admin.Overview;

/// <summary>Names the resource files of the first page's words.</summary>
public sealed class OverviewText;
