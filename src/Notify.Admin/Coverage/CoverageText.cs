namespace Notify.Admin.Coverage;

/// <summary>Names the texts of this feature.</summary>
public sealed class CoverageText;
