namespace Notify.Admin.Sources;

/// <summary>Names the texts of this feature.</summary>
public sealed class SourceText;
