namespace Notify.Admin.FunctionAccess;

/// <summary>Names the text resources of this feature.</summary>
public sealed class AccessText;
