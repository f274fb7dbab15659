using System.Net;

namespace Notify.Sandbox.DingTalk;

/// <summary>A group robot: its address and the security settings of its group.</summary>
public sealed record SandboxRobot
{
    /// <summary>The <c>access_token</c> of its webhook.</summary>
    public string Token { get; init; } = "";

    /// <summary>Shown as the destination of its messages; empty is "robot …" and the token's end.</summary>
    public string Name { get; init; } = "";

    /// <summary>The signing secret, <c>SEC</c> included. Null: calls need not be signed.</summary>
    public string? Secret { get; init; }

    /// <summary>A message must contain one of these; empty: any message. At most 10.</summary>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>Addresses or CIDR ranges that may call; empty: all.</summary>
    public IReadOnlyList<string> AllowedIps { get; init; } = [];

    public bool Enabled { get; init; } = true;

    /// <summary>The group no longer exists.</summary>
    public bool Dissolved { get; init; }

    /// <summary>Messages in any 60 s before it is shut for ten minutes; 0 is no limit.</summary>
    public int PerMinute { get; init; } = 20;

    /// <summary>Null: what <see cref="SandboxSettings.ErrorStyle"/> says.</summary>
    public ErrorStyle? ErrorStyle { get; init; }

    internal string DisplayName => Name.Length > 0 ? Name : $"robot {CallTarget.LastFour(Token)}";

    /// <summary>Null when it makes sense, else a sentence that names the field and the rule.</summary>
    internal string? FindProblem() => this switch
    {
        { Token: "" } => "token: is required.",
        _ when !Token.All(char.IsAsciiLetterOrDigit) => "token: only letters A to Z and digits, as DingTalk's are.",
        { Secret: "" } => "secret: is empty; leave it out for a robot whose calls are not signed.",
        { Keywords.Count: > 10 } => $"keywords: {Keywords.Count} given; a robot has at most 10.",
        _ when Keywords.Any(string.IsNullOrEmpty) => "keywords: an empty keyword would match everything.",
        _ when AllowedIps.FirstOrDefault(ip => !IsRange(ip)) is { } ip =>
            $"allowedIps: '{ip}' is neither an address nor a CIDR range such as 192.0.2.0/24.",
        { PerMinute: < 0 } => $"perMinute: {PerMinute} is below 0 (0 is no limit).",
        _ => null,
    };

    internal bool Allows(IPAddress caller) => AllowedIps.Count == 0 || AllowedIps.Any(range => ToRange(range).Contains(caller));

    private static bool IsRange(string text) => text is not null && (IPNetwork.TryParse(text, out _) || IPAddress.TryParse(text, out _));

    private static IPNetwork ToRange(string text) =>
        IPNetwork.TryParse(text, out var range) ? range : IPAddress.Parse(text) is var one
            ? new IPNetwork(one, one.GetAddressBytes().Length * 8) : default;
}
