using Notify.Admin.Data;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>How a workspace's connection of Socket Mode stands.</summary>
public enum SocketState
{
    /// <summary>Not connected: it is about to be, or tried again later. A workspace without an app-level token stays so.</summary>
    Waiting = 0,

    Connected = 1,

    /// <summary>Slack refuses the token, or Socket Mode is switched off: nothing is tried until somebody acts.</summary>
    Refused = 2,
}

/// <summary>The connection of Socket Mode of one workspace: whichever instance has the lease holds it.</summary>
public sealed class SocketLink : ILeased
{
    public int WorkspaceId { get; init; }

    public SocketState State { get; set; }

    /// <summary>Of the state.</summary>
    public DateTimeOffset Since { get; set; }

    /// <summary>Why it is not connected: Slack's code, or one of <see cref="SocketCodes"/>; null where nothing has failed.</summary>
    public string? Code { get; set; }

    /// <summary>The explanation that came with it: a missing scope.</summary>
    public string? Detail { get; set; }

    /// <summary>In a row, since it was last connected for longer than a moment.</summary>
    public int Failures { get; set; }

    /// <summary>When it is tried next.</summary>
    public DateTimeOffset NextAt { get; set; }

    public long? LeaseToken { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }
}
