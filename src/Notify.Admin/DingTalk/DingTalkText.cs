namespace Notify.Admin.DingTalk;

/// <summary>Names the texts of this feature (<c>DingTalkText.resx</c>) for <c>IStringLocalizer</c>.</summary>
public sealed class DingTalkText;
