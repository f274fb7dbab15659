namespace Notify.Sandbox.DingTalk;

/// <summary>The robots a sandbox starts with: one for each way a first attempt can go.</summary>
public static class RobotSeeds
{
    public const string KeywordToken = "sandboxkeyword";
    public const string Keyword = "Notify";
    public const string SignedToken = "sandboxsigned";
    public const string SignedSecret = "SEC0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    public const string IpToken = "sandboxip";
    public const string DisabledToken = "sandboxdisabled";

    internal static IReadOnlyList<SandboxRobot> All { get; } =
    [
        new() { Token = KeywordToken, Name = "Keyword robot", Keywords = [Keyword, "告警", "Security Center"] },
        new() { Token = SignedToken, Name = "Signed robot", Secret = SignedSecret },

        // A documentation range: nobody calls from there, so this robot always refuses.
        new() { Token = IpToken, Name = "IP-restricted robot", AllowedIps = ["203.0.113.0/24"] },
        new() { Token = DisabledToken, Name = "Disabled robot", Enabled = false },
    ];
}
