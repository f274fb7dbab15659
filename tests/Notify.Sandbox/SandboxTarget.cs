using System.Text.Json.Serialization;

namespace Notify.Sandbox;

/// <summary>Which vendor the sandbox was taken for.</summary>
public enum SandboxTarget
{
    Slack,

    [JsonStringEnumMemberName("dingtalk")]
    DingTalk,

    /// <summary>Alibaba Cloud Security Center.</summary>
    SecurityCenter,
}
