namespace Notify.Admin.Finding;

/// <summary>Names the texts of this feature.</summary>
public sealed class FindingText;
