namespace Notify.Admin.Shared;

/// <summary>One tab of a <see cref="TabStrip"/>.</summary>
/// <param name="Key">Names it in <c>Active</c> and, where the page keeps it there, in the address.</param>
/// <param name="Count">Shown after the label; null shows none.</param>
public sealed record TabItem(string Key, string Label, int? Count = null, IconName? Icon = null);
