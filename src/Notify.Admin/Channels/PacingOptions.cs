using System.ComponentModel.DataAnnotations;

namespace Notify.Admin.Channels;

/// <summary>How fast each kind of channel is sent to: section <c>Delivery</c>.</summary>
public sealed class PacingOptions
{
    /// <summary>Messages a second to one Slack channel, with a small burst; 0 is no pacing.</summary>
    [Range(0, 100, ErrorMessage = "Delivery:SlackPerSecond must be 0 (no pacing) to 100.")]
    public int SlackPerSecond { get; set; } = 1;

    /// <summary>Messages in any 61 s to one DingTalk robot; 0 is no pacing. DingTalk shuts a robot for ten minutes at the 21st in a
    /// minute.</summary>
    [Range(0, 10000, ErrorMessage = "Delivery:DingTalkPerMinute must be 0 (no pacing) to 10000.")]
    public int DingTalkPerMinute { get; set; } = 18;

    /// <summary>Webhook messages that the organisation's DingTalk plan allows in a month, over all robots: what is used and forecast is
    /// shown beside it, and nothing is held back. 0 is none stated.</summary>
    [Range(0, 100_000_000, ErrorMessage = "Delivery:DingTalkPerMonth must be 0 (none stated) to 100000000.")]
    public int DingTalkPerMonth { get; set; }
}
