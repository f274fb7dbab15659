using System.Text.Json.Serialization;

namespace Notify.Sandbox.Faults;

/// <summary>Whose calls a fault applies to.</summary>
public enum FaultTarget
{
    All,
    Slack,

    [JsonStringEnumMemberName("dingtalk")]
    DingTalk,

    SecurityCenter,
}
