using System.Text.Json;
using System.Text.Json.Serialization;
using Notify.Sandbox.Faults;

namespace Notify.Sandbox;

/// <summary>One request to Slack's API or to a robot, and how it ended.</summary>
public sealed record SandboxCall
{
    public required long Index { get; init; }
    public required DateTimeOffset Time { get; init; }
    public required SandboxTarget Target { get; init; }

    /// <summary>Slack's method name, or <c>robot/send</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Slack channel id or robot name, where the call has one and it is known.</summary>
    public string? Destination { get; init; }

    /// <summary>The last four characters of the credential.</summary>
    public string? Token { get; init; }

    /// <summary>HTTP status of the answer; 0 when there was none (reset, time-out).</summary>
    public required int Status { get; init; }

    /// <summary><c>ok</c>, or the vendor's error code as text.</summary>
    public required string Code { get; init; }

    /// <summary>The fault that was applied, if one was.</summary>
    public FaultKind? Fault { get; init; }

    /// <summary>The id of that fault.</summary>
    public int? FaultId { get; init; }

    /// <summary>A Slack call's arguments without its token, as JSON. Null for messages, whose body is in
    /// <see cref="SandboxMessage"/>.</summary>
    public JsonElement? Arguments { get; init; }

    [JsonIgnore]
    internal CallTarget? Origin { get; init; }

    /// <summary>True when the call went to that channel (id or name) or robot (name or full token).</summary>
    public bool WentTo(string destination) => Origin?.Answers(destination) ?? false;
}
