namespace Notify.Admin.Data;

/// <summary>A counter that a change to an area advances in the change's own transaction, so that every instance can tell cheaply that
/// what it holds is old.</summary>
public sealed class ChangeVersion
{
    public required string Area { get; init; }

    public long Version { get; set; }
}

/// <summary>The areas that pages watch.</summary>
public static class ChangeAreas
{
    /// <summary>Channels, their rules and asset groups: what matching depends on.</summary>
    public const string Channels = "channels";

    public const string Events = "events";

    /// <summary>Deliveries, attempts and channel health.</summary>
    public const string Deliveries = "deliveries";

    /// <summary>Pauses of channels, and maintenance: what a lane asks at every look.</summary>
    public const string Pauses = "pauses";

    /// <summary>What somebody has acknowledged: such changes take turns.</summary>
    public const string Acknowledgements = "acknowledgements";

    public const string Settings = "settings";

    public const string People = "people";

    /// <summary>Connections to Slack workspaces, their tokens and cached people.</summary>
    public const string SlackWorkspaces = "slack-workspaces";

    /// <summary>Managed access lists and the changes being made to them.</summary>
    public const string FunctionAccess = "function-access";

    /// <summary>What other tools post to, and when they last did.</summary>
    public const string Sources = "sources";

    /// <summary>Keys at the vendors, and what is published with them.</summary>
    public const string VendorAccounts = "vendor-accounts";

    /// <summary>What people have seen of what needs attention.</summary>
    public const string Seen = "seen";

    /// <summary>The audit trail, once its newest rows are sealed.</summary>
    public const string Audit = "audit";

    /// <summary>What changes with every event and every message. Nobody holds what they read of it by its version: it only tells other
    /// instances.</summary>
    public static readonly IReadOnlyList<string> Frequent = [Events, Deliveries];

    /// <summary>Whose changes may be another answer of whatever says what needs people.</summary>
    public static readonly IReadOnlyList<string> Attention =
        [Channels, Deliveries, Pauses, SlackWorkspaces, FunctionAccess, Sources, VendorAccounts, Settings];

    public static readonly IReadOnlyList<string> All = [Channels, Events, Deliveries, Pauses, Acknowledgements, Settings, People,
        SlackWorkspaces, FunctionAccess, Sources, VendorAccounts, Seen, Audit];
}
