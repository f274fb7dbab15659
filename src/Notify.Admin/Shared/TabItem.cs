namespace Notify.Admin.Shared;

/// <summary>One tab of a <see cref="TabStrip"/>.</summary>
/// <param name="Key">Names it in <c>Active</c> and, where the page keeps it there, in the address.</param>
/// <param name="Count">Shown after the label; null shows none.</param>
/// <param name="Mark">What is to be known of its content before it is opened.</param>
public sealed record TabItem(string Key, string Label, int? Count = null, IconName? Icon = null, TabMark? Mark = null);

/// <summary>Something about a tab's content.</summary>
/// <param name="Text">The same in words: <c>unsaved changes</c>.</param>
public sealed record TabMark(IconName Icon, Tone Tone, string Text);
