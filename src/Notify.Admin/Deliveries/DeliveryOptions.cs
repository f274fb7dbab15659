using System.ComponentModel.DataAnnotations;

namespace Notify.Admin.Deliveries;

/// <summary>Pacing and workers: section <c>Delivery</c>.</summary>
public sealed class DeliveryOptions
{
    /// <summary>Messages a second to one Slack channel, with a small burst; 0 is no pacing.</summary>
    [Range(0, 100)]
    public int SlackPerSecond { get; set; } = 1;

    /// <summary>Messages in any 61 s to one DingTalk robot; 0 is no pacing. DingTalk shuts a robot for ten minutes at the 21st in a minute.</summary>
    [Range(0, 10000)]
    public int DingTalkPerMinute { get; set; } = 18;

    /// <summary>How many channels one instance sends to at the same time.</summary>
    [Range(1, 1024)]
    public int Workers { get; set; } = 128;
}
