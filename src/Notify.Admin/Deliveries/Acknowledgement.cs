using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>That somebody has taken on what a message tells of, with all that follows it. Goes with its message.</summary>
public sealed class Acknowledgement
{
    /// <summary>The first message: what follows it is taken on too.</summary>
    public long MessageId { get; init; }

    public ChannelKind ChannelKind { get; init; }

    public int ChannelId { get; init; }

    public required string By { get; init; }

    /// <summary>The account's id.</summary>
    public string? UserId { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>The message says so at the vendor, or never will: it is gone, or its channel has no buttons.</summary>
    public bool IsShown { get; set; }
}
