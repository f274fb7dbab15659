namespace Notify.Admin.Slack;

/// <summary>Names the text resources of this feature.</summary>
public sealed class SlackText;
