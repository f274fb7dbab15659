namespace Notify.Admin.WhereTo;

/// <summary>Names the texts of this feature.</summary>
public sealed class WhereToText;
