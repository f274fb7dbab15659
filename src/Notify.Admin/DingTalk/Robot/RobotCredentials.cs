namespace Notify.Admin.DingTalk;

/// <summary>What a request to a robot needs, unprotected for what is sent now.</summary>
/// <param name="Secret">The signing secret; used with <see cref="RobotSecurityMode.Signature"/> only.</param>
internal sealed record RobotCredentials(WebhookUrl Webhook, RobotSecurityMode SecurityMode, string? Secret)
{
    // A record prints its members.
    public override string ToString() => $"{Webhook} ({SecurityMode})";
}
