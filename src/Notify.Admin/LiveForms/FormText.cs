namespace Notify.Admin.LiveForms;

/// <summary>Names the resource files of what every form says.</summary>
public sealed class FormText;
