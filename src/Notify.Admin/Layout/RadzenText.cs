namespace Notify.Admin.Layout;

/// <summary>Names the resource files of the words inside Radzen's components, which come without Chinese. Keys are Radzen's own.</summary>
public sealed class RadzenText;
