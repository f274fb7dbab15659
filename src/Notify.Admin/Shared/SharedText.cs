namespace Notify.Admin.Shared;

/// <summary>Names the resource files of words that are used everywhere: <c>SharedText.resx</c> and <c>SharedText.zh-CN.resx</c>.</summary>
public sealed class SharedText;
