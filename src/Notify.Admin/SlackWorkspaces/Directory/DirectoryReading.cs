using Notify.Admin.Data;

namespace Notify.Admin.SlackWorkspaces;

/// <summary>How far the reading of one workspace's people is. It goes on from here after a restart.</summary>
public sealed class DirectoryReading : ILeased
{
    /// <summary>The longest cursor that can be kept.</summary>
    public const int MaxCursor = 1024;

    public int WorkspaceId { get; init; }

    /// <summary>The number of the reading under way, or of the last one.</summary>
    public int Reading { get; set; }

    /// <summary>The workspace at Slack being read, with an organisation's token; null with another.</summary>
    public string? TeamId { get; set; }

    /// <summary>Where the next page begins; null at the start.</summary>
    public string? Cursor { get; set; }

    public bool IsUnderWay { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>People seen by the reading under way.</summary>
    public int PeopleRead { get; set; }

    /// <summary>When a reading last came to its end; null before the first has.</summary>
    public DateTimeOffset? CompletedAt { get; set; }

    /// <summary>How many people are kept.</summary>
    public int People { get; set; }

    /// <summary>What the reading was last stopped by; null while it goes well.</summary>
    public string? Code { get; set; }

    /// <summary>The explanation that came with it: a missing scope.</summary>
    public string? Detail { get; set; }

    /// <summary>When the next page, or the next reading, is due.</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>Grows when what is kept changes, so that what is held in memory can be told to be old.</summary>
    public long Version { get; set; }

    public long? LeaseToken { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }
}
