namespace Notify.Sandbox;

/// <summary>What a call is aimed at, as far as it can be told before it is judged: enough to choose a fault and to log it.</summary>
/// <param name="Target">The vendor.</param>
/// <param name="Method">Slack's method name, or <c>robot/send</c>.</param>
/// <param name="Destination">What is shown: channel id or robot name; never a whole token.</param>
/// <param name="Aliases">Other names the same destination answers to: channel name, the robot's token.</param>
/// <param name="TokenEnd">The last four characters of the credential.</param>
internal sealed record CallTarget(SandboxTarget Target, string Method, string? Destination, string[] Aliases, string? TokenEnd)
{
    /// <summary>What is to be sent, as JSON.</summary>
    public Func<string>? Content { get; init; }

    public bool Answers(string destination) => Destination == destination || Aliases.Contains(destination, StringComparer.Ordinal);

    /// <summary>At most the last four characters, and never more than half of a short token.</summary>
    public static string? LastFour(string? token) => string.IsNullOrEmpty(token) ? null : token[^Math.Min(4, token.Length / 2)..];
}
