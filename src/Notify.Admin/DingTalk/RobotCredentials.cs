namespace Notify.Admin.DingTalk;

/// <summary>The security setting of a robot, as its group's owner chose it.</summary>
public enum RobotSecurityMode
{
    /// <summary>A message must contain one of the robot's keywords.</summary>
    Keywords = 1,

    /// <summary>Requests are signed with the robot's secret.</summary>
    Signature = 2,

    /// <summary>Only listed addresses may call.</summary>
    IpList = 3,
}

/// <summary>What a request to a robot needs, unprotected for this one use.</summary>
/// <param name="Secret">The signing secret; used with <see cref="RobotSecurityMode.Signature"/> only.</param>
internal sealed record RobotCredentials(WebhookUrl Webhook, RobotSecurityMode SecurityMode, string? Secret)
{
    // A record prints its members.
    public override string ToString() => $"{Webhook} ({SecurityMode})";
}
