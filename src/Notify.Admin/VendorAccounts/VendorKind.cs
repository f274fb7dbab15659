namespace Notify.Admin.VendorAccounts;

/// <summary>Whose account it is.</summary>
public enum VendorKind
{
    /// <summary>Alibaba Cloud's Security Center: alerts are read from there, and DingTalk chatbots are published to it.</summary>
    SecurityCenter = 1,

    /// <summary>The scanner: Slack integrations are published to it.</summary>
    Kayran = 2,
}
