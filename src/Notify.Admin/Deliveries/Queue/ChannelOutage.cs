using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>An outage that the fallback was told about: kept until it has been told the end of it, too.</summary>
public sealed class ChannelOutage
{
    public long LaneId { get; init; }

    /// <summary>Since when the channel has been failing: tells one outage from the next.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Who was told; the policy may have changed since.</summary>
    public ChannelKind ToldKind { get; init; }

    public int ToldId { get; init; }

    public ChannelKey Told => new(ToldKind, ToldId);
}
