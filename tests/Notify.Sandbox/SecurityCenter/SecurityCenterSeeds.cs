using Notify.Sandbox.DingTalk;

namespace Notify.Sandbox.SecurityCenter;

/// <summary>What the pretended account has at the start: one key, three servers in two asset groups with nothing that is wrong with
/// them, and a chatbot that somebody made in its console.</summary>
public static class SecurityCenterSeeds
{
    public const string AccessKeyId = "LTAI5tSandbox0000000001";
    public const string AccessKeySecret = "sandbox-access-key-secret-1";

    public static SandboxAccessKey Key { get; } = new() { Id = AccessKeyId, Secret = AccessKeySecret };

    /// <summary>The asset groups by id.</summary>
    public static IReadOnlyDictionary<long, string> Groups { get; } = new SortedDictionary<long, string>
    {
        [10417151] = "Web shop",
        [10417152] = "Databases",
    };

    public static IReadOnlyList<SandboxAsset> Assets { get; } =
    [
        new() { Uuid = "inet-web-01", Name = "web-01", GroupId = 10417151, InternetIp = "203.0.113.10", IntranetIp = "10.1.0.10" },
        new() { Uuid = "inet-db-01", Name = "db-01", GroupId = 10417152, IntranetIp = "10.1.0.20" },
        new() { Uuid = "inet-build-01", Name = "build-01", GroupId = 10417151, IntranetIp = "10.1.0.30" },
    ];

    /// <summary>Its robot is one of the sandbox's, where the sandbox listens unless told otherwise.</summary>
    public static SandboxChatbot Chatbot { get; } = new()
    {
        Name = "Baseline risks 基线风险",
        SendUrl = $"http://localhost:5090/robot/send?{SandboxChatbot.Parameter}{RobotSeeds.KeywordToken}",
        IntervalTime = 10,
        ConfigList = """[{"type":"sas_analysis_online-sas-operation-log-sas-event-hc","configItemList":[{"key":"item_level","valueList":["high"]}]}]""",
        GroupIdList = """["10417151"]""",
    };
}
